"""A free level: the mail says which address is whose."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from home.first_content import ensure_first_content
from membership import links, nonces
from membership.first_content import ensure_levels
from membership.first_pages import ensure_join_page
from membership.models import Member, Signup
from membership.tests.joiner import Joiner
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
