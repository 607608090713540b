"""What each line of a list would do, whatever stands in it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from membership.imports.deciding import Held, Kind, Rules, decide
from membership.models import Level

LEVEL = Level(pk=1, slug="wits-member", name="WITS member", price_cents=1500)
GUEST = Level(pk=2, slug="guest", name="Guest", price_cents=900)
FREE = Level(pk=3, slug="general", name="General member", price_cents=0)
TODAY, END = date(2026, 9, 21), date(2027, 4, 30)
FIELDS = ["first_name", "email", "level", "status", "since", "until"]
RULES = Rules(
    columns={name: place for place, name in enumerate(FIELDS)},
    levels={"wits member": LEVEL, "guest": GUEST, "general member": FREE},
    level=LEVEL,
    starts_on=TODAY,
    last_day=lambda level, day: END,
)
KEYS = ["a@uwo.example", "b@uwo.example", "c@uwo.example"]
DAYS = st.dates(date(2025, 1, 1), date(2029, 1, 1))
CELLS = st.tuples(
    st.sampled_from(["Maya", "", "\u202e"]),
    st.sampled_from([*KEYS, "A@uwo.example", "no", ""]),
    st.sampled_from(["", "WITS member", "Gold"]),
    st.sampled_from(["", "Active", "On hold", "Ended", "Refunded", "No membership", "other"]),
    st.one_of(st.just(""), DAYS.map(str), st.text(max_size=12)),
    st.one_of(st.just(""), st.just("no end"), DAYS.map(str), st.text(max_size=12)),
)
HELD = st.dictionaries(
    st.sampled_from(KEYS), st.lists(st.builds(Held, st.just(1), DAYS, st.one_of(st.none(), DAYS)), max_size=3)
)


def decided(known, *, level="WITS member", since="", until="2027-04-30"):
    """One line of somebody who has `known`."""
    [line] = decide([(2, ("Maya", KEYS[0], level, "Active", since, until))], RULES, {KEYS[0]: known})
    return line


def meet(one, line):
    return (line.ends_on is None or one.starts_on <= line.ends_on) and (
        one.ends_on is None or one.ends_on >= line.starts_on
    )


@settings(deadline=None)
@given(st.lists(CELLS, max_size=8), HELD)
def test_every_line_has_a_decision_and_nobody_is_made_twice(rows, known):
    lines = list(decide(enumerate(rows, start=2), RULES, known))

    assert [line.number for line in lines] == list(range(2, len(rows) + 2))
    good = [line for line in lines if line.kind != Kind.BAD]
    assert len({line.key for line in good}) == len(good)
    for line in lines:
        assert bool(line.why) == (line.kind == Kind.BAD)
        if line.kind in (Kind.NEW, Kind.EXTENDS):
            assert (line.key in known) == (line.kind == Kind.EXTENDS)
            assert line.level == LEVEL
            assert line.ends_on is None or line.starts_on <= line.ends_on
            real = [one for one in known.get(line.key, []) if one.ends_on is None or one.starts_on <= one.ends_on]
            assert not any(meet(one, line) for one in real), "no day twice"


@settings(deadline=None)
@given(st.lists(CELLS, max_size=8), HELD)
def test_the_same_list_once_more_does_nothing(rows, known):
    first = list(decide(enumerate(rows, start=2), RULES, known))
    after = {key: list(held) for key, held in known.items()}
    for line in first:
        if line.kind in (Kind.NEW, Kind.EXTENDS):
            after.setdefault(line.key, []).append(Held(1, line.starts_on, line.ends_on))

    again = list(decide(enumerate(rows, start=2), RULES, after))

    assert not [line for line in again if line.kind in (Kind.NEW, Kind.EXTENDS)]


@pytest.mark.parametrize("day", ["2026-09-21", "2026-09-21 14:02", "2026-09-21T14:02:11Z"])
def test_days_are_read_as_exports_write_them(day):
    (line,) = decide([(2, ["Maya", "a@uwo.example", "", "Active", day, ""])], RULES, {})
    assert (line.kind, line.starts_on, line.ends_on) == (Kind.NEW, TODAY, END)


@pytest.mark.parametrize(("known", "kind"), [({"a@uwo.example": []}, Kind.THERE), ({}, Kind.BAD)])
def test_a_membership_on_hold_is_not_put_in_force_by_a_list(known, kind):
    row = ("Maya", "a@uwo.example", "WITS member", "On hold", "2026-09-10", "2027-04-30")
    [line] = decide([(2, row)], RULES, known)
    assert line.kind == kind


THIS_YEAR = Held(1, date(2026, 9, 1), END)
NEXT_YEAR = Held(1, date(2027, 5, 1), date(2028, 4, 30))


@pytest.mark.parametrize(
    ("known", "line", "kind", "days", "words"),
    [
        ([THIS_YEAR], {}, Kind.THERE, None, "WITS member until 30 April 2027."),
        ([THIS_YEAR], {"since": "2025-09-01"}, Kind.THERE, None, "WITS member until 30 April 2027."),
        ([THIS_YEAR], {"level": "Guest"}, Kind.THERE, None, "WITS member until 30 April 2027."),
        ([Held(1, TODAY, None)], {}, Kind.THERE, None, "WITS member with no end."),
        (
            [THIS_YEAR],
            {"until": "2028-04-30"},
            Kind.EXTENDS,
            (date(2027, 5, 1), date(2028, 4, 30)),
            "It begins on the day after what they have already: WITS member until 30 April 2027.",
        ),
        (
            [Held(2, date(2026, 9, 1), date(2026, 12, 31))],
            {},
            Kind.EXTENDS,
            (date(2027, 1, 1), END),
            "It begins on the day after what they have already: Guest until 31 December 2026.",
        ),
        ([NEXT_YEAR], {}, Kind.EXTENDS, (TODAY, END), ""),
        ([Held(3, TODAY, None)], {}, Kind.EXTENDS, (TODAY, END), ""),
        ([THIS_YEAR], {"level": "General member", "until": "no end"}, Kind.EXTENDS, (TODAY, None), ""),
        (
            [NEXT_YEAR],
            {"until": "2027-06-30"},
            Kind.BAD,
            None,
            "Its days reach into what they have from 1 May 2027 on (WITS member until 30 April 2028). Let its last "
            "day be 2027-04-30.",
        ),
        ([THIS_YEAR, NEXT_YEAR], {"until": "2027-06-30"}, Kind.THERE, None, "WITS member until 30 April 2028."),
    ],
)
def test_no_day_is_given_twice_and_each_line_says_what_they_have(known, line, kind, days, words):
    found = decided(known, **line)

    assert (found.kind, found.why or found.note) == (kind, words)
    assert days is None or (found.starts_on, found.ends_on) == days


def test_a_line_that_says_no_membership_is_in_force_says_so_of_a_member_too():
    [line] = decide([(2, ("Maya", KEYS[0], "WITS member", "Refunded", "", ""))], RULES, {KEYS[0]: [THIS_YEAR]})
    assert (line.kind, "no membership is in force" in line.note) == (Kind.THERE, True)
