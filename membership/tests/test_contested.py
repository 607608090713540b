"""Disputes, warnings of fraud and refunds that failed: a person is told, and no membership is changed."""

import pytest

from membership import contested, inbox
from membership.models import Membership, StripeEvent
from membership.stripe_gateway import EVENT_TYPES
from membership.tests.factories import MembershipFactory, PaymentFactory
from membership.tests.stripe_events import dispute_object, event, fraud_warning_object, ids, refund_object, signed
from outbox.models import Alert, Delivery

pytestmark = pytest.mark.django_db
DUE = 1790777600  # 30 September 2026, 14:13 UTC


@pytest.fixture
def signup():
    """A member's signup, whose one payment is the one that the events below are about."""
    signup = MembershipFactory().signup
    signup.payments.update(payment_intent_id=ids(signup)["payment_intent"])
    return signup


def send(client, type, obj):
    body, headers = signed(event(type, obj))
    assert client.post("/webhooks/stripe/", body, content_type="application/json", headers=headers).status_code == 200
    return StripeEvent.objects.first()


def test_every_kind_of_event_that_is_asked_for_is_dealt_with():
    assert {*inbox.HANDLERS, *contested.KINDS} == set(EVENT_TYPES)


def test_a_dispute_is_a_case_and_its_deadline_is_told_once_in_toronto_time(client, signup):
    row = send(client, "charge.dispute.created", dispute_object(signup, evidence_details={"due_by": DUE}))
    send(client, "charge.dispute.updated", dispute_object(signup, evidence_details={"due_by": DUE}))

    assert (row.state, row.signup) == (StripeEvent.State.CASE, signup)
    assert "30 September 2026, 10:13" in row.outcome
    alert = Alert.objects.get()
    assert (alert.kind, alert.count, alert.link) == ("payment.disputed", 1, f"/admin/signups/{signup.pk}/")
    assert "$15.00" in alert.what
    assert "by 30 September 2026, 10:13" in alert.todo
    assert signup.email not in f"{alert.what} {alert.done} {alert.todo} {row.outcome}"
    assert Membership.objects.get().state == Membership.State.ACTIVE
    assert not Delivery.objects.exists()


def test_a_deadline_that_is_moved_is_told_again_and_none_is_not_made_up(client, signup):
    send(client, "charge.dispute.created", dispute_object(signup, evidence_details={"due_by": None}))
    assert "answer soon" in Alert.objects.get().todo
    send(client, "charge.dispute.updated", dispute_object(signup, evidence_details={"due_by": DUE}))
    assert Alert.objects.filter(kind="payment.disputed").count() == 2


def test_a_dispute_that_was_answered_already_asks_for_no_answer(client, signup):
    row = send(client, "charge.dispute.updated", dispute_object(signup, status="under_review"))
    assert row.state == StripeEvent.State.CASE
    assert not Alert.objects.exists()


@pytest.mark.parametrize(("status", "words"), [("won", "keeps the money"), ("lost", "went back")])
def test_how_a_dispute_ended_is_told(client, signup, status, words):
    row = send(client, "charge.dispute.closed", dispute_object(signup, status=status))
    assert row.state == StripeEvent.State.CASE
    assert words in row.outcome
    assert words in Alert.objects.get(kind="payment.dispute-over").what
    assert Membership.objects.get().state == Membership.State.ACTIVE


def test_a_warning_of_fraud_is_told(client, signup):
    row = send(client, "radar.early_fraud_warning.created", fraud_warning_object(signup))
    assert (row.state, row.signup) == (StripeEvent.State.CASE, signup)
    assert Alert.objects.get().kind == "payment.fraud-warning"
    assert Membership.objects.get().state == Membership.State.ACTIVE


def test_a_refund_that_did_not_arrive_is_told(client, signup):
    row = send(client, "refund.failed", refund_object(signup))
    assert (row.state, row.signup) == (StripeEvent.State.CASE, signup)
    assert "$15.00" in Alert.objects.get(kind="refund.failed").what


def test_what_is_about_another_payment_of_the_account_is_left_alone(client):
    PaymentFactory()
    for type, obj in (
        ("charge.dispute.created", dispute_object()),
        ("refund.failed", refund_object(payment_intent=None)),
        ("radar.early_fraud_warning.created", fraud_warning_object()),
    ):
        assert send(client, type, obj).state == StripeEvent.State.IGNORED
    assert not Alert.objects.exists()


def test_processing_a_case_again_tells_nobody_twice(client, signup):
    row = send(client, "charge.dispute.created", dispute_object(signup))
    assert inbox.process_again(row.pk).state == StripeEvent.State.CASE
    assert Alert.objects.get().count == 1
