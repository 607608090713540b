"""The same end, whatever order Stripe's events arrive in and however often."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from membership import inbox, lifecycle, links, states
from membership.errors import LinkRefused
from membership.models import Case, Member, Membership, Payment, Signup, StripeEvent
from membership.stripe_gateway import Event, session_from_object
from membership.tests.factories import SignupFactory
from membership.tests.stripe_events import (
    charge_object,
    dispute_object,
    event,
    failed_intent_object,
    fraud_warning_object,
    refund_object,
    session_object,
)
from outbox.models import Delivery

pytestmark = pytest.mark.django_db


class Undo(Exception):
    """Ends an example: whatever it wrote is rolled back."""


def as_event(made):
    return Event(
        id=made["id"],
        type=made["type"],
        created=datetime.fromtimestamp(made["created"], UTC),
        livemode=made["livemode"],
        object=made["data"]["object"],
        raw=made,
    )


def story(name, signup):
    """The events that Stripe sends of one signup, as they happened."""
    session = session_object(signup)
    unpaid = session_object(signup, payment_status="unpaid")
    expired = session_object(signup, status="expired", payment_status="unpaid", payment_intent=None)
    again = {"id": "cs_test_again", "payment_intent": "pi_again"}
    decline = ("payment_intent.payment_failed", failed_intent_object(signup))
    whole = charge_object(signup)
    disputed = ("charge.dispute.created", dispute_object(signup))
    answered = ("charge.dispute.updated", dispute_object(signup, status="under_review"))
    won = ("charge.dispute.closed", dispute_object(signup, status="won"))
    lost = ("charge.dispute.closed", dispute_object(signup, status="lost"))
    warned = ("radar.early_fraud_warning.created", fraud_warning_object(signup))
    begun = ("refund.created", refund_object(signup, status="pending"))
    arrived = ("refund.updated", refund_object(signup, status="succeeded"))
    came_back = ("refund.failed", refund_object(signup, status="failed"))
    second = ("refund.created", refund_object(signup, id="re_second", status="succeeded"))
    paid = ("checkout.session.completed", session)
    stories = {
        "disputed": [paid, disputed, answered],
        "disputed and won": [paid, disputed, answered, won],
        "disputed and lost": [paid, disputed, answered, lost],
        "warned, then refunded": [paid, warned, begun, ("charge.refunded", whole), arrived],
        "a bank's question": [
            paid,
            ("charge.dispute.created", dispute_object(signup, status="warning_needs_response")),
            ("charge.dispute.closed", dispute_object(signup, status="warning_closed")),
        ],
        "a question that became a dispute": [
            paid,
            ("charge.dispute.created", dispute_object(signup, status="warning_needs_response")),
            ("charge.dispute.updated", dispute_object(signup, status="needs_response")),
        ],
        "a refund that came back": [paid, begun, ("charge.refunded", whole), arrived, came_back],
        "a refund that came back and was made again": [
            paid,
            begun,
            ("charge.refunded", whole),
            came_back,
            second,
            ("charge.refunded", whole),
        ],
        "refunded while disputed": [paid, disputed, begun, ("charge.refunded", whole), won],
        "disputed in part refunded, then lost": [
            paid,
            ("charge.refunded", charge_object(signup, amount_refunded=500)),
            ("charge.dispute.created", dispute_object(signup, amount=1000)),
            ("charge.dispute.closed", dispute_object(signup, amount=1000, status="lost")),
        ],
        "paid twice, the first lost": [
            paid,
            ("checkout.session.completed", session_object(signup, **again)),
            disputed,
            lost,
        ],
        "too much, then disputed": [
            ("checkout.session.completed", session_object(signup, amount_total=9900)),
            disputed,
        ],
        "paid": [("checkout.session.completed", session)],
        "paid after two declines": [decline, decline, ("checkout.session.completed", session)],
        "paid later": [
            ("checkout.session.completed", unpaid),
            ("checkout.session.async_payment_succeeded", session),
        ],
        "failed later": [
            ("checkout.session.completed", unpaid),
            decline,
            ("checkout.session.async_payment_failed", unpaid),
        ],
        "given up": [decline, ("checkout.session.expired", expired)],
        "refunded in two steps": [
            ("checkout.session.completed", session),
            ("charge.refunded", charge_object(signup, amount_refunded=500)),
            ("charge.refunded", whole),
        ],
        "paid twice, the second refunded": [
            ("checkout.session.completed", session),
            ("checkout.session.completed", session_object(signup, **again)),
            ("charge.refunded", charge_object(signup, payment_intent="pi_again")),
        ],
        "paid twice, both refunded": [
            ("checkout.session.completed", session),
            ("checkout.session.completed", session_object(signup, **again)),
            ("charge.refunded", charge_object(signup, payment_intent="pi_again")),
            ("charge.refunded", whole),
        ],
        "too little, then the right sum": [
            ("checkout.session.completed", session_object(signup, **again, amount_total=100)),
            ("checkout.session.completed", session),
        ],
        "too little, and given back": [
            ("checkout.session.completed", session_object(signup, amount_total=100)),
            ("charge.refunded", charge_object(signup, amount_refunded=100)),
        ],
    }
    now = int(datetime.now(UTC).timestamp())
    happened = [event(kind, obj, created=now + place) for place, (kind, obj) in enumerate(stories[name])]
    return [as_event(one) for one in happened]


ENDS = {
    "paid": ("completed", ["active"], 3),
    "paid after two declines": ("completed", ["active"], 3),
    "paid later": ("completed", ["active"], 3),
    "failed later": ("failed", [], 0),
    "given up": ("expired", [], 0),
    "refunded in two steps": ("refunded", ["refunded"], None),
    "paid twice, the second refunded": ("completed", ["active"], None),
    "paid twice, both refunded": ("refunded", ["refunded"], None),
    "too little, then the right sum": ("completed", ["active"], 3),
    "too little, and given back": ("case", [], 0),
    "disputed": ("held", ["held"], None),
    "disputed and won": ("completed", ["active"], None),
    "disputed and lost": ("lost", ["lost"], None),
    "warned, then refunded": ("refunded", ["refunded"], None),
    "a bank's question": ("completed", ["active"], 3),
    "a question that became a dispute": ("held", ["held"], None),
    "a refund that came back": ("completed", ["active"], None),
    "a refund that came back and was made again": ("refunded", ["refunded"], None),
    "refunded while disputed": ("refunded", ["refunded"], None),
    "disputed in part refunded, then lost": ("lost", ["lost"], None),
    "paid twice, the first lost": ("completed", ["active"], None),
    "too much, then disputed": ("case", [], 0),
}

# What waits for a person at the end.
WAITING = {
    "too little, then the right sum": ["mismatch"],
    "disputed": ["dispute"],
    "a question that became a dispute": ["dispute"],
    "a refund that came back": ["refund"],
    "too much, then disputed": ["dispute", "mismatch"],
}


@pytest.mark.parametrize("name", ENDS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_order_of_arrival_has_the_same_end(name, data, db):
    state, memberships, deliveries = ENDS[name]
    try:
        with transaction.atomic():
            signup = SignupFactory()
            events = story(name, signup)
            order = data.draw(st.permutations(events + data.draw(st.lists(st.sampled_from(events), max_size=4))))
            success_page = data.draw(st.integers(0, len(order)))
            for place, arriving in enumerate(order):
                inbox.receive(arriving)
                if place == success_page and arriving.type == "checkout.session.completed":
                    lifecycle.complete(session_from_object(arriving.object))

            signup.refresh_from_db()
            assert signup.state == state
            assert list(Membership.objects.values_list("state", flat=True)) == memberships
            assert Member.objects.count() == len(memberships)
            assert Delivery.objects.filter(kind="mail.welcome").count() == len(memberships)
            if deliveries is not None:
                assert Delivery.objects.count() == deliveries
            assert StripeEvent.objects.count() == len(events)
            open_cases = Case.objects.filter(settled_at=None).values_list("kind", flat=True)
            assert sorted(open_cases) == WAITING.get(name, [])
            raise Undo
    except Undo:
        return


def facts(**given_facts):
    made = {"amount_cents": 1500, "attempt": 1, "stripe_session_id": "cs_1"} | given_facts
    return Signup(**made)


PAID = Payment(amount_cents=1500, paid_at=datetime(2026, 9, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("signup", "payments", "state"),
    [
        (facts(stripe_session_id=None, attempt=0), [], "started"),
        (facts(), [], "open"),
        (facts(amount_cents=0, stripe_session_id=None), [], "unconfirmed"),
        (facts(payment_pending=True), [], "processing"),
        (facts(payment_pending=True, payment_failed=True), [], "failed"),
        (facts(session_expired=True), [], "expired"),
        (facts(session_expired=True, payment_failed=True), [PAID], "completed"),
        (facts(case_reason="Too little."), [], "case"),
        (facts(case_reason="Too little."), [PAID], "completed"),
        (facts(), [Payment(refunded_cents=1500)], "open"),
        (facts(), [Payment(amount_cents=1500, paid_at=PAID.paid_at, refunded_cents=1500)], "refunded"),
        (facts(), [Payment(amount_cents=1500, paid_at=PAID.paid_at, refunded_cents=1500), PAID], "completed"),
        (facts(), [Payment(amount_cents=1500, paid_at=PAID.paid_at, dispute="open")], "held"),
        (facts(), [Payment(amount_cents=1500, paid_at=PAID.paid_at, dispute="open"), PAID], "completed"),
        (facts(), [Payment(amount_cents=1500, paid_at=PAID.paid_at, dispute="lost")], "lost"),
        (facts(), [Payment(amount_cents=1500, paid_at=PAID.paid_at, dispute="lost"), PAID], "completed"),
        (facts(case_reason="Too little."), [Payment(paid_at=PAID.paid_at, problem="Too little.")], "case"),
        (
            facts(case_reason="Too little."),
            [Payment(amount_cents=100, paid_at=PAID.paid_at, problem="Too little.", accepted_by_id=1)],
            "completed",
        ),
        (facts(), [Payment(amount_cents=0, paid_at=PAID.paid_at)], "completed"),
    ],
)
def test_the_state_follows_from_the_facts(signup, payments, state):
    assert states.derive_state(signup, payments) == state


def free_signup(**changes):
    return SignupFactory(unconfirmed=True, **({"attempt": 1, "amount_cents": 0} | changes))


def token_of(signup):
    return links.confirm_url(signup).rstrip("/").rpartition("/")[2]


def test_the_mailed_link_makes_a_free_member_once():
    signup = free_signup()
    for _ in range(3):
        lifecycle.confirm_free(*links.read_confirm_token(token_of(signup)))
    assert Membership.objects.get().amount_cents == 0
    assert sorted(Delivery.objects.values_list("kind", flat=True)) == ["hubspot.contact", "mail.welcome"]


def test_a_link_is_refused_when_it_is_old_forged_or_for_an_address_corrected_since():
    signup = free_signup()
    token = token_of(signup)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=25)), pytest.raises(LinkRefused):
        links.read_confirm_token(token)
    with pytest.raises(LinkRefused):
        links.read_confirm_token(token[:-1] + ("A" if token[-1] != "A" else "B"))
    with pytest.raises(LinkRefused):
        links.read_confirm_token(links.cancelled_url(signup).rstrip("/").rpartition("/")[2])

    signup.attempt = 2
    signup.save()
    with pytest.raises(LinkRefused):
        lifecycle.confirm_free(*links.read_confirm_token(token))
    assert not Member.objects.exists()


def test_a_level_that_costs_something_is_not_confirmed_by_a_link():
    signup = SignupFactory()
    with pytest.raises(LinkRefused):
        lifecycle.confirm_free(str(signup.uuid), signup.attempt)
    assert not Member.objects.exists()


def test_a_session_that_stripes_recovery_mail_opened_takes_the_place_of_ours():
    signup = SignupFactory()
    expired = session_object(signup, status="expired", payment_status="unpaid", payment_intent=None)
    lifecycle.complete(session_from_object(expired))
    recovered = session_object(signup, id="cs_test_recovered", recovered_from=expired["id"], payment_status="unpaid")
    assert lifecycle.complete(session_from_object(recovered)).state == Signup.State.PROCESSING
    paid = replace(session_from_object(recovered), payment_status="paid")
    assert lifecycle.complete(paid).state == Signup.State.COMPLETED


def test_a_deleted_member_is_not_made_again_by_an_old_success_page():
    signup = SignupFactory()
    session = session_from_object(session_object(signup))
    lifecycle.complete(session)
    Member.objects.all().delete()
    lifecycle.complete(session)
    assert not Member.objects.exists()
