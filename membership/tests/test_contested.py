"""Disputes, warnings of fraud and refunds: what they do to a membership, and which case they open."""

import pytest

from membership import contested, inbox, lifecycle
from membership.models import Case, Dispute, Member, Membership, Payment, Refund, Signup, StripeEvent
from membership.stripe_gateway import EVENT_TYPES
from membership.tests.factories import MembershipFactory, PaymentFactory, SignupFactory
from membership.tests.stripe_events import (
    charge_object,
    dispute_object,
    event,
    fraud_warning_object,
    ids,
    refund_object,
    session_object,
    signed,
)
from outbox.models import Alert, Delivery

pytestmark = pytest.mark.django_db
DUE = 1790777600  # 30 September 2026, 14:13 UTC


@pytest.fixture
def signup():
    """A member's signup, whose one payment is the one that the events below are about."""
    signup = MembershipFactory().signup
    signup.payments.update(payment_intent_id=ids(signup)["payment_intent"])
    return signup


def send(client, type, obj, **changes):
    body, headers = signed(event(type, obj, **changes))
    assert client.post("/webhooks/stripe/", body, content_type="application/json", headers=headers).status_code == 200
    return StripeEvent.objects.first()


def refund(signup, status="succeeded", **changes):
    return refund_object(signup, status=status, **changes)


def states():
    """How the one signup and its membership stand now."""
    return Signup.objects.get().state, Membership.objects.get().state


def test_every_kind_of_event_that_is_asked_for_is_dealt_with():
    assert {*inbox.HANDLERS, *contested.KINDS} == set(EVENT_TYPES)


def test_a_dispute_holds_the_membership_and_its_deadline_is_told_once_in_toronto_time(client, signup):
    row = send(client, "charge.dispute.created", dispute_object(signup, evidence_details={"due_by": DUE}))
    send(client, "charge.dispute.updated", dispute_object(signup, evidence_details={"due_by": DUE}))

    assert (row.state, row.signup) == (StripeEvent.State.CASE, signup)
    assert "30 September 2026, 10:13" in row.outcome
    case = Case.objects.get()
    assert (case.kind, case.is_open, case.signup) == (Case.Kind.DISPUTE, True, signup)
    alert = Alert.objects.get()
    assert (alert.kind, alert.count, alert.link) == ("payment.disputed", 1, f"/admin/cases/{case.pk}/")
    assert "$15.00" in alert.what
    assert "by 30 September 2026, 10:13" in alert.todo
    assert signup.email not in f"{alert.what} {alert.done} {alert.todo} {row.outcome} {case.words}"
    assert states() == ("held", "held")
    assert sorted(Delivery.objects.values_list("kind", flat=True)) == ["hubspot.contact", "stripe.customer"]


def test_a_deadline_that_is_moved_is_told_again_and_none_is_not_made_up(client, signup):
    send(client, "charge.dispute.created", dispute_object(signup, evidence_details={"due_by": None}), created=1)
    assert "answer soon" in Alert.objects.get().todo
    send(client, "charge.dispute.updated", dispute_object(signup, evidence_details={"due_by": DUE}), created=2)
    assert Alert.objects.filter(kind="payment.disputed").count() == 2
    assert Case.objects.get().due_by.timestamp() == DUE


def test_a_dispute_that_was_answered_already_asks_for_no_answer_but_holds(client, signup):
    row = send(client, "charge.dispute.updated", dispute_object(signup, status="under_review"))
    assert row.state == StripeEvent.State.CASE
    assert not Alert.objects.exists()
    assert states() == ("held", "held")


@pytest.mark.parametrize(
    ("status", "words", "end"), [("won", "keeps the money", "active"), ("lost", "went back", "lost")]
)
def test_a_dispute_won_restores_the_membership_and_one_lost_ends_it(client, signup, status, words, end):
    send(client, "charge.dispute.created", dispute_object(signup))
    row = send(client, "charge.dispute.closed", dispute_object(signup, status=status))
    assert row.state == StripeEvent.State.PROCESSED
    assert words in row.outcome
    assert words in Alert.objects.get(kind="payment.dispute-over").what
    assert Membership.objects.get().state == end
    case = Case.objects.get()
    assert (case.is_open, case.settlement, case.settled_by) == (False, Case.Settlement.BY_ITSELF, None)


