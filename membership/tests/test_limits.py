"""Limits on what fails: a booth joins, a program that tries out cards does not."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from membership import joining, lifecycle, limits, nonces
from membership.errors import JoiningLimited, TransportError
from membership.joining import Next, start
from membership.models import Signup
from membership.tests.factories import SignupFactory
from membership.tests.joiner import ALICE, Joiner
from membership.tests.many_forms import BOOTH, form, free, refused
from outbox.models import Alert, Delivery

pytestmark = pytest.mark.django_db


# At the booth


def test_sixty_people_behind_one_address_join_within_ten_minutes(clock, site, fake_stripe):
    """One every ten seconds; each takes four minutes on Stripe's page."""
    paying = []
    for number in range(60):
        person = Joiner(clock)
        person.client.defaults["HTTP_X_FORWARDED_FOR"] = BOOTH
        person.open()
        answer = person.send(**{**ALICE, "email": f"person{number}@uwo.ca"}, wait=10)
        assert answer.status_code == 303, number
        assert "checkout.stripe.com" in answer["Location"]
        paying.append(f"cs_test_{number + 1}")
        if len(paying) > 24:
            lifecycle.complete(fake_stripe.pay(paying.pop(0)))
    for session in paying:
        lifecycle.complete(fake_stripe.pay(session))
    assert Signup.objects.filter(state=Signup.State.COMPLETED).count() == 60
    assert not Alert.objects.exists()


def test_sixty_people_behind_one_address_ask_for_the_free_level_and_all_get_their_link(levels, fake_stripe):
    assert refused(free(number) for number in range(60)) == 0
    assert Delivery.objects.filter(kind="mail.confirm").count() == 60


def test_some_of_them_are_declined_and_some_turn_back(levels, fake_stripe):
    for number in range(60):
        data = form(number)
        signup = start(data).signup
        if number % 3 == 0:  # declined once, then another card
            lifecycle.record_decline({"wits": "join", "signup": str(signup.uuid)})
        if number % 10:
            lifecycle.complete(fake_stripe.pay(str(signup.stripe_session_id)))
    assert not Alert.objects.exclude(state=Alert.State.HELD).exists()


# A program that tries out cards


def test_two_hundred_posts_without_a_payment_make_at_most_forty_calls_to_stripe(clock, site, fake_stripe):
    seen = []
    page = Joiner(clock).open()
    for number in range(200):
        mallory = Joiner(clock)
        mallory.client.defaults["HTTP_X_FORWARDED_FOR"] = BOOTH
        mallory.page = page
        answer = mallory.send(**{**ALICE, "email": f"person{number}@uwo.ca", "nonce": nonces.issue()})
        seen.append(answer.status_code)
    assert len(fake_stripe.calls) == limits.BY_ADDRESS.calls <= 40
    assert set(seen) == {303, 429}
    assert seen.count(429) == 200 - limits.BY_ADDRESS.calls
    assert Signup.objects.count() == limits.BY_ADDRESS.calls, "who is refused leaves no row"


def test_nor_when_one_form_is_changed_two_hundred_times(levels, fake_stripe):
    nonce = uuid.uuid4().hex
    count = refused(form(number, nonce=nonce) for number in range(200))
    assert count > 150
    assert len(fake_stripe.calls) <= 40


def test_nor_when_old_forms_are_changed(clock, levels, fake_stripe):
    forms = [form(number) for number in range(30)]
    assert refused(forms) == 0
    clock.shift(timedelta(minutes=90))
    for signup in Signup.objects.all():
        lifecycle.complete(fake_stripe.run_out(signup.stripe_session_id))
    fake_stripe.calls.clear()
    refused(replace(data, email=f"{letter}@uwo.ca") for letter in "abcdefg" for data in forms)
    assert len(fake_stripe.calls) <= 40


def test_nor_when_each_form_goes_over_to_the_free_level_and_back(levels, fake_stripe):
    for number in range(50):
        paid = form(number)
        refused([paid, replace(paid, level="general", price_seen=0)] * 4)
    assert len(fake_stripe.calls) <= 40


def test_nor_from_many_places_for_one_address(levels, fake_stripe):
    refused(form(client_address=f"192.0.2.{number}") for number in range(200))
    assert len(fake_stripe.calls) == limits.BY_EMAIL.calls


def test_nor_while_stripe_is_away(levels, fake_stripe, monkeypatch):
    monkeypatch.setattr(joining, "TWIN_WAIT", 0)
    fake_stripe.away = TransportError("Stripe did not open a Checkout session: it could not be reached.")
    for number in range(200):
        with pytest.raises((TransportError, JoiningLimited)):
            start(form(number))
    assert len(fake_stripe.calls) <= 40


def test_a_network_of_ipv6_is_one_address(clock, site, fake_stripe):
    for number in range(60):
        mallory = Joiner(clock)
        mallory.client.defaults["HTTP_X_FORWARDED_FOR"] = f"2001:db8:1:2::{number:x}"
        mallory.join(email=f"person{number}@uwo.ca")
    assert len(fake_stripe.calls) == limits.BY_ADDRESS.calls


def test_what_a_visitor_writes_before_our_proxy_s_entry_opens_no_way_around(clock, site, fake_stripe):
    for number in range(60):
        mallory = Joiner(clock)
        mallory.client.defaults["HTTP_X_FORWARDED_FOR"] = f"192.0.2.{number}, {BOOTH}"
        mallory.join(email=f"person{number}@uwo.ca")
    assert len(fake_stripe.calls) == limits.BY_ADDRESS.calls


def test_other_places_go_on_while_one_is_limited(levels, fake_stripe):
    assert refused(form(number) for number in range(100)) > 0
    assert start(form(200, client_address="198.51.100.4")).next == Next.PAY


def test_many_declined_cards_from_one_place_keep_it_from_more(levels, fake_stripe):
    SignupFactory(client_address=BOOTH, declines=limits.BY_ADDRESS.declines + 1)
    with pytest.raises(JoiningLimited):
        start(form())
    assert start(free(1)).next == Next.CONFIRM, "who wants nothing of Stripe is not kept out"
    assert start(form(2, client_address="198.51.100.4")).next == Next.PAY


def test_declined_cards_count_for_an_hour_after_the_last_one(clock, levels, fake_stripe):
    signup = SignupFactory(client_address=BOOTH, declines=limits.BY_ADDRESS.declines)
    clock.shift(timedelta(minutes=59))
    lifecycle.record_decline({"wits": "join", "signup": str(signup.uuid)})
    clock.shift(timedelta(minutes=59))
    with pytest.raises(JoiningLimited):
        start(form())
    clock.shift(timedelta(minutes=2))
    assert start(form()).next == Next.PAY
