"""A free level: the mail says which address is whose."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from home.first_content import ensure_first_content
from membership import deliveries, links, nonces
from membership.addresses import mailbox_digest
from membership.first_content import ensure_levels
from membership.first_pages import ensure_join_page
from membership.models import Member, Signup
from membership.tests.joiner import ALICE, Joiner
from outbox.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 9, 14, 16, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def alice(clock, fake_stripe):
    """Alice, who has filled in the form for the free level."""
    ensure_first_content()
    ensure_levels()
    ensure_join_page()
    joiner = Joiner(clock)
    joiner.join(level="general")
    return joiner


def mailed_link():
    return links.confirm_url(Signup.objects.get()).removeprefix(settings.SITE_URL)


def mails():
    return Delivery.objects.filter(kind="mail.confirm").count()


def test_opening_the_link_changes_nothing_and_shows_a_button(alice, client):
    response = client.get(mailed_link())
    assert response.status_code == 200
    assert "Yes, make me a member" in response.content.decode()
    assert not Member.objects.exists()


def test_the_button_makes_the_member_and_greets_them(alice):
    response = alice.client.post(mailed_link())
    assert response.status_code == 303
    assert Member.objects.get().email == "alice@uwo.ca"
    assert "<bdi>Alice</bdi>" in alice.open(response["Location"]).content.decode()


def test_the_link_works_on_the_phone_where_the_mail_was_read(alice):
    phone = Client()
    response = phone.post(mailed_link(), headers={"Sec-Fetch-Site": "same-origin"})
    assert "Alice" in phone.get(response["Location"]).content.decode()


def test_a_second_press_changes_nothing(alice):
    alice.client.post(mailed_link())
    assert alice.client.post(mailed_link()).status_code == 303
    assert Member.objects.count() == 1


def test_a_used_link_names_nobody_elsewhere(alice, client):
    alice.client.post(mailed_link())
    response = client.get(mailed_link())
    assert "This membership is complete" in response.content.decode()
    assert "Alice" not in response.content.decode()


def test_a_link_older_than_a_day_offers_the_form_again(alice, clock):
    link = mailed_link()
    clock.shift(timedelta(hours=25))
    for response in (alice.open(link), alice.client.post(link)):
        assert response.status_code == 410
        assert "It is too old" in response.content.decode()
    assert alice.fields()["email"] == "alice@uwo.ca"
    assert not Member.objects.exists()


@pytest.mark.parametrize("token", ["nonsense", "a:b:c"])
def test_a_link_that_is_not_ours_is_refused_kindly(alice, client, token):
    for response in (client.get(f"/membership/confirm/{token}/"), client.post(f"/membership/confirm/{token}/")):
        assert response.status_code == 410
        assert "alice@uwo.ca" not in response.content.decode()


def test_a_link_mailed_to_an_address_that_was_corrected_is_refused(alice):
    old = mailed_link()
    alice.open("/membership/cancelled/x/")
    nonce = Signup.objects.get().nonce
    alice.page = alice.client.get("/join/")
    alice.send(nonce=nonces.issue(nonce), first_name="Alice", last_name="D", email="a.doorn@uwo.ca", level="general")
    for response in (alice.client.get(old), alice.client.post(old)):
        assert response.status_code == 410
    assert not Member.objects.exists()


def test_the_mail_can_be_sent_again_by_its_own_browser_only(alice, client):
    assert mails() == 1
    assert alice.client.post("/membership/check-your-mail/").status_code == 303
    assert mails() == 2
    assert client.post("/membership/check-your-mail/").status_code == 303
    assert mails() == 2


def test_another_site_cannot_have_it_sent_again(alice):
    alice.client.post("/membership/check-your-mail/", headers={"Sec-Fetch-Site": "cross-site"})
    assert mails() == 1


def test_no_more_than_three_an_hour(alice):
    for _ in range(6):
        alice.client.post("/membership/check-your-mail/")
    assert mails() == 3


def test_check_your_mail_names_the_address_to_its_own_browser_only(alice, client):
    assert "alice@uwo.ca" in alice.open("/membership/check-your-mail/").content.decode()
    elsewhere = client.get("/membership/check-your-mail/").content.decode()
    assert "alice@uwo.ca" not in elsewhere
    assert "your address" in elsewhere


def test_who_has_confirmed_is_led_on_from_check_your_mail(alice):
    alice.client.post(mailed_link())
    assert alice.open("/membership/check-your-mail/")["Location"] == "/welcome/"
    assert "Alice" in alice.open("/welcome/").content.decode()


def test_a_hundred_requests_mail_one_mailbox_three_times_however_they_are_made(alice, clock):
    """New forms, other spellings, forms corrected away from the address and back, and the button that sends again."""
    spellings = ["alice@uwo.ca", "Alice@UWO.ca", "a.l.i.c.e@uwo.ca", "alice+1@uwo.ca", "alice+2@uwo.ca"]
    for number in range(25):
        visitor = Joiner(clock)
        visitor.client.defaults["HTTP_X_FORWARDED_FOR"] = f"192.0.2.{number}"
        assert visitor.join(level="general", email=spellings[number % 5]).status_code == 303
        visitor.client.post("/membership/check-your-mail/")
        nonce = nonces.issue(Signup.objects.order_by("-pk").first().nonce)
        for email in (f"other{number}@uwo.ca", spellings[number % 5]):
            visitor.open()
            assert visitor.send(nonce=nonce, **{**ALICE, "level": "general", "email": email}).status_code == 303
    sent = [delivery.payload["mailbox"] for delivery in Delivery.objects.filter(kind="mail.confirm")]
    assert sent.count(mailbox_digest("alice@uwo.ca")) == 3
    assert len(sent) == 3 + 25


def test_the_next_hour_has_mails_of_its_own(alice, clock):
    for _ in range(6):
        alice.client.post("/membership/check-your-mail/")
    clock.shift(timedelta(minutes=61))
    alice.client.post("/membership/check-your-mail/")
    assert mails() == 4


def test_a_mail_promised_to_an_address_that_was_corrected_meanwhile_goes_to_nobody(alice, monkeypatch):
    sent = []
    monkeypatch.setattr(deliveries, "send_mail", lambda *args, **kwargs: sent.append(kwargs["to"]))
    number = nonces.issue(Signup.objects.get().nonce)
    alice.open()
    alice.send(nonce=number, **{**ALICE, "level": "general", "email": "a.doorn@uwo.ca"})
    for delivery in Delivery.objects.filter(kind="mail.confirm"):
        deliveries.send_confirmation(delivery)
    assert sent == ["a.doorn@uwo.ca"]


def test_scanners_that_open_the_link_a_hundred_times_use_nothing_up(alice, client):
    link = mailed_link()
    for _ in range(50):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert not Member.objects.exists()
    assert mails() == 1
    assert alice.client.post(link).status_code == 303
    assert Member.objects.get().email == "alice@uwo.ca"
