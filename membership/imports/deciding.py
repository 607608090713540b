"""What each line of a list would do. Pure: rows and members come in, decisions come out."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from membership import names
from membership.addresses import email_and_key
from membership.errors import WrongAddress
from membership.models import Level
from membership.standing import ENDED, HELD, LABELS, NEVER, REFUNDED
from membership.timeline import long_date

ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:$|[T ])", re.ASCII)
NO_LEVEL = "The line names no level, and none was chosen for such lines."
NO_END = ("no end", "none", "never")
# As our own lists write them, and as Stripe and HubSpot keep them ("on-hold").
STATES = {label.casefold(): state for state, label in LABELS.items()} | {state: state for state in LABELS}


class Kind(StrEnum):
    NEW = "new"
    EXTENDS = "extends"
    THERE = "there"
    BAD = "bad"


@dataclass(frozen=True)
class Held:
    """A running or past membership of somebody known: the level's id, first and last day (None: no end)."""

    level: int
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Line:
    """One line, decided: `why` says what is wrong with a bad one, `note` what they have already. Days are
    Toronto's."""

    number: int
    kind: Kind
    email: str = ""
    key: str = ""
    first_name: str = ""
    last_name: str = ""
    level: Level | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    why: str = ""
    note: str = ""
    by_choice: bool = False  # the line names no level: an executive chose it for all such lines


@dataclass(frozen=True)
class Rules:
    """What holds for all lines: where the columns are, the levels by name and short name, and what is not said."""

    columns: Mapping[str, int]
    levels: Mapping[str, Level]
    level: Level | None
    starts_on: date
    last_day: Callable[[Level, date], date | None]


class BadLine(ValueError):
    """Why a line cannot be imported, for the executive."""


@dataclass(frozen=True)
class Address:
    """An address of the list, read once; `why` says what is wrong with it."""

    email: str = ""
    key: str = ""
    why: str = ""


def addresses_of(lines: Iterable[tuple[int, Sequence[str]]], columns: Mapping[str, int]) -> dict[str, Address]:
    """Each address as it is written in the list, read. Their members can be looked up together then."""
    return {written: _read(written) for written in {_cell(cells, columns, "email") for _, cells in lines}}


def decide(
    lines: Iterable[tuple[int, Sequence[str]]],
    rules: Rules,
    known: Mapping[str, Sequence[Held]],
    *,
    addresses: Mapping[str, Address] | None = None,
    first_seen: dict[str, int] | None = None,
) -> Iterator[Line]:
    """Each line's decision, in their order. `known` has the active memberships of every known address, by its key.

    A list that is decided piece by piece hands `first_seen` (the line of each key so far) from one to the next.
    """
    seen = {} if first_seen is None else first_seen
    for number, cells in lines:
        try:
            line = _decide(number, cells, rules, known, addresses or {})
            if line.key in seen:
                raise BadLine(f"The same address stands on line {seen[line.key]} already.")
        except BadLine as error:
            yield Line(number, Kind.BAD, email=_cell(cells, rules.columns, "email"), why=str(error))
            continue
        seen[line.key] = number
        yield line


def _read(written: str) -> Address:
    try:
        return Address(*email_and_key(written))
    except WrongAddress as error:
        return Address(why=str(error))


def _decide(
    number: int,
    cells: Sequence[str],
    rules: Rules,
    known: Mapping[str, Sequence[Held]],
    addresses: Mapping[str, Address],
) -> Line:
    written = _cell(cells, rules.columns, "email")
    address = addresses.get(written) or _read(written)
    if address.why:
        raise BadLine(address.why)
    email, key = address.email, address.key
    held = known.get(key)
    until = _cell(cells, rules.columns, "until")
    if why := _why_no_membership(_cell(cells, rules.columns, "status"), until, rules):
        if held is None:
            raise BadLine(why)
        return Line(number, Kind.THERE, email, key, note=why)
    written_level = _cell(cells, rules.columns, "level")
    level = _level(written_level, rules)
    starts_on = _day(_cell(cells, rules.columns, "since"), "first") or rules.starts_on
    ends_on = _last_day(until, level, starts_on, rules)
    if ends_on is not None and ends_on < starts_on:
        raise BadLine("The last day is before the first.")
    first_name, last_name = _names(cells, rules.columns)
    line = Line(number, Kind.NEW, email, key, first_name, last_name, level, starts_on, ends_on)
    line = replace(line, by_choice=not written_level)
    return line if held is None else _beside(line, level, starts_on, held, rules)


