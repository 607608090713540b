"""What Stripe no longer knows (another account, cleared test data) is told once, and keeps nothing else waiting."""

import pytest
from django.utils import timezone

from membership import reconciliation, stripe_gateway
from membership.errors import TransportError
from membership.models import Case, Dispute, Membership, Payment, Refund, Signup
from membership.stripe_gateway import Said
from membership.tests.factories import MembershipFactory, SignupFactory
from membership.tests.stripe_events import dispute_object, refund_object
from outbox.models import Alert

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(fake_stripe):
    """Two members; of the first one's payment, Stripe no longer knows what was said."""
    return [MembershipFactory().signup.payments.get() for _ in range(2)]


def dispute_of(payment, name):
    return Dispute.objects.create(
        payment=payment, stripe_id=name, status="needs_response", amount_cents=1500, as_of=timezone.now()
    )


def refund_of(payment, name):
    return Refund.objects.create(payment=payment, stripe_id=name, amount_cents=1500, state=Refund.State.PENDING)


def knows(monkeypatch, kind, payment, obj):
    said = Said(
        obj["id"], payment.payment_intent_id, obj["status"], {**obj, "payment_intent": payment.payment_intent_id}
    )

    def retrieve(name):
        if name != said.id:
            raise TransportError(f"Stripe did not show a {kind}: HTTP 404.", permanent=True, gone=kind)
        return said

    monkeypatch.setattr(stripe_gateway, f"retrieve_{kind}", retrieve)


@pytest.mark.parametrize("kind", ["dispute", "refund"])
def test_one_that_is_gone_keeps_no_other_from_being_compared(paid, monkeypatch, kind):
    first, second = paid
    made = {"dispute": dispute_of, "refund": refund_of}[kind]
    made(first, "gone")
    made(second, "there")
    obj = (
        dispute_object(status="lost", id="there")
        if kind == "dispute"
        else refund_object(id="there", status="succeeded")
    )
    knows(monkeypatch, kind, second, obj)

    report = reconciliation.reconcile()
    assert len(report.repaired) == len(report.for_a_person) == 1
    assert "gone" in report.for_a_person[0]
    assert report.failed == []
    assert Membership.objects.get(signup=second.signup).state == ("lost" if kind == "dispute" else "refunded")

    case = Case.objects.get(kind=Case.Kind.GONE)
    assert (case.payment, case.signup, case.is_open) == (first, first.signup, True)
    assert "gone" in case.words
    assert Alert.objects.get(link=f"/admin/cases/{case.pk}/").count == 1


def test_it_is_told_once_and_the_second_run_changes_nothing(paid, monkeypatch):
    dispute_of(paid[0], "gone")
    knows(monkeypatch, "dispute", paid[1], dispute_object(id="there"))
    reconciliation.reconcile_by_schedule()
    before = list(Case.objects.values()), list(Alert.objects.values())
    for _ in range(3):
        reconciliation.reconcile_by_schedule()
    assert (list(Case.objects.values()), list(Alert.objects.values())) == before


def test_a_dry_run_names_it_and_writes_nothing(paid, monkeypatch):
    dispute_of(paid[0], "gone")
    knows(monkeypatch, "dispute", paid[1], dispute_object(id="there"))
    assert "gone" in reconciliation.reconcile(dry_run=True).repaired[0]
    assert not Case.objects.exists()
    assert not Alert.objects.exists()


def test_of_what_a_person_has_settled_stripe_is_asked_no_more(paid, monkeypatch, django_user_model):
    dispute_of(paid[0], "gone")
    knows(monkeypatch, "dispute", paid[1], dispute_object(id="there"))
    reconciliation.reconcile()
    Case.objects.update(
        settled_at=timezone.now(),
        settlement="kept",
        settled_by=django_user_model.objects.create(username="treasurer"),
    )
    monkeypatch.setattr(stripe_gateway, "retrieve_dispute", None)
    report = reconciliation.reconcile()
    assert (report.repaired, report.for_a_person, report.failed) == ([], [], [])


def test_the_case_settles_itself_once_stripe_knows_it_again(paid, monkeypatch):
    dispute = dispute_of(paid[0], "back")
    knows(monkeypatch, "dispute", paid[0], dispute_object(id="there"))
    reconciliation.reconcile()
    knows(monkeypatch, "dispute", paid[0], dispute_object(id="back"))
    assert len(reconciliation.reconcile().repaired) == 1
    case = Case.objects.get(kind=Case.Kind.GONE)
    assert case.settlement == Case.Settlement.BY_ITSELF
    assert reconciliation.reconcile().repaired == []
    dispute.refresh_from_db()
    assert dispute.status == "needs_response"


def test_a_payment_under_way_that_is_gone_is_told_too(fake_stripe, monkeypatch):
    gone = SignupFactory(state=Signup.State.PROCESSING, payment_pending=True, stripe_session_id="cs_gone")
    SignupFactory(stripe_session_id="cs_never_paid")
    for _ in range(2):
        report = reconciliation.reconcile()
    assert len(report.for_a_person) == 1
    assert (Case.objects.get().signup, Case.objects.get().payment) == (gone, None)
    assert Alert.objects.get().count == 1, "who only opened Stripe's page lost nothing"


def test_a_refusal_of_another_kind_is_reported_and_the_rest_goes_on(paid, monkeypatch):
    dispute_of(paid[0], "odd")
    refund_of(paid[1], "gone")

    def refuses(name):
        raise TransportError("Stripe did not show a dispute: HTTP 400.", permanent=True)

    monkeypatch.setattr(stripe_gateway, "retrieve_dispute", refuses)
    knows(monkeypatch, "refund", paid[1], refund_object(id="there"))
    report = reconciliation.reconcile()
    assert (len(report.failed), len(report.for_a_person)) == (1, 1)


def test_a_moment_without_an_answer_stops_and_is_tried_again(paid, monkeypatch):
    dispute_of(paid[0], "one")

    def away(name):
        raise TransportError("Stripe did not show a dispute: it could not be reached.")

    monkeypatch.setattr(stripe_gateway, "retrieve_dispute", away)
    with pytest.raises(TransportError):
        reconciliation.reconcile()
    assert not Case.objects.exists()
    assert Payment.objects.count() == 2
