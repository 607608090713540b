"""A question that becomes a dispute, a deadline that moves, a dispute about a part: told once each, never lost."""

import itertools

import pytest
from django.contrib.auth import get_user_model

from membership import deciding, lifecycle, reconciliation, refunds
from membership.models import Case, Dispute, Membership, Payment, Refund, Signup
from membership.tests.factories import MembershipFactory, SignupFactory
from membership.tests.stripe_events import (
    charge_object,
    dispute_object,
    event,
    ids,
    refund_object,
    session_object,
    signed,
)
from outbox.models import Alert

pytestmark = pytest.mark.django_db
DUE = 1790777600  # 30 September 2026, 14:13 UTC
DAY = 86_400


@pytest.fixture
def signup():
    """A member's signup, whose one payment is the one that the events below are about."""
    signup = MembershipFactory().signup
    signup.payments.update(payment_intent_id=ids(signup)["payment_intent"])
    return signup


def said(signup, status, due=DUE, **changes):
    return dispute_object(signup, status=status, evidence_details={"due_by": due}, **changes)


def send(client, type, obj, **changes):
    body, headers = signed(event(type, obj, **changes))
    assert client.post("/webhooks/stripe/", body, content_type="application/json", headers=headers).status_code == 200


def told():
    return list(Alert.objects.filter(kind="payment.disputed").order_by("pk"))


def deal_with_it():
    treasurer = get_user_model().objects.get_or_create(username="treasurer")[0]
    deciding.leave(Case.objects.get(settled_at=None), by=treasurer, note="Answered.")


@pytest.mark.parametrize("dealt_with", [True, False])
def test_a_question_that_becomes_a_dispute_is_told_and_waits_again(client, signup, dealt_with):
    send(client, "charge.dispute.created", said(signup, "warning_needs_response"), created=1)
    if dealt_with:
        deal_with_it()
    for _ in range(2):
        send(client, "charge.dispute.updated", said(signup, "needs_response"), created=2)

    assert Membership.objects.get().state == "held"
    case = Case.objects.get()
    assert (case.is_open, case.settlement, case.settled_by) == (True, "", None)
    first, second = told()
    assert "may become a dispute" in first.what
    assert "the payment is disputed" in second.what
    assert "by 30 September 2026, 10:13" in second.todo
    assert (first.count, second.count) == (1, 1)


def test_a_dispute_that_was_dealt_with_stays_so_however_often_it_is_heard_of(client, signup):
    for status in ("warning_needs_response", "needs_response"):
        send(client, "charge.dispute.created", said(signup, status), created=1)
    deal_with_it()
    send(client, "charge.dispute.created", said(signup, "needs_response"), created=1)
    send(client, "charge.dispute.updated", said(signup, "warning_needs_response"), created=9)
    lifecycle.record_contest("charge.dispute.updated", said(signup, "needs_response"), None)
    send(client, "charge.dispute.updated", said(signup, "under_review"), created=10)
    send(client, "charge.dispute.updated", said(signup, "under_review", None), created=11)
    case = Case.objects.get()
    assert (case.is_open, case.settlement) == (False, Case.Settlement.KEPT)
    assert len(told()) == 2
    assert Membership.objects.get().state == "held"


def test_a_deadline_that_moves_after_it_was_dealt_with_is_told_and_waits_again(client, signup):
    send(client, "charge.dispute.created", said(signup, "needs_response"), created=1)
    deal_with_it()
    send(client, "charge.dispute.updated", said(signup, "needs_response", DUE + DAY), created=2)
    send(client, "charge.dispute.updated", said(signup, "needs_response"), created=1)
    case = Case.objects.get()
    assert case.is_open
    assert case.due_by.timestamp() == DUE + DAY
    assert ["by 30 September" in one.todo for one in told()] == [True, False]
    assert "by 1 October 2026, 10:13" in told()[1].todo


def test_a_dispute_that_is_answered_already_tells_whoever_heard_only_of_the_question(client, signup):
    send(client, "charge.dispute.created", said(signup, "warning_needs_response"), created=1)
    send(client, "charge.dispute.updated", said(signup, "under_review"), created=3)
    _, second = told()
    assert "the payment is disputed" in second.what
    assert second.todo.startswith("Nothing for now")


def test_a_question_that_was_over_and_becomes_a_dispute_holds_and_is_told(client, signup):
    send(client, "charge.dispute.created", said(signup, "warning_needs_response"), created=1)
    deal_with_it()
    send(client, "charge.dispute.closed", said(signup, "warning_closed"), created=2)
    send(client, "charge.dispute.updated", said(signup, "needs_response"), created=3)
    assert Membership.objects.get().state == "held"
    assert Case.objects.get().is_open
    assert len(told()) == 2
    send(client, "charge.dispute.closed", said(signup, "won"), created=4)
    assert Membership.objects.get().state == "active"
    assert not Case.objects.get().is_open


