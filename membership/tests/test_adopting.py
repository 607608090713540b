"""A payment without a join form becomes a member by what Stripe says now: price, code, refunds and disputes."""

import pytest

from membership import deciding, stripe_gateway
from membership.models import Case, Member, Membership, Payment, Signup
from membership.stripe_gateway import Said, session_from_object
from membership.tests.factories import CaseFactory, LevelFactory, SignupFactory
from membership.tests.stripe_events import dispute_object, fraud_warning_object, ids, refund_object, session_object
from outbox.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def lost():
    """A join form that is not here any more."""
    return SignupFactory.build(level=LevelFactory(), email="maya@uwo.example")


@pytest.fixture
def adopt(lost, monkeypatch, django_user_model):
    treasurer = django_user_model.objects.create(username="treasurer")

    def adopt(*said, **changes):
        session = session_from_object(session_object(lost, **changes))
        monkeypatch.setattr(stripe_gateway, "retrieve_session", lambda session_id: session)
        monkeypatch.setattr(stripe_gateway, "said_of_payment", lambda intent: [*said])
        key = f"unknown:{session.id}"
        case = CaseFactory(kind="unknown", key=key, payment=None, signup=None, stripe_object_id=session.id)
        return deciding.adopt(case, by=treasurer)

    return adopt


def refund(lost, **changes):
    obj = refund_object(lost, **changes)
    return "refund.updated", Said(obj["id"], ids(lost)["payment_intent"], obj["status"], obj)


def dispute(lost, status, **changes):
    obj = dispute_object(lost, status=status, **changes)
    return stripe_gateway.DISPUTE_EVENT, Said(obj["id"], ids(lost)["payment_intent"], status, obj)


def test_what_a_code_took_off_is_part_of_the_price(adopt):
    code = {"amount_discount": 750, "amount_shipping": 0, "amount_tax": 0}
    signup = adopt(amount_total=750, total_details=code)
    assert (signup.state, signup.amount_cents) == (Signup.State.COMPLETED, 1500)
    assert not Case.objects.filter(settled_at=None).exists()
    assert Payment.objects.get().amount_cents == 750


@pytest.mark.parametrize(
    "back",
    [
        lambda lost: [refund(lost, status="succeeded", amount=1500)],
        lambda lost: [refund(lost, status="pending", amount=1500)],
        lambda lost: [refund(lost, id=f"re_{n}", status="succeeded", amount=750) for n in range(2)],
        lambda lost: [dispute(lost, "lost", amount=1500)],
    ],
)
def test_nobody_becomes_a_member_of_money_that_went_back(adopt, lost, back):
    with pytest.raises(deciding.CannotAdopt, match="given back"):
        adopt(*back(lost))
    assert not Member.objects.exists()
    assert not Signup.objects.exists()
    assert not Delivery.objects.exists()
    assert Case.objects.get().is_open


def test_a_part_given_back_and_one_that_did_not_arrive_are_taken_in(adopt, lost):
    signup = adopt(
        refund(lost, id="re_1", status="succeeded", amount=500), refund(lost, id="re_2", status="failed", amount=1500)
    )
    assert (signup.state, signup.refunded_cents) == (Signup.State.COMPLETED, 500)
    assert set(Payment.objects.get().refunds.values_list("state", flat=True)) == {"succeeded", "failed"}


def test_while_it_is_disputed_the_membership_is_on_hold(adopt, lost):
    assert adopt(dispute(lost, "needs_response")).state == Signup.State.HELD
    assert Membership.objects.get().state == Membership.State.HELD
    assert Case.objects.get(kind="dispute").is_open


def test_a_warning_of_fraud_is_a_case(adopt, lost):
    obj = fraud_warning_object(lost)
    adopt((stripe_gateway.WARNING_EVENT, Said(obj["id"], obj["payment_intent"], "", obj)))
    assert Case.objects.get(kind="fraud").is_open
