"""Which days a membership has, as what paid for it comes, goes and comes back."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from membership import lifecycle
from membership.models import Member, Membership
from membership.stripe_gateway import session_from_object
from membership.tests.factories import LevelFactory, MembershipFactory, SignupFactory
from membership.tests.stripe_events import (
    dispute_object,
    session_object,
)

pytestmark = pytest.mark.django_db


@time_machine.travel("2026-09-21T16:00:00Z")
def test_a_renewal_begins_when_the_running_term_ends():
    level = LevelFactory()
    terms = []
    for number in range(2):
        signup = SignupFactory(level=level, email="maya@uwo.example", stripe_session_id=f"cs_test_{number}")
        lifecycle.complete(session_from_object(session_object(signup)))
        terms.append(Membership.objects.get(signup=signup))
    assert (terms[0].starts_on, terms[0].ends_on) == (date(2026, 9, 21), date(2027, 4, 30))
    assert (terms[1].starts_on, terms[1].ends_on) == (date(2027, 5, 1), date(2028, 4, 30))
    assert Member.objects.count() == 1


def two_forms_of_maya(second_level=None):
    """Paid on the 21st and the 23rd of September 2026, as the sessions that Stripe keeps."""
    level = LevelFactory()
    made = []
    for day, level_of_it in ((21, level), (23, second_level or level)):
        session_id = f"cs_test_{day}"
        signup = SignupFactory(level=level_of_it, email="maya@uwo.example", stripe_session_id=session_id)
        moment = int(datetime(2026, 9, day, 16, tzinfo=UTC).timestamp())
        made.append((signup, session_from_object(session_object(signup, created=moment))))
    return made


def term_of(signup):
    return Membership.objects.values_list("starts_on", "ends_on", "state").get(signup=signup)


@time_machine.travel("2026-09-24T16:00:00Z")
def test_two_payments_heard_of_in_the_wrong_order_follow_each_other_as_they_were_paid():
    (first, earlier), (second, later) = two_forms_of_maya()
    lifecycle.complete(later)
    assert term_of(second) == (date(2026, 9, 23), date(2027, 4, 30), "active")
    lifecycle.complete(earlier)
    assert term_of(first) == (date(2026, 9, 21), date(2027, 4, 30), "active")
    assert term_of(second) == (date(2027, 5, 1), date(2028, 4, 30), "active")


@time_machine.travel("2026-09-24T16:00:00Z")
def test_what_was_paid_for_later_days_moves_up_when_the_days_before_are_given_back():
    (first, earlier), (second, later) = two_forms_of_maya()
    lifecycle.complete(earlier)
    lifecycle.complete(later)
    intent = first.payments.get().payment_intent_id
    lifecycle.record_refund({"wits": "join"}, payment_intent_id=intent, refunded_cents=1500)
    assert term_of(first) == (date(2026, 9, 21), date(2027, 4, 30), "refunded")
    assert term_of(second) == (date(2026, 9, 23), date(2027, 4, 30), "active")


@time_machine.travel("2026-09-24T16:00:00Z", tick=False)
def test_a_term_that_has_begun_loses_no_day_when_the_one_before_is_given_back():
    (first, earlier), (second, later) = two_forms_of_maya()
    lifecycle.complete(earlier)
    lifecycle.complete(later)
    with time_machine.travel("2027-05-02T16:00:00Z", tick=False):
        intent = first.payments.get().payment_intent_id
        lifecycle.record_refund({"wits": "join"}, payment_intent_id=intent, refunded_cents=1500)
    assert term_of(second) == (date(2027, 5, 1), date(2028, 4, 30), "active")


@time_machine.travel("2026-09-24T16:00:00Z")
def test_a_disputed_term_keeps_its_place_until_the_bank_has_decided():
    (first, earlier), (second, later) = two_forms_of_maya()
    lifecycle.complete(earlier)
    intent = first.payments.get().payment_intent_id
    now = datetime(2026, 9, 24, tzinfo=UTC)
    disputed = dispute_object(first, payment_intent=intent)
    lifecycle.record_contest("charge.dispute.created", disputed, now)
    lifecycle.complete(later)
    assert term_of(second)[0] == date(2027, 5, 1)
    lifecycle.record_contest("charge.dispute.closed", {**disputed, "status": "lost"}, now)
    assert term_of(first)[2] == "lost"
    assert term_of(second) == (date(2026, 9, 23), date(2027, 4, 30), "active")


@time_machine.travel("2026-09-24T16:00:00Z")
def test_a_free_membership_neither_moves_nor_is_moved():
    free = MembershipFactory(level=LevelFactory(free=True), starts_on=date(2026, 9, 1), ends_on=date(2027, 4, 30))
    signup = SignupFactory(email=free.member.email, email_key=free.member.email_key)
    moment = int(datetime(2026, 9, 21, 16, tzinfo=UTC).timestamp())
    lifecycle.complete(session_from_object(session_object(signup, created=moment)))
    free.refresh_from_db()
    assert (free.starts_on, free.ends_on) == (date(2026, 9, 1), date(2027, 4, 30))
    assert term_of(signup) == (date(2026, 9, 21), date(2027, 4, 30), "active")


@time_machine.travel("2026-09-24T16:00:00Z")
def test_money_that_came_days_later_does_not_push_away_what_runs_already():
    """Somebody began to pay slowly, then paid by card, then was added by hand; then the slow money came."""
    (slow, slow_money), (card, paid) = two_forms_of_maya()
    lifecycle.complete(paid)
    member = Member.objects.get()
    by_hand = MembershipFactory(
        member=member, level=card.level, signup=None, starts_on=date(2027, 5, 1), ends_on=date(2028, 4, 30)
    )
    lifecycle.complete(slow_money)
    by_hand.refresh_from_db()
    assert (by_hand.starts_on, by_hand.ends_on) == (date(2027, 5, 1), date(2028, 4, 30))
    assert term_of(slow) == (date(2026, 9, 21), date(2027, 4, 30), "active"), "today is paid for"
    assert term_of(card) == (date(2028, 5, 1), date(2029, 4, 30), "active"), "and no day is paid for twice"


@time_machine.travel("2026-09-24T16:00:00Z")
def test_days_that_were_given_back_are_filled_before_days_to_come():
    (first, earlier), (second, later) = two_forms_of_maya()
    lifecycle.complete(earlier)
    MembershipFactory(
        member=Member.objects.get(),
        level=first.level,
        signup=None,
        starts_on=date(2027, 5, 1),
        ends_on=date(2028, 4, 30),
    )
    intent = first.payments.get().payment_intent_id
    lifecycle.record_refund({"wits": "join"}, payment_intent_id=intent, refunded_cents=1500)
    lifecycle.complete(later)
    assert term_of(second) == (date(2026, 9, 23), date(2027, 4, 30), "active")