def test_a_question_that_seemed_over_and_became_a_lost_dispute_is_told_as_lost(client, signup):
    """Both ends have the same id at Stripe: that the first was told must not keep the second from being told."""
    send(client, "charge.dispute.closed", dispute_object(signup, status="warning_closed"))
    send(client, "charge.dispute.updated", dispute_object(signup))
    send(client, "charge.dispute.closed", dispute_object(signup, status="lost"))
    send(client, "charge.dispute.closed", dispute_object(signup, status="lost"))
    told = list(Alert.objects.filter(kind="payment.dispute-over").order_by("pk").values_list("what", "count"))
    assert [(what.split(":")[0], count) for what, count in told] == [
        ("The bank's question is over", 1),
        ("The dispute was lost", 1),
    ]
    assert states() == ("lost", "lost")


@pytest.mark.parametrize("status", ["warning_needs_response", "warning_under_review", "warning_closed", "prevented"])
def test_a_banks_question_takes_no_money_and_holds_nothing(client, signup, status):
    send(client, "charge.dispute.created", dispute_object(signup, status=status))
    assert states() == ("completed", "active")
    assert not Delivery.objects.exists()


def test_what_is_open_never_replaces_a_decision_even_with_a_later_time(client, signup):
    send(client, "charge.dispute.closed", dispute_object(signup, status="lost"), created=10)
    send(client, "charge.dispute.updated", dispute_object(signup, status="under_review"), created=20)
    assert Dispute.objects.get().status == "lost"
    assert states() == ("lost", "lost")
    assert not Case.objects.exists()


def test_all_given_back_ends_the_membership_whatever_becomes_of_the_dispute(client, signup):
    send(client, "charge.dispute.created", dispute_object(signup))
    send(client, "charge.refunded", charge_object(signup))
    assert states() == ("refunded", "refunded")
    send(client, "charge.dispute.closed", dispute_object(signup, status="won"))
    assert states() == ("refunded", "refunded")


def test_a_warning_of_fraud_is_a_case_until_the_money_is_given_back(client, signup):
    row = send(client, "radar.early_fraud_warning.created", fraud_warning_object(signup))
    case = Case.objects.get()
    assert (row.state, row.signup, case.kind) == (StripeEvent.State.CASE, signup, Case.Kind.FRAUD)
    assert Alert.objects.get().kind == "payment.fraud-warning"
    assert states() == ("completed", "active")

    send(client, "charge.refunded", charge_object(signup))
    case.refresh_from_db()
    assert (case.is_open, case.settlement) == (False, Case.Settlement.BY_ITSELF)


def test_a_refund_made_at_stripe_is_written_down_by_its_own_id(client, signup):
    send(client, "refund.created", refund(signup, "pending", amount=500))
    send(client, "charge.refunded", charge_object(signup, amount_refunded=500))
    send(client, "refund.updated", refund(signup, amount=500))
    row = Refund.objects.get()
    assert (row.state, row.amount_cents, row.asked_by) == (Refund.State.SUCCEEDED, 500, None)
    assert Payment.objects.get().refunded_cents == 500
    assert states() == ("completed", "active")


def test_a_refund_that_did_not_arrive_is_a_case_and_the_membership_runs_again(client, signup):
    send(client, "charge.refunded", charge_object(signup))
    assert states() == ("refunded", "refunded")
    row = send(client, "refund.failed", refund(signup, "failed"))
    assert (row.state, row.signup) == (StripeEvent.State.CASE, signup)
    assert "$15.00" in Alert.objects.get(kind="refund.failed").what
    case = Case.objects.get()
    assert (case.kind, case.is_open) == (Case.Kind.REFUND, True)
    assert "has expired" in case.words
    assert Payment.objects.get().refunded_cents == 0
    assert states() == ("completed", "active")

    send(client, "refund.created", refund(signup, "succeeded", id="re_second"))
    assert states() == ("refunded", "refunded")
    case.refresh_from_db()
    assert not case.is_open


def test_what_is_about_another_payment_of_the_account_is_left_alone(client):
    PaymentFactory()
    for type, obj in (
        ("charge.dispute.created", dispute_object()),
        ("refund.failed", refund_object(payment_intent=None)),
        ("refund.created", refund_object(payment_intent="pi_of_the_store")),
        ("radar.early_fraud_warning.created", fraud_warning_object()),
    ):
        assert send(client, type, obj).state == StripeEvent.State.IGNORED
    assert not Alert.objects.exists()
    assert not Case.objects.exists()
    assert not Dispute.objects.exists()
    assert not Refund.objects.exists()


