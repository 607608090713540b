"""One line of what needs attention, and where rooms register what finds them. Nothing here asks the database."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

# So many of a kind are named one by one; the rest is a number that leads to their list.
NAMED = 5

PAYMENTS = "Payments and members"
POST = "Mails and updates"
ANSWERS = "Answers to forms"
LINKS = "Links"
PAGES = "Pages and drafts"
DATES = "Dates that are over"
TEAM = "The team"
PARTNERS = "Partners"
# What waits for a person comes first, what merely grows old last.
GROUPS = (PAYMENTS, POST, ANSWERS, LINKS, DATES, TEAM, PARTNERS, PAGES)


@dataclass(frozen=True)
class Line:
    """What is the matter, and where it is mended. `key`: by which somebody puts it aside; without one nobody can."""

    words: str
    url: str
    key: str = ""


@dataclass(frozen=True)
class Found:
    """What a finder found: the lines it names, how many more there are, and where those stand."""

    lines: Sequence[Line] = ()
    more: int = 0
    more_url: str = ""

    @property
    def count(self) -> int:
        return len(self.lines) + self.more


class Aside:
    """What the reader has put aside, by its keys."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self.keys = frozenset(keys)

    def __contains__(self, key: str) -> bool:
        return key in self.keys

    def rows(self, kind: str) -> list[int]:
        """The rows that were put aside as one `kind` of trouble: `old:12` is row 12 of `old`."""
        found = (key.partition(":") for key in self.keys)
        return [int(pk) for name, _, pk in found if name == kind and pk.isdecimal()]


Finder = Callable[[Any, Aside], Iterable[Found]]

_finders: list[tuple[str, Finder]] = []


def register(group: str, finder: Finder) -> None:
    """Let `finder(user, aside)` say what needs that user's attention; called in an app's `ready()`.

    It asks a number of questions that does not depend on how much there is, and says nothing of what the user may not
    see or could not mend.
    """
    if group not in GROUPS:
        raise ValueError(f"{group!r} is no group: use one of {', '.join(GROUPS)}.")
    if (group, finder) not in _finders:
        _finders.append((group, finder))


def finders(group: str) -> list[Finder]:
    """What was registered for that group, in its order."""
    return [finder for its_group, finder in _finders if its_group == group]


def named(
    kind: str, rows: QuerySet[Any], aside: Aside, line: Callable[[Any], tuple[str, str]], more_url: str
) -> Found:
    """The first few of `rows`, without those put aside, each as `line(row)`: its words and where it is mended.

    One query, and one more where there are more than are named.
    """
    left = rows.exclude(pk__in=aside.rows(kind))
    first = list(left[: NAMED + 1])
    lines = [Line(*line(row), key=f"{kind}:{row.pk}") for row in first[:NAMED]]
    more = left.count() - NAMED if len(first) > NAMED else 0
    return Found(lines, max(more, 0), more_url)


def one(words: str, url: str, key: str = "") -> Found:
    """A single line."""
    return Found([Line(words, url, key)])


def counted(number: int, singular: str, plural: str) -> str:
    """`1 payment was`, `3 payments were`."""
    return f"{number} {singular if number == 1 else plural}"
