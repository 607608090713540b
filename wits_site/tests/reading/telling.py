"""What a page tells: its title, headings, pictures' words, and nothing that only a programmer would understand."""

import re
from collections.abc import Iterator

from wits_site.tests.reading.nesting import HEADINGS
from wits_site.tests.reading.tree import Document, Element

# A sentence may begin with None; a template that was given nothing says it anywhere.
LEAKS = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{#|&(amp|lt|gt|quot|#\d+);|\bundefined\b|\[object|<built-in|\bobject at 0x"
    r"|(?<!^)(?<![.!?:“] )\bNone\b"
)
IN_ATTRIBUTES = re.compile(r"\{\{|\}\}|\{%|\bNone\b|\bundefined\b|object at 0x|&amp;")

# What is empty without words or one of these.
HOLDERS = (
    "ul",
    "ol",
    "dl",
    "li",
    "dt",
    "dd",
    "table",
    "section",
    "article",
    "aside",
    "figure",
    "figcaption",
    "nav",
    "a",
)
SEEN = {"img", "svg:svg", "input", "textarea", "iframe"}


def complaints(document: Document) -> Iterator[str]:
    """What is missing from what every page has, and what must not be seen."""
    titles = [one for one in document.all("title") if one.text]
    if len(titles) != 1 or titles[0].text.startswith("|"):
        yield "no title"
    if not (document.meta("description") or "").strip():
        yield "no description"
    if [one.get("lang") for one in (document.root,)] == [None]:
        yield "no language"
    yield from _headings(document)
    yield from _pictures(document)
    yield from _leaks(document)
    yield from _shells(document)


def _headings(document: Document) -> Iterator[str]:
    found = [(int(one.name[1]), one.text) for one in document.all(*HEADINGS)]
    if [level for level, _ in found].count(1) != 1:
        yield f"not one h1: {[words for level, words in found if level == 1]}"
    above = 0
    for level, words in found:
        if level > above + 1:
            yield f"h{level} “{words}” follows h{above}"
        if not words:
            yield f"an empty h{level}"
        above = level


def _pictures(document: Document) -> Iterator[str]:
    for one in document.all("img"):
        for name in ("src", "alt", "width", "height"):
            if one.get(name) is None or (name != "alt" and not one.get(name)):
                yield f"{one} has no {name}"


def _shells(document: Document) -> Iterator[str]:
    """What was made to hold something and holds nothing."""
    for one in document.all(*HOLDERS):
        if not one.text and not any(inner.name in SEEN for inner in one.below):
            yield f"{one} is empty"


def _leaks(document: Document) -> Iterator[str]:
    for one in document.elements:
        if one.name in {"script", "svg:path"}:
            continue
        for text in one.content:
            if isinstance(text, str) and (text.strip() == "None" or LEAKS.search(" ".join(text.split()))):
                yield f"{one}: {' '.join(text.split())[:80]}"
        yield from _leaks_of(one)


def _leaks_of(one: Element) -> Iterator[str]:
    for name, value in one.attributes.items():
        prose = name in {"alt", "content", "aria-label", "value", "title", "data-title"}
        if value == "None" or (LEAKS if prose else IN_ATTRIBUTES).search(value):
            yield f"{one}: {name} says {value[:80]}"
