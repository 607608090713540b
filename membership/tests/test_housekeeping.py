"""Data shrinks by itself, and partners hear of memberships that ended by the calendar."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from membership.housekeeping import prune, tell_of_ended
from membership.models import Signup, StripeEvent
from membership.tests.factories import MembershipFactory, SignupFactory, StripeEventFactory
from outbox.models import Delivery

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.now() - timedelta(days=days)


def test_payloads_are_emptied_after_thirty_days_and_the_ids_stay():
    old, young = StripeEventFactory(received_at=ago(31)), StripeEventFactory(received_at=ago(29))
    prune()
    old.refresh_from_db()
    young.refresh_from_db()
    assert old.payload is None
    assert young.payload
    assert StripeEvent.objects.count() == 2


def test_addresses_of_clients_are_emptied_after_thirty_days():
    old = SignupFactory(created_at=ago(31), client_address="192.0.2.7")
    young = SignupFactory(created_at=ago(29), client_address="192.0.2.7")
    prune()
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.client_address, young.client_address) == ("", "192.0.2.7")
    assert old.email, "its name and address are kept a while longer"


@pytest.mark.parametrize("state", ["started", "open", "unconfirmed", "failed", "expired"])
def test_who_never_finished_joining_is_forgotten_after_ninety_days(state):
    old = SignupFactory(
        created_at=ago(91), tried_at=ago(91), state=state, checkout_parameters={"customer_email": "alice@uwo.example"}
    )
    young = SignupFactory(created_at=ago(89), state=state)
    prune()
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.first_name, old.last_name, old.email, old.email_key) == ("", "", "", "")
    assert old.checkout_parameters == {}
    assert young.email


def test_an_old_form_that_somebody_goes_on_with_today_keeps_its_way_to_stripe():
    asked = {"customer_email": "alice@uwo.example"}
    signup = SignupFactory(created_at=ago(5), tried_at=ago(0), checkout_parameters=asked)
    url = signup.checkout_url
    prune()
    signup.refresh_from_db()
    assert (signup.checkout_url, signup.checkout_parameters) == (url, asked)


def test_who_paid_is_kept():
    completed = SignupFactory(completed=True, created_at=ago(400))
    case = SignupFactory(created_at=ago(400), state=Signup.State.CASE)
    prune()
    for signup in (completed, case):
        email = signup.email
        signup.refresh_from_db()
        assert signup.email == email


def test_pruning_again_finds_nothing():
    SignupFactory(created_at=ago(91), client_address="192.0.2.7", checkout_parameters={"mode": "payment"})
    StripeEventFactory(received_at=ago(31))
    call_command("prune", stdout=io.StringIO())
    assert set(prune().values()) == {0}


def test_partners_hear_once_of_a_membership_that_ended_yesterday():
    today = timezone.localdate()
    MembershipFactory(ends_on=today)
    ended = MembershipFactory(ends_on=today - timedelta(days=1))
    MembershipFactory(ends_on=today - timedelta(days=100))
    for _ in range(2):
        tell_of_ended()
    assert set(Delivery.objects.values_list("about", flat=True)) == {f"member:{ended.member.uuid}"}
    assert sorted(Delivery.objects.values_list("kind", flat=True)) == ["hubspot.contact", "stripe.customer"]
    assert Delivery.objects.get(kind="stripe.customer").payload["customer"] == ended.member.stripe_customer_id


def test_a_membership_on_hold_ends_by_the_calendar_too():
    held = MembershipFactory(ends_on=timezone.localdate() - timedelta(days=1), state="held")
    tell_of_ended()
    assert set(Delivery.objects.values_list("about", flat=True)) == {f"member:{held.member.uuid}"}


def test_no_customer_at_stripe_is_made_for_somebody_who_never_paid():
    MembershipFactory(ends_on=timezone.localdate() - timedelta(days=1), member__stripe_customer_id="")
    tell_of_ended()
    assert Delivery.objects.get().kind == "hubspot.contact"
