"""A clock that was wrong and is set back: nothing is lost, made twice, or shut for longer than the club can wait."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.utils import timezone

from membership import inbox, lifecycle, limits, reconciliation, refunds, stripe_gateway
from membership.errors import JoiningLimited, TransportError
from membership.joining import JoinData, Next, start
from membership.models import Case, Dispute, Member, Membership, Payment, Refund, Signup, StripeEvent
from membership.stripe_gateway import Said, session_from_object
from membership.tests.factories import LevelFactory, SignupFactory
from membership.tests.stripe_events import dispute_object, event, refund_object, session_object, signed
from outbox.models import Delivery

pytestmark = pytest.mark.django_db

RIGHT = datetime(2026, 9, 14, 16, 0, tzinfo=UTC)
WRONG = RIGHT + timedelta(days=5)


@pytest.fixture
def clock():
    """It says what is right; `clock.move_to(WRONG)` makes it five days fast."""
    with time_machine.travel(RIGHT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def signup(clock):
    return SignupFactory()


def form(number=0, **changes):
    filled = JoinData(
        nonce=uuid.uuid4().hex,
        level=LevelFactory().slug,
        price_seen=1500,
        first_name="Mary Anne",
        last_name="van Dyk",
        email=f"person{number}@uwo.ca",
        client_address="129.100.0.7",
    )
    return replace(filled, **changes)


def hear(client, made):
    body, headers = signed(made)
    return client.post("/webhooks/stripe/", body, content_type="application/json", headers=headers)


# Joining


@pytest.mark.parametrize("back", [timedelta(seconds=1), timedelta(minutes=50), timedelta(days=5)])
def test_the_same_form_finds_its_session_when_the_clock_was_set_back_meanwhile(clock, fake_stripe, back):
    data = form()
    first = start(data)
    clock.move_to(RIGHT - back)
    again = start(data)
    assert (again.next, again.url) == (Next.PAY, first.url)
    assert fake_stripe.calls == ["open"]
    assert Signup.objects.count() == 1


def test_a_try_that_stripe_never_answered_is_repeated_with_what_was_asked_for(clock, fake_stripe):
    data = form()
    fake_stripe.away = TransportError("Stripe did not answer.")
    with pytest.raises(TransportError):
        start(data)
    asked = Signup.objects.get().checkout_parameters
    fake_stripe.away = None
    clock.move_to(RIGHT - timedelta(minutes=20))
    assert start(data).next == Next.PAY
    signup = Signup.objects.get()
    assert (signup.attempt, signup.checkout_parameters) == (1, asked), "an idempotency key refuses what has changed"


def test_a_session_that_stripe_refused_for_a_clock_five_days_fast_is_asked_for_anew(clock, fake_stripe):
    clock.move_to(WRONG)
    data = form()
    fake_stripe.away = TransportError("HTTP 400, expires_at must be less than 24 hours from now.", permanent=True)
    with pytest.raises(TransportError):
        start(data)
    fake_stripe.away = None
    clock.move_to(RIGHT)
    assert start(data).next == Next.PAY
    expires_at = datetime.fromtimestamp(Signup.objects.get().checkout_parameters["expires_at"], UTC)
    assert expires_at == RIGHT + limits.TIME_TO_PAY


def test_forms_of_a_clock_five_days_fast_keep_nobody_out_for_five_days(clock, fake_stripe):
    clock.move_to(WRONG)
    for number in range(limits.BY_ADDRESS.calls):
        start(form(number))
    with pytest.raises(JoiningLimited):
        start(form(99))
    clock.move_to(RIGHT)
    assert start(form(100)).next == Next.PAY


def test_a_clock_set_back_by_minutes_forgets_no_form_that_counts(clock, fake_stripe):
    for number in range(limits.BY_ADDRESS.calls):
        start(form(number))
    clock.move_to(RIGHT - timedelta(minutes=10))
    with pytest.raises(JoiningLimited):
        start(form(99))


def test_confirmation_mails_promised_by_a_clock_five_days_fast_keep_nobody_waiting(clock):
    level = LevelFactory(free=True).slug
    clock.move_to(WRONG)
    for _ in range(limits.CONFIRM_MAILS_AN_HOUR + 1):
        start(form(level=level, price_seen=0))
    assert Delivery.objects.count() == limits.CONFIRM_MAILS_AN_HOUR
    clock.move_to(RIGHT)
    start(form(level=level, price_seen=0))
    assert Delivery.objects.count() == limits.CONFIRM_MAILS_AN_HOUR + 1


# What Stripe says


def test_a_message_from_what_our_clock_calls_the_future_is_taken_in(client, clock, signup):
    made = event("checkout.session.completed", session_object(signup))
    clock.move_to(RIGHT - timedelta(hours=3))
    body, headers = signed(made, timestamp=int(RIGHT.timestamp()))
    answer = client.post("/webhooks/stripe/", body, content_type="application/json", headers=headers)
    assert answer.status_code == 200
    assert Signup.objects.get().state == Signup.State.COMPLETED


def test_the_same_message_before_and_after_the_clock_was_set_back_makes_one_member(client, clock, signup):
    made = event("checkout.session.completed", session_object(signup))
    for moment in (RIGHT, RIGHT - timedelta(days=5), RIGHT):
        clock.move_to(moment)
        assert hear(client, made).status_code == 200
    assert (Member.objects.count(), Membership.objects.count(), Payment.objects.count()) == (1, 1, 1)
    assert StripeEvent.objects.get().deliveries == 3
    assert Delivery.objects.filter(kind="mail.welcome").count() == 1


def test_a_dispute_compared_by_a_fast_clock_goes_on_when_the_clock_is_right_again(clock, fake_stripe, signup):
    lifecycle.complete(session_from_object(session_object(signup)))
    clock.move_to(WRONG)
    compared(fake_stripe, dispute_object(signup))
    clock.move_to(RIGHT + timedelta(hours=1))
    compared(fake_stripe, dispute_object(signup, status="under_review"))
    assert Dispute.objects.get().status == "under_review"
    assert Dispute.objects.get().as_of == timezone.now()
    assert compared(fake_stripe, dispute_object(signup, status="under_review")) == []

    compared(fake_stripe, dispute_object(signup, status="won"))
    assert (Membership.objects.get().state, Case.objects.get().is_open) == ("active", False)


def compared(fake_stripe, dispute):
    """What comparing with Stripe repairs, where Stripe has that dispute."""
    fake_stripe.contests = [Said(dispute["id"], dispute["payment_intent"], dispute["status"], dispute)]
    return reconciliation.reconcile(days=30).repaired


def test_what_waited_for_its_payment_is_taken_in_whatever_the_clock_did(clock, client, signup):
    refund = event("refund.created", refund_object(signup, status="succeeded"))
    assert hear(client, refund).status_code == 200
    clock.move_to(RIGHT - timedelta(days=5))
    lifecycle.complete(session_from_object(session_object(signup)))
    inbox.take_in_what_waited()
    assert Membership.objects.get().state == "refunded"


# Refunds


@pytest.mark.parametrize("moment", [RIGHT - timedelta(days=5), RIGHT - timedelta(seconds=1)])
def test_a_refund_asked_for_before_the_clock_was_set_back_is_made_once(clock, signup, monkeypatch, moment):
    lifecycle.complete(session_from_object(session_object(signup)))
    wanted = refunds.Wanted(uuid.uuid4(), Payment.objects.get().pk, 1500, "requested_by_customer", "")
    treasurer = get_user_model().objects.create(username="treasurer")
    refund = refunds.ask(wanted, by=treasurer)
    made = refund_object(signup, status="succeeded", metadata={"wits_refund": str(refund.uuid)})
    asked = []
    answer = Said(made["id"], made["payment_intent"], "succeeded", made)
    monkeypatch.setattr(stripe_gateway, "make_refund", lambda **how: asked.append(how) or answer)

    clock.move_to(moment)
    assert refunds.ask(wanted, by=treasurer) == refund, "the form sent twice is one refund"
    delivery = Delivery.objects.get(kind="stripe.refund")
    refunds.make(delivery)
    refunds.make(delivery)
    assert len(asked) == 1
    assert (Refund.objects.get().state, Membership.objects.get().state) == ("succeeded", "refunded")

    earlier = refund_object(signup, id=made["id"], status="pending")
    lifecycle.record_contest("refund.created", earlier, WRONG)
    assert Refund.objects.get().state == "succeeded", "what was said later does not undo what is done"
