"""From which day to which day."""

import itertools
from datetime import date

import pytest

from membership import standing, terms
from membership.models import Level, Member, MembershipSettings
from membership.terms import first_day, last_day
from membership.tests.factories import LevelFactory, MemberFactory, MembershipFactory

PLAN = MembershipSettings(year_end_month=4, year_end_day=30, early_days=30)


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2026, 9, 21), date(2027, 4, 30)),
        (date(2027, 3, 31), date(2027, 4, 30)),
        (date(2027, 4, 1), date(2028, 4, 30)),
        (date(2027, 4, 30), date(2028, 4, 30)),
        (date(2027, 5, 1), date(2028, 4, 30)),
        (date(2026, 12, 31), date(2027, 4, 30)),
    ],
)
def test_an_academic_year_ends_on_the_day_set_for_all(starts_on, ends_on):
    assert last_day(Level(term=Level.Term.ACADEMIC_YEAR), starts_on, PLAN) == ends_on


@pytest.mark.parametrize(
    ("starts_on", "months", "ends_on"),
    [
        (date(2026, 9, 21), 12, date(2027, 9, 20)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_a_number_of_months_ends_on_the_day_before(starts_on, months, ends_on):
    assert last_day(Level(term=Level.Term.MONTHS, term_months=months), starts_on, PLAN) == ends_on


def test_a_level_may_have_no_end():
    assert last_day(Level(term=Level.Term.NONE), date(2026, 9, 21), PLAN) is None


@pytest.mark.django_db
def test_only_a_running_paid_membership_puts_the_beginning_off():
    today = date(2026, 9, 21)
    free = MembershipFactory(level=LevelFactory(free=True), starts_on=today, ends_on=date(2027, 4, 30))
    member, paid = free.member, LevelFactory()
    assert first_day(member, paid, today) == today

    over = MembershipFactory(member=member, level=paid, starts_on=date(2025, 9, 1), ends_on=date(2026, 4, 30))
    refunded = MembershipFactory(
        member=member, level=paid, starts_on=today, ends_on=date(2027, 4, 30), state="refunded"
    )
    assert {over.state, refunded.state} == {"active", "refunded"}
    assert first_day(member, paid, today) == today

    MembershipFactory(member=member, level=paid, starts_on=today, ends_on=date(2027, 4, 30))
    assert first_day(member, paid, today) == date(2027, 5, 1)
    assert first_day(member, free.level, today) == today


DAY = date(2026, 11, 22)
SPANS = [
    (date(2026, 9, 1), date(2027, 4, 30)),
    (date(2027, 5, 1), date(2028, 4, 30)),
    (date(2025, 9, 1), date(2026, 4, 30)),
    (date(2026, 9, 1), None),
]


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["active", "refunded", "ended"])
@pytest.mark.parametrize("span", SPANS)
def test_partners_and_executives_are_told_the_same_of_every_two_memberships(span, state):
    for other_span, other_state in itertools.product(SPANS, ["active", "refunded", "ended"]):
        member = MemberFactory()
        for (starts_on, ends_on), one_state in ((span, state), (other_span, other_state)):
            MembershipFactory(member=member, starts_on=starts_on, ends_on=ends_on, state=one_state)
        told = terms.standing(member, DAY)
        shown = standing.standing(member.memberships.select_related("level"), DAY)
        assert told.status == shown.state, (other_span, other_state)
        if told.status != "active":
            assert told.until == shown.until, (other_span, other_state)


@pytest.mark.django_db
@pytest.mark.parametrize("turned_round", [False, True])
def test_of_two_that_began_on_one_day_and_are_over_always_the_same_one_is_told(turned_round):
    member = MemberFactory()
    made = [(LevelFactory(), "lost"), (LevelFactory(slug="guest", price_cents=900), "refunded")]
    for level, state in reversed(made) if turned_round else made:
        MembershipFactory(
            member=member, level=level, state=state, starts_on=date(2026, 9, 1), ends_on=date(2027, 4, 30)
        )
    told = terms.standing(member, DAY)
    assert (told.status, told.level) == ("ended", "wits-member")
    assert standing.standing(member.memberships.select_related("level"), DAY).level.slug == "wits-member"
    assert list(standing.members_who_are("ended", Member.objects.all(), DAY)) == [member]
