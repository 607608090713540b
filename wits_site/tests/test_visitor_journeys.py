"""Whole journeys through the running site, its worker and the sandbox, in a real Chromium."""

import re

import pytest

from wits_site.tests.browser import assert_accessible, tab_to, type_into
from wits_site.tests.journeys import SECONDS_A_PERSON_NEEDS, contacts_of, customers_of, fill_in, mails_to
from wits_site.tests.live import until

pytestmark = pytest.mark.browser


def test_from_the_home_page_to_hubspot_by_keyboard_alone(watched, live):
    page, address = watched, "mvandyk7@uwo.ca"
    page.goto(live.site)
    assert_accessible(page)
    tab_to(page, text="Join")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/join/"))
    assert_accessible(page)

    fill_in(page, first="Mary Anne", last="van Dyk", email=address, level="wits-member")
    page.wait_for_url(re.compile("/pay/cs_test_"))
    assert "15.00" in page.inner_text("body")
    type_into(page, "card", "4242424242424242")
    type_into(page, "name", "M A van Dyk")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile("/welcome/"))
    assert "Mary Anne" in page.inner_text("main")
    assert_accessible(page)

    [(member,)] = until(lambda: live.rows("SELECT uuid FROM membership_member WHERE email_key = ?", address))
    customer = until(
        lambda: next((c for c in customers_of(live, address) if c["metadata"].get("wits_member_id")), None),
        what="the Stripe customer is brought up to date",
    )
    assert customer["name"] == "Mary Anne van Dyk"
    assert customer["metadata"]["wits_member_id"].replace("-", "") == member
    contact = until(lambda: next(iter(contacts_of(live, address)), None), what="the HubSpot contact is made")
    assert contact["properties"]["firstname"] == "Mary Anne"
    assert contact["properties"]["lastname"] == "van Dyk"
    mail = until(lambda: next(iter(mails_to(live, address)), None), what="the welcome mail arrives")
    assert "Mary Anne" in mail["text"]

    # Nothing is left to do, and nothing was done twice.
    until(lambda: not live.rows("SELECT 1 FROM outbox_delivery WHERE state IN ('waiting', 'running')"))
    assert live.rows("SELECT count(*) FROM outbox_delivery WHERE state = 'dead'") == [(0,)]
    assert len(customers_of(live, address)) == len(contacts_of(live, address)) == len(mails_to(live, address)) == 1


def test_the_free_level_is_confirmed_by_the_mailed_link(watched, live):
    page, address = watched, "noor.haddad@uwo.ca"
    page.goto(f"{live.site}/join/")
    fill_in(page, first="Noor", last="Haddad", email=address, level="general")
    page.wait_for_url(re.compile("/membership/"))
    assert "mail" in page.inner_text("main").lower()
    assert_accessible(page)
    assert live.rows("SELECT 1 FROM membership_member WHERE email_key = ?", address) == []

    mail = until(lambda: next(iter(mails_to(live, address)), None), what="the mail with the link")
    link = re.search(r"http\S+/membership/confirm/\S+", mail["text"]).group()
    page.goto(link)
    assert_accessible(page)
    assert live.rows("SELECT 1 FROM membership_member WHERE email_key = ?", address) == [], "a GET confirms nothing"
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    assert live.rows("SELECT 1 FROM membership_member WHERE email_key = ?", address)
    assert_accessible(page)
    until(lambda: contacts_of(live, address), what="the HubSpot contact is made")


def test_who_leaves_stripe_without_paying_finds_everything_as_it_was(watched, live):
    page = watched
    page.goto(f"{live.site}/join/")
    fill_in(page, first="Robin", last="O'Neil-Żółć", email="robin@uwo.ca", level="wits-member")
    page.wait_for_url(re.compile("/pay/"))
    session = page.url
    page.click("a[href*='/membership/cancelled/']")
    page.wait_for_url(re.compile("/membership/cancelled/"))
    assert_accessible(page)
    assert page.input_value("[name=first_name]") == "Robin"
    assert page.input_value("[name=last_name]") == "O'Neil-Żółć"
    page.wait_for_timeout(SECONDS_A_PERSON_NEEDS * 1000)
    page.click("main form button[type=submit]:has-text('Continue')")
    page.wait_for_url(re.compile("/pay/"))
    assert page.url == session, "the same open session, not a second one"
    assert live.rows("SELECT count(*) FROM membership_signup WHERE email_key = 'robin@uwo.ca'") == [(1,)]