def test_processing_a_case_again_tells_nobody_twice(client, signup):
    row = send(client, "charge.dispute.created", dispute_object(signup))
    assert inbox.process_again(row.pk).state == StripeEvent.State.CASE
    assert Alert.objects.get().count == 1
    assert Case.objects.count() == 1


def test_what_is_heard_of_before_its_payment_waits_for_it(client):
    signup = SignupFactory()
    early = send(client, "charge.dispute.created", dispute_object(signup))
    assert early.state == StripeEvent.State.IGNORED
    assert not Case.objects.exists()

    send(client, "checkout.session.completed", session_object(signup))
    early.refresh_from_db()
    assert (early.state, early.signup) == (StripeEvent.State.PROCESSED, signup)
    assert states() == ("held", "held")
    assert Alert.objects.filter(kind="payment.disputed").count() == 1
    assert Member.objects.count() == 1


def test_two_that_did_not_see_each_other_are_brought_together_within_the_hour(client, signup):
    row = send(client, "charge.dispute.created", dispute_object(signup))
    # As if the dispute had been read a moment before its payment was committed.
    Case.objects.all().delete()
    Dispute.objects.all().delete()
    StripeEvent.objects.filter(pk=row.pk).update(state=StripeEvent.State.IGNORED, signup=None)
    Payment.objects.update(dispute="", is_contested=False)
    Signup.objects.update(state="completed")
    Membership.objects.update(state="active")

    inbox.take_in_what_waited()
    assert states() == ("held", "held")
    inbox.take_in_what_waited()
    assert Case.objects.count() == 1


def test_a_payment_that_was_accepted_makes_the_member_once(client, django_user_model):
    someone = django_user_model.objects.create(username="treasurer")
    signup = SignupFactory()
    send(client, "checkout.session.completed", session_object(signup, amount_total=1000))
    assert Signup.objects.get().state == "case"
    assert not Member.objects.exists()

    for _ in range(2):
        lifecycle.accept_payment(Payment.objects.get().pk, someone)
    assert states() == ("completed", "active")
    assert Membership.objects.get().amount_cents == 1000
    assert Payment.objects.get().accepted_by == someone
    assert Delivery.objects.filter(kind="mail.welcome").count() == 1
    assert Signup.objects.get().stripe_customer_id
    assert Case.objects.get().settlement == Case.Settlement.BY_ITSELF


def test_a_payment_on_a_form_that_had_led_to_a_free_membership_can_be_accepted(client, django_user_model):
    """Its closed session was taken up again by Stripe's own mail: the form has its membership, and keeps that one."""
    someone = django_user_model.objects.create(username="treasurer")
    signup = SignupFactory(unconfirmed=True, attempt=2)
    lifecycle.confirm_free(str(signup.uuid), 2)
    send(client, "checkout.session.completed", session_object(signup, amount_total=1500))
    assert Signup.objects.get().state == "case"

    lifecycle.accept_payment(Payment.objects.get().pk, someone)
    assert states() == ("completed", "active")
    assert Case.objects.get().settlement == Case.Settlement.BY_ITSELF
    assert Delivery.objects.filter(kind="mail.welcome").count() == 1


@pytest.mark.parametrize("warned_first", [True, False])
def test_a_warning_of_fraud_is_a_case_again_when_the_refund_comes_back(client, signup, warned_first):
    warning = ("radar.early_fraud_warning.created", fraud_warning_object(signup))
    refund = ("refund.created", refund_object(signup, status="succeeded"))
    for kind, obj in (warning, refund) if warned_first else (refund, warning):
        send(client, kind, obj)
    case = Case.objects.get()
    assert (case.kind, case.is_open, case.settlement) == (Case.Kind.FRAUD, False, Case.Settlement.BY_ITSELF)
    assert Alert.objects.filter(kind="payment.fraud-warning").count() == warned_first

    send(client, "refund.failed", refund_object(signup, status="failed"))
    case.refresh_from_db()
    assert case.is_open
    assert Alert.objects.filter(kind="payment.fraud-warning").count() == 1 + warned_first
