"""The checks: each reads the parts of a page and says in words what to look at. Other rooms register theirs."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from html import unescape

from django.utils import timezone
from wagtail.models import Page

from home.checking.parts import Part, parts_of

Check = Callable[[Page, Sequence[Part]], Iterator[str]]

LOUD_WORDS = 3
LETTERS = re.compile(r"[^\W\d_]{2,}")
TAGS = re.compile(r"<[^>]+>")
HEADING = re.compile(r"<h([2-6])[^>]*>(.*?)</h\1>", re.DOTALL)
ANCHOR = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
PAGE_ID = re.compile(r'\bid="(\d+)"')

_checks: list[Check] = []


def register(check: Check) -> Check:
    """Add a check to those of every page."""
    if check not in _checks:
        _checks.append(check)
    return check


def findings(page: Page) -> list[str]:
    """Everything there is to look at, a sentence each, in the order of the checks."""
    parts = list(parts_of(page))
    return list(dict.fromkeys(words for check in _checks for words in check(page, parts)))


@register
def no_description(page: Page, parts: Sequence[Part]) -> Iterator[str]:
    if not getattr(page, "summary_text", "x"):
        yield (
            "Nothing says what this page is about where somebody searches for it or shares it: write a description "
            "under Address and search."
        )


@register
def capitals(page: Page, parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        if part.kind in {"words", "text"}:
            loud = shouted(plain(part.value))
            if loud:
                yield f"{part.where}: “{_short(loud)}” is all in capitals, which reads like shouting."


@register
def headings(page: Page, parts: Sequence[Part]) -> Iterator[str]:
    above = 1
    for part in parts:
        if part.kind == "words" and part.value and part.where.endswith("heading"):
            above = 2
        if part.kind != "text":
            continue
        for level, inside in HEADING.findall(part.value):
            words = plain(inside)
            if not words:
                yield f"{part.where}: there is an empty heading. Delete its line."
            elif int(level) > above + 1:
                yield (
                    f"{part.where}: the heading “{_short(words)}” comes before any larger one. "
                    "Give its section a heading."
                )
            above = max(above, int(level))


@register
def links(page: Page, parts: Sequence[Part]) -> Iterator[str]:
    linked = set()
    for part in parts:
        if part.kind == "link":
            yield from _of_link(part)
        elif part.kind == "page" and part.value is not None and not part.value.live:
            yield f"{part.where}: “{part.value}” is not published, so nobody can go there."
        elif part.kind == "text":
            for attributes, inside in ANCHOR.findall(part.value):
                if not plain(inside):
                    yield f"{part.where}: there is a link without words. Nobody can see or press it."
                if 'linktype="page"' in attributes and (found := PAGE_ID.search(attributes)):
                    linked.add((int(found[1]), part.where, plain(inside)))
    live = set(Page.objects.live().filter(pk__in={pk for pk, *_ in linked}).values_list("pk", flat=True))
    for pk, where, words in sorted(linked):
        if pk not in live:
            yield f"{where}: the link “{_short(words)}” leads to a page that is gone or not published."


def _of_link(part: Part) -> Iterator[str]:
    words, page, address = (part.value.get(name) for name in ("text", "page", "address"))
    if words and not page and not address:
        yield f"{part.where}: “{words}” leads nowhere. Choose a page or give an address."
    elif page and not page.live:
        yield f"{part.where}: “{words}” leads to “{page}”, which is not published. Visitors do not see the link."


@register
def pictures(page: Page, parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        if part.kind == "picture" and part.value is not None:
            wanted = max((int(place.boxes[-1].split("x")[0]) for place in part.places), default=0)
            if part.value.width * 2 < wanted:
                yield (
                    f"{part.where}: “{part.value}” is {part.value.width} pixels wide and will look blurred here; "
                    f"{wanted} would be sharp."
                )


@register
def dates(page: Page, parts: Sequence[Part]) -> Iterator[str]:
    """Of a page that nobody has seen yet: an old date is then most often last year's."""
    if page.first_published_at:
        return
    for part in parts:
        day = _day(part.value) if part.kind == "date" else None
        if day and day < timezone.localdate():
            yield f"{part.where}: {day:%A} {day.day} {day:%B %Y} is in the past. Is that right?"


def _day(value: date | datetime | None) -> date | None:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def shouted(text: str) -> str:
    """Words in capitals, where there are too many of them to be names; empty if not."""
    words = LETTERS.findall(text)
    loud = [word for word in words if word.isupper()]
    return text if len(loud) >= LOUD_WORDS and len(loud) * 2 > len(words) else ""


def plain(text: str) -> str:
    """A text without its marks."""
    return " ".join(unescape(TAGS.sub(" ", str(text))).split())


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59].rstrip()}…"
