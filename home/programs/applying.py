"""When one can apply to a program."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from home import words
from home.days import in_words, short


class State(Enum):
    """Where today stands to the days between which one can apply."""

    BEFORE = "before"
    OPEN = "open"
    AFTER = "after"


def state_on(today: date, opens_on: date | None, closes_on: date | None) -> State:
    """Both days count as open: from midnight when the first begins until midnight when the last one ends.

    Without a first day it has always been open, without a last one it stays open.
    """
    if closes_on and today > closes_on:
        return State.AFTER
    return State.BEFORE if opens_on and today < opens_on else State.OPEN


@dataclass(frozen=True)
class Link:
    """Words and where they lead."""

    text: str
    url: str


@dataclass(frozen=True)
class Applying:
    """What a visitor reads about applying today: `title` over `day` (which may be none), then `note`.

    `link` is only there while one can apply; `tag` says the same in two or three words, for a list.
    """

    title: str
    tag: str
    tag_colour: str
    day: str = ""
    note: str = ""
    link: Link | None = None


def tag_of(state: State, opens_on: date | None, closes_on: date | None) -> tuple[str, str]:
    """The words of a tag and its colour."""
    if state is State.BEFORE and opens_on:
        return words.OPENS.format(day=short(opens_on)), "yellow"
    if state is State.AFTER:
        return words.CLOSED, ""
    return (words.OPEN_UNTIL.format(day=short(closes_on)) if closes_on else words.OPEN), "mint"


def day_of(state: State, opens_on: date | None, closes_on: date | None) -> str:
    """The day that counts now: the first before it, the last while it is open."""
    if state is State.BEFORE and opens_on:
        return in_words(opens_on)
    return words.UNTIL.format(day=in_words(closes_on)) if state is State.OPEN and closes_on else ""
