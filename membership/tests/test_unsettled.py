"""What waits for a person stands against "all well", until it is settled."""

from datetime import timedelta

import pytest
from django.utils import timezone

from membership.models import Signup, StripeEvent
from membership.tests.factories import MembershipFactory, PaymentFactory, SignupFactory, StripeEventFactory
from outbox.digests import promise_all_well
from outbox.figures import troubles
from outbox.models import Delivery

pytestmark = pytest.mark.django_db


def case(**payment):
    signup = SignupFactory(state=Signup.State.CASE, case_reason="It is in usd, not cad.")
    PaymentFactory(signup=signup, problem="It is in usd, not cad.", **payment)


def test_all_is_well_while_nothing_waits():
    MembershipFactory()
    StripeEventFactory()
    assert troubles() == []
    assert promise_all_well()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (case, "payments that do not add up: 1"),
        (lambda: case(refunded_cents=1499), "payments that do not add up: 1"),
        (lambda: StripeEventFactory(state=StripeEvent.State.FAILED), "messages from Stripe that failed: 1"),
        (lambda: StripeEventFactory(state=StripeEvent.State.CASE), "messages from Stripe for a person: 1"),
    ],
)
def test_no_all_well_goes_out_while_a_payment_or_an_event_needs_a_person(make, words):
    make()
    assert troubles() == [words]
    assert not promise_all_well()
    assert not Delivery.objects.filter(kind="mail.weekly").exists()


def test_an_odd_payment_of_somebody_who_is_a_member_waits_too():
    PaymentFactory(signup=MembershipFactory().signup, session_id="cs_test_x", problem="It is in usd, not cad.")
    assert troubles() == ["payments that do not add up: 1"]


def test_what_was_refunded_or_cannot_be_dealt_with_any_more_waits_for_nobody():
    case(refunded_cents=1500)
    StripeEventFactory(state=StripeEvent.State.FAILED, payload=None)
    StripeEventFactory(state=StripeEvent.State.CASE, received_at=timezone.now() - timedelta(days=8))
    assert troubles() == []
