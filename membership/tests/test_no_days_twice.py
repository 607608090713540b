"""No two paid memberships of one person cover the same days, however they came and in whatever order."""

import uuid
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
import time_machine
from django.contrib.auth import get_user_model
from hypothesis import given, settings
from hypothesis import strategies as st

from membership import by_hand, terms
from membership.models import Addition, Level, Membership, MembershipSettings, Signup
from membership.tests.factories import SignupFactory
from membership.tests.stripe_events import (
    charge_object,
    dispute_object,
    event,
    refund_object,
    session_object,
    signed,
)

PLAN = MembershipSettings(year_end_month=4, year_end_day=30, early_days=30)
BEGINNING = date(2026, 9, 1)
YEAR = Level(pk=1, slug="wits-member", price_cents=1500, term=Level.Term.ACADEMIC_YEAR)
MONTHS = Level(pk=2, slug="guest", price_cents=900, term=Level.Term.MONTHS, term_months=6)
TODAY = st.integers(0, 500).map(lambda days: BEGINNING + timedelta(days=days))
# (level, state, paid through Stripe, day on which it was paid, day on which it begins now)
ROWS = st.lists(
    st.tuples(
        st.sampled_from([YEAR, MONTHS]),
        st.sampled_from(["active", "active", "held", "refunded", "lost", "ended"]),
        st.booleans(),
        st.integers(0, 400),
        st.integers(0, 400),
    ),
    max_size=6,
)


def memberships(rows):
    made = []
    for pk, (level, state, by_stripe, paid, more) in enumerate(rows, 1):
        paid_on = BEGINNING + timedelta(days=paid)
        signup = Signup(pk=pk, level=level, paid_at=datetime(*paid_on.timetuple()[:3], 16, tzinfo=UTC))
        row = Membership(pk=pk, level=level, state=state, signup=signup if by_stripe else None)
        row.starts_on = paid_on + timedelta(days=more)
        row.ends_on = terms.last_day(level, row.starts_on, PLAN)
        if by_stripe or not any(meet(row, other) for other in made if other.signup is None):
            made.append(row)  # what is written down by hand was planned among itself
    return made


def in_force(rows):
    return [row for row in rows if row.state in ("active", "held")]


def meet(one, other):
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


@settings(max_examples=100, deadline=None)
@given(rows=ROWS, today=TODAY)
def test_after_laying_out_no_two_in_force_cover_the_same_days(rows, today):
    laid = memberships(rows)
    before = {row.pk: row.starts_on for row in laid}
    terms.laid_out(laid, today, PLAN)

    assert not [(one, other) for one, other in combinations(in_force(laid), 2) if meet(one, other)]
    for row in laid:
        assert row.ends_on == terms.last_day(row.level, row.starts_on, PLAN)
        assert row.signup or row.starts_on == before[row.pk], "what was written down by hand stays"
        assert row.starts_on >= before[row.pk] or row.ends_on >= today, "nothing moves to days that are over"
    assert terms.laid_out(laid, today, PLAN) == [], "laid out once is laid out"


def send(client, type, obj):
    body, headers = signed(event(type, obj))
    assert client.post("/webhooks/stripe/", body, content_type="application/json", headers=headers).status_code == 200


def add_by_hand(signup):
    data = by_hand.HandData(
        nonce=uuid.uuid4(),
        level=signup.level,
        first_name=signup.first_name,
        last_name=signup.last_name,
        email=signup.email,
        amount_cents=1500,
        way=Addition.Way.CASH,
        received_by="Kim",
        note="",
        starts_on=date(2026, 9, 19),
    )
    treasurer = get_user_model().objects.get_or_create(username="treasurer")[0]
    return by_hand.add(data, seen=by_hand.plan_for(data).seen, by=treasurer)


AWAY_AND_BACK = {
    "disputed, and won": [
        ("charge.dispute.created", lambda s: dispute_object(s)),
        ("charge.dispute.closed", lambda s: dispute_object(s, status="won")),
    ],
    "given back, and sent back": [
        ("charge.refunded", lambda s: charge_object(s)),
        ("refund.failed", lambda s: refund_object(s, status="failed", amount=1500)),
    ],
}


@pytest.mark.django_db
@pytest.mark.parametrize("how", AWAY_AND_BACK)
def test_who_pays_in_cash_while_the_money_is_away_is_a_member_at_once_and_loses_no_year(client, how):
    away, back = AWAY_AND_BACK[how]
    with time_machine.travel("2026-09-14T14:00:00Z", tick=False) as clock:
        signup = SignupFactory()
        send(client, "checkout.session.completed", session_object(signup))
        clock.shift(timedelta(days=5))
        send(client, away[0], away[1](signup))
        cash = add_by_hand(signup)
        assert (cash.starts_on, cash.ends_on) == (date(2026, 9, 19), date(2027, 4, 30))

        clock.shift(timedelta(days=20))
        send(client, back[0], back[1](signup))
    cash.refresh_from_db()
    assert (cash.state, cash.starts_on, cash.ends_on) == ("active", date(2026, 9, 19), date(2027, 4, 30))
    card = Membership.objects.get(signup=signup)
    assert (card.state, card.starts_on, card.ends_on) == ("active", date(2027, 5, 1), date(2028, 4, 30))
