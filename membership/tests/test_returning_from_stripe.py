"""The pages after the payment page: who is greeted, what strangers read, and what is true while Stripe is away."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from home.first_content import ensure_first_content
from membership import lifecycle
from membership.errors import TransportError
from membership.first_content import ensure_levels
from membership.first_pages import ensure_join_page
from membership.models import Member, Signup
from membership.tests.factories import SignupFactory
from membership.tests.joiner import Form, Joiner

pytestmark = pytest.mark.django_db
AWAY = TransportError("Stripe did not answer.")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 9, 14, 16, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def page():
    ensure_first_content()
    ensure_levels()
    return ensure_join_page()


@pytest.fixture
def alice(clock, fake_stripe):
    """Alice, who has been led to Stripe's page."""
    joiner = Joiner(clock)
    joiner.join()
    fake_stripe.calls.clear()
    return joiner


def welcome(session="cs_test_1"):
    return f"/welcome/?session_id={session}"


def cancelled_path(fake_stripe):
    return Signup.objects.get().checkout_parameters["cancel_url"].removeprefix(settings.SITE_URL)


def text(response):
    return response.content.decode()


def assert_names_nobody(response):
    assert "Alice" not in text(response)
    assert "van Doorn" not in text(response)
    assert "alice@uwo.ca" not in text(response)


# Paid


def test_the_browser_that_joined_is_greeted_by_name_even_before_the_webhook(alice, fake_stripe):
    fake_stripe.pay("cs_test_1")
    response = alice.open(welcome())
    assert response.status_code == 200
    assert "<bdi>Alice</bdi>, you’re" in text(response)
    assert "alice@uwo.ca" in text(response)
    assert Member.objects.get().email == "alice@uwo.ca"
    assert Signup.objects.get().state == Signup.State.COMPLETED


def test_a_second_look_asks_stripe_nothing(alice, fake_stripe):
    fake_stripe.pay("cs_test_1")
    alice.open(welcome())
    fake_stripe.calls.clear()
    assert "Alice" in text(alice.open(welcome()))
    assert "Alice" in text(alice.open("/welcome/"))
    assert fake_stripe.calls == []
    assert Member.objects.count() == 1


def test_any_other_browser_reads_that_it_is_done_and_no_name(alice, fake_stripe, client):
    fake_stripe.pay("cs_test_1")
    response = client.get(welcome())
    assert response.status_code == 200
    assert "This membership is complete" in text(response)
    assert_names_nobody(response)


def test_someone_else_s_session_greets_neither(alice, fake_stripe, clock):
    fake_stripe.pay("cs_test_1")
    bob = Joiner(clock)
    bob.join(first_name="Bob", email="bob@uwo.ca")
    response = bob.open(welcome("cs_test_1"))
    assert_names_nobody(response)
    assert "Bob" not in text(response)


@pytest.mark.parametrize("change", ["x", ""])
def test_a_cookie_that_was_tampered_with_is_nobody_s(alice, fake_stripe, change):
    fake_stripe.pay("cs_test_1")
    value = alice.client.cookies["wits_join"].value
    alice.client.cookies["wits_join"] = value[:-1] + change
    assert_names_nobody(alice.open(welcome()))


def test_a_name_is_escaped_and_does_not_turn_the_words_around_it(clock, fake_stripe):
    mallory = Joiner(clock)
    mallory.join(first_name="<b>مریم</b> {email} *x*")
    fake_stripe.pay("cs_test_1")
    response = mallory.open(welcome())
    assert "<bdi>&lt;b&gt;مریم&lt;/b&gt; {email} *x*</bdi>" in text(response)
    assert "مریم" not in re.search(r"<title>.*?</title>", text(response)).group()


def test_the_card_does_not_tell_whether_the_address_was_a_member_before(alice, fake_stripe, clock):
    fake_stripe.pay("cs_test_1")
    first = text(alice.open(welcome()))
    again = Joiner(clock)
    again.join()
    fake_stripe.pay("cs_test_2")
    second = text(again.open(welcome("cs_test_2")))
    main = r"<main.*?</main>"
    assert re.search(main, first, re.DOTALL).group() == re.search(main, second, re.DOTALL).group()


# Not paid, or not yet


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?session_id=",
        "?session_id=nonsense",
        "?session_id=cs_test_",
        "?session_id=cs_prod_1",
        "?session_id=cs_test_1/../../customers",
        "?session_id=cs_test_1%0A",
        "?session_id=cs_test_" + "a" * 300,
        "?session_id={CHECKOUT_SESSION_ID}",
    ],
)
def test_no_session_or_one_that_cannot_be_is_not_found_and_never_sent_to_stripe(client, fake_stripe, query):
    response = client.get(f"/welcome/{query}")
    assert response.status_code == 404
    assert "We can’t find that payment." in text(response)
    assert fake_stripe.calls == []


def test_a_stranger_s_guess_is_never_sent_to_stripe(client, alice, fake_stripe):
    assert client.get(welcome("cs_test_guessed")).status_code == 404
    assert fake_stripe.calls == []


def test_a_session_that_stripe_does_not_know_is_not_found(alice):
    assert alice.open(welcome("cs_test_gone")).status_code == 404