def _beside(line: Line, level: Level, starts_on: date, held: Sequence[Held], rules: Rules) -> Line:
    """What becomes of a line of somebody known: what they have already is not made a second time.

    Of two levels that both cost something, no day counts twice; a free one only has days in common with itself.
    """
    levels = {one.pk: one for one in rules.levels.values()}
    last = line.ends_on or date.max
    meets = [
        one
        for one in held
        if (one.level == level.pk or (level.price_cents and one.level in levels and levels[one.level].price_cents))
        and one.starts_on <= last
        and (one.ends_on is None or one.ends_on >= starts_on)
    ]
    line = replace(line, kind=Kind.EXTENDS)
    if not meets:
        return line
    longest = max(meets, key=lambda one: one.ends_on or date.max)
    named = f"{levels.get(longest.level, level)} {_until(longest.ends_on)}"
    if (longest.ends_on or date.max) < last:
        note = f"It begins on the day after what they have already: {named}."
        return replace(line, starts_on=_day_after(longest), note=note)
    from_now = max(starts_on, rules.starts_on)
    if longest.starts_on > from_now and not any(one.starts_on <= from_now for one in meets):
        raise BadLine(
            f"Its days reach into what they have from {long_date(longest.starts_on)} on ({named}). Let its last day "
            f"be {longest.starts_on - timedelta(days=1)}."
        )
    return replace(line, kind=Kind.THERE, starts_on=None, ends_on=None, note=f"{named}.")


def _until(day: date | None) -> str:
    return f"until {long_date(day)}" if day else "with no end"


def _day_after(held: Held) -> date | None:
    return held.ends_on + timedelta(days=1) if held.ends_on else None


def _why_no_membership(written: str, until: str, rules: Rules) -> str:
    """Why a line makes nobody a member, by its status; "" where one is in force, or was until a day that it names.

    A list that has a column for the status says of everybody in it whether they are a member: nothing is guessed.
    """
    if "status" not in rules.columns:
        return ""
    if not written:
        return "Its status is empty: nothing says that they are a member."
    state = STATES.get(written.casefold().replace("-", " "))
    if state is None:
        return f"Its status, “{written[:40]}”, is none that the site knows. Is it the right column?"
    if state in (NEVER, REFUNDED, HELD) or (state == ENDED and not until):
        return "The line says that no membership is in force, so there is nothing to make."
    return ""


def _cell(cells: Sequence[str], columns: Mapping[str, int], field: str) -> str:
    place = columns.get(field)
    return cells[place] if place is not None and place < len(cells) else ""


def _names(cells: Sequence[str], columns: Mapping[str, int]) -> tuple[str, str]:
    first, last = _cell(cells, columns, "first_name"), _cell(cells, columns, "last_name")
    if not first and not last:
        first = _cell(cells, columns, "name")  # kept whole: nobody can tell where a name is to be cut
    for name in (first, last):
        if names.has_refused_characters(name) or len(name) > names.MAX_LENGTH:
            raise BadLine("The name is too long, or has an invisible character in it.")
    if not names.is_visible(first + last):
        raise BadLine("There is no name.")
    return first, last


def _level(written: str, rules: Rules) -> Level:
    if not written:
        if rules.level is None:
            raise BadLine(NO_LEVEL)
        return rules.level
    level = rules.levels.get(written.casefold())
    if level is None:
        raise BadLine("There is no level of that name.")
    return level


def _last_day(until: str, level: Level, starts_on: date, rules: Rules) -> date | None:
    if until.casefold() in NO_END:
        return None
    return _day(until, "last") if until else rules.last_day(level, starts_on)


def _day(written: str, which: str) -> date | None:
    if not written:
        return None
    found = ISO_DAY.match(written)
    try:
        day = date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year <= 2100:
        raise BadLine(f"The {which} day cannot be read. Write it like 2027-04-30.")
    return day
