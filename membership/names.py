"""A person's name, kept exactly as typed.

Nothing is split, capitalised or "corrected": see https://www.w3.org/International/questions/qa-personal-names.
"""

import unicodedata

MAX_LENGTH = 300  # characters, not bytes: an emoji is one

# Overrides and isolates turn the text around them: in a list of members they would garble the next name. Names
# written from right to left do not need them. The joiners and marks that some scripts do need are let through.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_REFUSED_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}  # control characters, halves of pairs, line and paragraph separators


def has_refused_characters(name: str) -> bool:
    """Whether there is a character in it that no name has and that would break lists, mails or logs."""
    return any(character in _TURNING or unicodedata.category(character) in _REFUSED_CATEGORIES for character in name)


def is_visible(name: str) -> bool:
    """Whether anything can be seen of it: white space and joiners alone are no name."""
    return any(unicodedata.category(character)[0] not in "ZC" for character in name)
