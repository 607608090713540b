"""The place in a page that says what was asked for, with the words marked."""

import re
from collections.abc import Iterable, Iterator, Sequence

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from home.search.terms import ENDINGS, folded, stem

LENGTH = 180  # letters of an excerpt
BEFORE = 60  # of them before the first word that was found
SHORTEST = 3  # letters of a word that others may begin with


def pattern_of(words: Sequence[str]) -> re.Pattern[str]:
    """Finds any of these words, what begins with one of them, and its other forms, in a text that is folded."""
    forms = [form for word in sorted(words, key=len, reverse=True) for form in _forms(folded(word))]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(forms)})(?![^\W_])") if forms else re.compile(r"(?!)")


def _forms(word: str) -> list[str]:
    if len(word) < SHORTEST:
        return [re.escape(word)]
    return [rf"{re.escape(word)}[^\W_]*", rf"{re.escape(stem(word))}(?:{'|'.join(ENDINGS)})?"]


def marked(text: str, words: Sequence[str]) -> SafeString:
    """The text, escaped, with each word that was asked for in a `<mark>`."""
    return format_html_join("", "{}", ((part,) for part in _parts(text, pattern_of(words))))


def excerpt(texts: Iterable[str], words: Sequence[str], otherwise: str = "") -> SafeString:
    """The text with most of the words, cut to what is around the first of them; without any, `otherwise`."""
    pattern = pattern_of(words)
    best, most = "", 0
    for text in texts:
        found = len({stem(match[0]) for match in pattern.finditer(folded(text))})
        if found > most:
            best, most = text, found
    return marked(_cut(best or otherwise, pattern), words)


def _parts(text: str, pattern: re.Pattern[str]) -> Iterator[SafeString]:
    done = 0
    for match in pattern.finditer(folded(text)):
        yield conditional_escape(text[done : match.start()])
        yield format_html("<mark>{}</mark>", text[match.start() : match.end()])
        done = match.end()
    yield conditional_escape(text[done:])


def _cut(text: str, pattern: re.Pattern[str]) -> str:
    if len(text) <= LENGTH:
        return text
    match = pattern.search(folded(text))
    begin = max(0, min(match.start() - BEFORE if match else 0, len(text) - LENGTH))
    end = begin + LENGTH
    if begin and (space := text.find(" ", begin, begin + BEFORE)) > 0:
        begin = space + 1
    if end < len(text) and (space := text.rfind(" ", begin, end)) > begin:
        end = space
    return f"{'… ' if begin else ''}{text[begin:end].rstrip(' ,.;:')}{' …' if end < len(text) else ''}"
