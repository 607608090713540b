"""A list of stories turned by the page: the first one large, then nine at a time."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from django.utils.encoding import iri_to_uri

from home.stories import words
from home.stories.queries import StoryQuerySet
from home.stories.tags import StoryTag

ON_A_PAGE = 9


@dataclass(frozen=True)
class ListPage:
    """One page of a list. Only the first has a `lead`; an address is empty where there is nothing more."""

    lead: Any
    cards: list[Any]
    number: int
    pages: int
    url: str
    newer: str
    older: str

    @property
    def place(self) -> str:
        """Where one is in a list of several pages; empty in one of a single page."""
        return words.page_of(self.number, self.pages) if self.pages > 1 else ""


def of_tag(base: str, tag: StoryTag) -> str:
    """Where the list of one tag begins."""
    return iri_to_uri(f"{base}tag/{tag.slug}/")


def turned(base: str, number: int) -> str:
    """Where page `number` of the list at `base` lies."""
    return base if number == 1 else f"{base}page/{number}/"


def turn(stories: StoryQuerySet, count: int, number: int, base: str) -> ListPage | None:
    """Page `number` of `stories`, of which there are `count`; None where there is no such page."""
    pages = max(1, ceil((count - 1) / ON_A_PAGE))
    if not 1 <= number <= pages:
        return None
    first = 0 if number == 1 else 1 + ON_A_PAGE * (number - 1)
    found = list(stories.as_cards()[first : 1 + ON_A_PAGE * number])
    return ListPage(
        lead=found.pop(0) if number == 1 and found else None,
        cards=found,
        number=number,
        pages=pages,
        url=turned(base, number),
        newer=turned(base, number - 1) if number > 1 else "",
        older=turned(base, number + 1) if number < pages else "",
    )
