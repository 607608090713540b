"""What each line of a list would do, whatever stands in it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from membership.imports.deciding import Held, Kind, Rules, decide
from membership.models import Level

LEVEL = Level(pk=1, slug="wits-member", name="WITS member")
TODAY, END = date(2026, 9, 21), date(2027, 4, 30)
FIELDS = ["first_name", "email", "level", "status", "since", "until"]
RULES = Rules(
    columns={name: place for place, name in enumerate(FIELDS)},
    levels={"wits member": LEVEL},
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
