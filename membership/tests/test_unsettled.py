"""What waits for a person stands against "all well", until it is settled."""

import pytest

from membership.models import StripeEvent
from membership.tests.factories import CaseFactory, MembershipFactory, StripeEventFactory
from outbox.digests import promise_all_well
from outbox.figures import troubles
from outbox.models import Delivery

pytestmark = pytest.mark.django_db


def test_all_is_well_while_nothing_waits():
    MembershipFactory()
    StripeEventFactory()
    assert troubles() == []
    assert promise_all_well()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (CaseFactory, "cases that wait for a person: 1"),
        (lambda: StripeEventFactory(state=StripeEvent.State.FAILED), "messages from Stripe that failed: 1"),
    ],
)
def test_no_all_well_goes_out_while_a_case_or_an_event_needs_a_person(make, words):
    make()
    assert troubles() == [words]
    assert not promise_all_well()
    assert not Delivery.objects.filter(kind="mail.weekly").exists()


def test_what_was_settled_or_cannot_be_dealt_with_any_more_waits_for_nobody():
    CaseFactory(settled=True)
    StripeEventFactory(state=StripeEvent.State.FAILED, payload=None)
    StripeEventFactory(state=StripeEvent.State.CASE)
    assert troubles() == []