BAG = [
    ("charge.dispute.created", "warning_needs_response", 1),
    ("charge.dispute.closed", "warning_closed", 2),
    ("charge.dispute.updated", "needs_response", 3),
    ("charge.dispute.updated", "under_review", 3),
]


@pytest.mark.parametrize("order", [*itertools.permutations(range(4))])
@pytest.mark.parametrize("decided", [None, "won", "lost"])
def test_every_order_of_an_escalation_has_the_same_end(client, signup, order, decided):
    bag = [BAG[number] for number in order]
    if decided:
        bag.insert(order[0], ("charge.dispute.closed", decided, 4))
    for type, status, second in [*bag, *bag[:2]]:
        send(client, type, said(signup, status), created=second)
    assert Dispute.objects.get().status == (decided or "under_review")
    assert Membership.objects.get().state == {None: "held", "won": "active", "lost": "lost"}[decided]
    assert Case.objects.filter(settled_at=None).count() == (not decided)


@pytest.mark.parametrize(("status", "now"), [("won", "Member"), ("lost", "Payment lost")])
def test_the_alert_of_a_decision_says_what_is_true_after_it(client, signup, status, now):
    send(client, "charge.dispute.created", said(signup, "needs_response"), created=1)
    send(client, "charge.dispute.closed", said(signup, status), created=2)
    alert = Alert.objects.get(kind="payment.dispute-over")
    assert alert.done == f"It is recorded. The join form is now: {now}."
    assert Signup.objects.get().get_state_display() == now


# A dispute about a part


def test_a_dispute_about_a_part_that_is_lost_is_a_part_that_went_back(client, signup):
    send(client, "charge.dispute.created", said(signup, "needs_response", amount=500), created=1)
    send(client, "charge.dispute.closed", said(signup, "lost", amount=500), created=2)
    payment = Payment.objects.get()
    assert (payment.refunded_cents, payment.dispute) == (500, "")
    assert Membership.objects.get().state == "active"
    assert (refunds.why_not(payment), refunds.left_of(payment)) == ("", 1000)
    alert = Alert.objects.get(kind="payment.dispute-over")
    assert "$5.00 went back" in alert.what
    assert "They stay a member" in alert.todo


LOST_AND_GIVEN_BACK = [
    ("checkout.session.completed", lambda s: session_object(s)),
    ("charge.dispute.closed", lambda s: said(s, "lost", amount=500)),
    ("charge.refunded", lambda s: charge_object(s, amount_refunded=400)),
]


@pytest.mark.parametrize("order", [*itertools.permutations(range(3))])
def test_a_part_lost_and_a_part_given_back_add_up_in_any_order(client, order):
    signup = SignupFactory()
    for number in order:
        type, made = LOST_AND_GIVEN_BACK[number]
        send(client, type, made(signup))
    payment = Payment.objects.get()
    assert (payment.refunded_cents, payment.dispute, refunds.left_of(payment)) == (900, "", 600)
    assert Signup.objects.get().refunded_cents == 900
    assert Membership.objects.get().state == "active"

    send(client, "charge.refunded", charge_object(signup, amount_refunded=1000))
    payment.refresh_from_db()
    assert (payment.refunded_cents, payment.dispute) == (1000, "lost")
    assert Membership.objects.get().state == "lost"


# A refund that Stripe was thought to have refused


def refused(signup, cents=500):
    wanted = refunds.Wanted(SignupFactory().uuid, Payment.objects.get().pk, cents, "duplicate", "")
    refund = refunds.ask(wanted, by=get_user_model().objects.get_or_create(username="treasurer")[0])
    refunds._refused(refund.pk, "HTTP 400.")
    return refund


@pytest.mark.parametrize(("status", "state", "left"), [("succeeded", "succeeded", 1000), ("failed", "failed", 1500)])
def test_stripes_word_under_our_mark_replaces_a_refusal(client, signup, status, state, left):
    refund = refused(signup)
    assert Case.objects.get().is_open
    made = refund_object(signup, id="re_1", amount=500, status=status, metadata={"wits_refund": str(refund.uuid)})
    send(client, "refund.created", made)
    refund.refresh_from_db()
    assert (refund.state, Refund.objects.count()) == (state, 1)
    assert refunds.left_of(Payment.objects.get()) == left
    assert "HTTP 400" not in refund.answer
    assert not Case.objects.filter(key=f"refused:{refund.uuid}", settled_at=None).exists()


def test_a_refusal_that_was_none_is_compared_once(fake_stripe, signup):
    refund = refused(signup)
    intent = Payment.objects.get().payment_intent_id
    fake_stripe.say("refund", "succeeded", intent, amount=500, metadata={"wits_refund": str(refund.uuid)})
    assert len(reconciliation.reconcile().repaired) == 1
    assert reconciliation.reconcile().repaired == []
    assert Payment.objects.get().refunded_cents == 500
