"""From which day to which day."""

from datetime import date

import pytest

from membership.models import Level, MembershipSettings
from membership.terms import first_day, last_day
from membership.tests.factories import LevelFactory, MembershipFactory

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
