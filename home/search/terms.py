"""What somebody typed, as words that any database can be asked for."""

import re
import unicodedata

LONGEST = 200  # letters of what was typed that are read; a question is shorter
MOST_WORDS = 10
LONGEST_WORD = 60

# Letters and digits of any script. No operator, quotation mark or wildcard of a database is among them.
WORD = re.compile(r"[^\W_]+")
# Endings that the databases' English stemmers take away, too.
ENDINGS = ("ies", "ing", "ed", "es", "s", "y")


def cleaned(typed: str) -> str:
    """What was typed, on one line, without characters that cannot be seen, and not longer than anybody asks."""
    text = unicodedata.normalize("NFC", typed[: LONGEST * 2])
    seen = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(seen.split())[:LONGEST].strip()


def words_of(typed: str) -> list[str]:
    """The words to look for, each once, in their order."""
    words = (word[:LONGEST_WORD] for word in WORD.findall(cleaned(typed).casefold()))
    return list(dict.fromkeys(words))[:MOST_WORDS]


def folded(text: str) -> str:
    """The same number of letters without accents and capitals, so that a place in one is a place in the other."""
    return "".join(map(_plain, text))


def _plain(letter: str) -> str:
    apart = unicodedata.normalize("NFD", letter)
    return (apart[0] if all(map(unicodedata.combining, apart[1:])) else letter).lower()[:1]


def stem(word: str) -> str:
    """What the forms of a word have in common, roughly: `mentor` of `mentors` and `mentoring`."""
    plain = folded(word)
    ending = next((one for one in ENDINGS if plain.endswith(one) and len(plain) - len(one) > 2), "")
    return plain.removesuffix(ending)
