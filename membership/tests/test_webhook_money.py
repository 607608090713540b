"""What events say of money: given back, paid twice, not as asked for, or not ours at all."""

import pytest

from membership.models import Member, Membership, Signup, StripeEvent
from membership.tests.factories import LevelFactory, SignupFactory
from membership.tests.stripe_events import (
    charge_object,
    completed,
    event,
    send,
    session_object,
)
from outbox.models import Alert, Delivery

pytestmark = pytest.mark.django_db


def test_a_full_refund_ends_the_membership_and_partners_hear_of_it(client):
    signup = SignupFactory()
    send(client, completed(signup))
    send(client, event("charge.refunded", charge_object(signup)))
    signup.refresh_from_db()
    assert (signup.state, signup.refunded_cents) == (Signup.State.REFUNDED, 1500)
    assert Membership.objects.get().state == Membership.State.REFUNDED
    assert Delivery.objects.filter(kind="hubspot.contact").count() == 2
    assert Delivery.objects.filter(kind="mail.welcome").count() == 1


def test_a_partial_refund_is_recorded_and_ends_nothing(client):
    signup = SignupFactory()
    send(client, completed(signup))
    send(client, event("charge.refunded", charge_object(signup, amount_refunded=500)))
    signup.refresh_from_db()
    assert (signup.state, signup.refunded_cents) == (Signup.State.COMPLETED, 500)
    assert Membership.objects.get().state == Membership.State.ACTIVE


def test_a_refund_that_is_heard_of_first_has_the_same_end(client):
    signup = SignupFactory()
    send(client, event("charge.refunded", charge_object(signup)))
    signup.refresh_from_db()
    assert signup.state == Signup.State.OPEN
    send(client, completed(signup))
    signup.refresh_from_db()
    assert signup.state == Signup.State.REFUNDED
    assert Membership.objects.get().state == Membership.State.REFUNDED


def test_paying_twice_makes_one_membership_and_tells_the_club(client):
    signup = SignupFactory()
    send(client, completed(signup))
    second = {"id": "cs_test_second", "payment_intent": "pi_second"}
    send(client, completed(signup, **second))
    assert (Membership.objects.count(), signup.payments.count()) == (1, 2)
    assert Alert.objects.get(kind="payment.twice").count == 1

    refund = charge_object(signup, payment_intent="pi_second", id="ch_second")
    send(client, event("charge.refunded", refund))
    assert Membership.objects.get().state == Membership.State.ACTIVE
    signup.refresh_from_db()
    assert signup.state == Signup.State.COMPLETED


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_total": 100},
        {"currency": "usd"},
        {"client_reference_id": "5d0f3c1e-8a47-4f0b-9d52-6c1b7e2a9f10"},
        {"livemode": True},
    ],
)
def test_money_that_does_not_match_is_a_case_for_a_person(client, changes):
    signup = SignupFactory()
    assert send(client, completed(signup, **changes)).status_code == 200
    signup.refresh_from_db()
    assert signup.state == Signup.State.CASE
    assert signup.case_reason
    assert StripeEvent.objects.get().state == StripeEvent.State.CASE
    assert Alert.objects.filter(kind="payment.case").count() == 1
    assert not Member.objects.exists()
    assert not Delivery.objects.exists()


def test_another_level_is_a_case_too(client):
    signup = SignupFactory()
    LevelFactory(free=True)
    session = session_object(signup)
    session["metadata"]["level"] = "general"
    send(client, event("checkout.session.completed", session))
    signup.refresh_from_db()
    assert signup.state == Signup.State.CASE


def test_a_payment_whose_signup_is_gone_is_told_and_not_lost(client):
    signup = SignupFactory()
    made = completed(signup)
    signup.delete()
    assert send(client, made).status_code == 200
    assert StripeEvent.objects.get().state == StripeEvent.State.CASE
    assert Alert.objects.filter(kind="payment.unknown").count() == 1


def test_what_is_not_ours_or_of_no_use_is_noted_and_answered_200(client):
    session = session_object()
    session["metadata"] = {"shop": "hoodie"}
    assert send(client, event("checkout.session.completed", session)).status_code == 200
    assert send(client, event("charge.refunded", charge_object() | {"metadata": {}})).status_code == 200
    assert send(client, event("charge.refunded", charge_object() | {"payment_intent": None})).status_code == 200
    assert send(client, event("charge.refunded") | {"type": "customer.created"}).status_code == 200
    assert set(StripeEvent.objects.values_list("state", flat=True)) == {StripeEvent.State.IGNORED}
    assert not Alert.objects.exists()


def test_typing_a_members_address_changes_nothing_of_them_but_their_term(client):
    first = SignupFactory(email="maya@uwo.example")
    send(client, completed(first))
    before = Member.objects.get()
    second = SignupFactory(
        email="MAYA@uwo.example",
        email_key="maya@uwo.example",
        first_name="Mallory",
        newsletter=True,
        newsletter_text="Yes",
    )
    send(client, completed(second))

    after = Member.objects.get()
    assert (after.first_name, after.last_name, after.email) == (before.first_name, before.last_name, before.email)
    assert after.newsletter is False
    old, new = Membership.objects.order_by("starts_on")
    assert (new.starts_on - old.ends_on).days == 1
    assert new.ends_on.year == old.ends_on.year + 1
    second.refresh_from_db()
    assert (second.first_name, second.member) == ("Mallory", after)