def test_a_session_that_is_not_ours_is_not_found(alice, fake_stripe):
    fake_stripe.sessions["cs_test_shop"] = replace(fake_stripe.sessions["cs_test_1"], id="cs_test_shop", metadata={})
    assert alice.open(welcome("cs_test_shop")).status_code == 404
    assert not Member.objects.exists()


def test_an_unpaid_session_leads_back_to_the_form(alice):
    response = alice.open(welcome())
    assert response.status_code == 200
    assert "Nothing was paid." in text(response)
    assert alice.fields()["email"] == "alice@uwo.ca"
    assert not Member.objects.exists()


def test_an_unpaid_session_shows_a_stranger_an_empty_form(alice, client):
    response = client.get(welcome())
    assert_names_nobody(response)
    assert Form(text(response)).fields["email"] == ""


def test_a_payment_under_way_says_so(alice, fake_stripe):
    fake_stripe.pay("cs_test_1", payment_status="unpaid")
    response = alice.open(welcome())
    assert (response.status_code, "Your bank has not told us yet" in text(response)) == (200, True)
    assert not Member.objects.exists()


def test_an_expired_session_offers_to_start_again_and_does(alice, fake_stripe):
    fake_stripe.run_out("cs_test_1")
    response = alice.open(welcome())
    assert response.status_code == 410
    assert "The payment page closes after an hour" in text(response)
    assert alice.fields()["first_name"] == "Alice"
    assert alice.send()["Location"] == "https://checkout.stripe.com/c/pay/cs_test_2"
    assert Signup.objects.count() == 1


def test_a_payment_that_failed_days_later_offers_another_try(alice, fake_stripe):
    session = fake_stripe.pay("cs_test_1", payment_status="unpaid")
    alice.open(welcome())
    lifecycle.record_late_failure(session)
    assert "Your bank said no" in text(alice.open(welcome()))
    assert alice.send()["Location"] == "https://checkout.stripe.com/c/pay/cs_test_2"


def test_a_wrong_amount_says_that_a_person_is_looking(alice, fake_stripe):
    fake_stripe.pay("cs_test_1", amount_total=1)
    page = alice.open(welcome())
    assert "One of us is looking at it" in text(page)
    assert 'href="mailto:wits.uwo@gmail.com">Write to us' in page.content.decode()
    assert not Member.objects.exists()


def test_a_refunded_join_says_so(client, alice, fake_stripe):
    paid = fake_stripe.pay("cs_test_1")
    lifecycle.complete(paid)
    lifecycle.record_refund(paid.metadata, payment_intent_id=paid.payment_intent_id, refunded_cents=1500)
    page = alice.open(welcome())
    assert "given back in full" in text(page)
    assert 'class="more" href="/join/"' in page.content.decode().split("<main", 1)[1]


def test_while_stripe_is_away_nobody_is_told_to_pay_again(alice, fake_stripe):
    fake_stripe.pay("cs_test_1")
    fake_stripe.away = AWAY
    response = alice.open(welcome())
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "Please don’t pay a second time" in text(response)


def test_while_stripe_is_away_the_database_s_word_counts(alice, fake_stripe):
    lifecycle.complete(fake_stripe.pay("cs_test_1"))
    fake_stripe.away = AWAY
    assert "Alice" in text(alice.open(welcome()))


# Turned back


def test_who_turns_back_finds_what_they_typed_and_goes_on_with_the_same_session(alice, fake_stripe):
    response = alice.open(cancelled_path(fake_stripe))
    assert response.status_code == 200
    assert "Continue where you were" in text(response)
    assert (alice.fields()["first_name"], alice.fields()["last_name"]) == ("Alice", "van Doorn")
    assert alice.send(wait=0)["Location"] == "https://checkout.stripe.com/c/pay/cs_test_1"
    assert len(fake_stripe.sessions) == 1


def test_another_browser_with_that_link_finds_an_empty_form(alice, fake_stripe, client):
    response = client.get(cancelled_path(fake_stripe))
    assert_names_nobody(response)
    assert "Continue where you were" not in text(response)
    assert Form(text(response)).fields["first_name"] == ""


def test_a_link_that_was_tampered_with_shows_nothing(alice, fake_stripe):
    response = alice.open("/membership/cancelled/nonsense/")
    assert response.status_code == 200
    assert_names_nobody(response)


def test_who_paid_after_all_and_goes_back_is_welcomed(alice, fake_stripe):
    lifecycle.complete(fake_stripe.pay("cs_test_1"))
    assert "you’re" in text(alice.open(cancelled_path(fake_stripe)))


# All of them


def test_no_page_on_the_way_may_be_kept_or_tell_where_it_was(alice, fake_stripe):
    for path in (welcome(), "/welcome/", cancelled_path(fake_stripe), "/membership/check-your-mail/"):
        response = alice.open(path)
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "noindex"
        assert not re.search(r"<style|style=|<script(?![^>]*\ssrc=)|\son[a-z]+=", text(response))
        assert "sessionid" not in alice.client.cookies


def test_every_page_speaks_without_a_join_page_too(page, fake_stripe):
    page.delete()
    signup = SignupFactory(completed=True)
    response = Client().get(welcome(signup.stripe_session_id))
    assert (response.status_code, "This membership is complete" in text(response)) == (200, True)
