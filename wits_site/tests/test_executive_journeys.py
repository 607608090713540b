"""What executives do when all goes well, and when a partner is away."""

import re

import pytest

from wits_site.tests.browser import assert_accessible
from wits_site.tests.journeys import contacts_of, fault, fill_in, mails_to, no_faults, sign_in
from wits_site.tests.live import until

pytestmark = pytest.mark.browser


def join_and_pay(page, live, *, first, last, email):
    page.goto(f"{live.site}/join/")
    fill_in(page, first=first, last=last, email=email, level="wits-member")
    page.wait_for_url(re.compile("/pay/cs_test_"))
    page.fill("[name=card]", "4242424242424242")
    page.fill("[name=name]", first)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/welcome/"))


def open_member(page, live, name):
    page.goto(f"{live.site}/admin/members/")
    page.click(f"table a:has-text('{name}')")
    page.wait_for_url(re.compile(r"/admin/members/\d+/"))


def test_an_executive_finds_the_member_and_everything_that_happened(watched, live):
    page = watched
    join_and_pay(page, live, first="Zoë", last="Adeyemi-Roy", email="zroy@uwo.ca")
    until(lambda: contacts_of(live, "zroy@uwo.ca") and mails_to(live, "zroy@uwo.ca"))
    sign_in(page, live)
    page.click("nav >> text=Members")
    open_member(page, live, "Zoë Adeyemi-Roy")
    told = page.inner_text("main")
    for words in ("$15.00", "WITS member", "Welcome mail", "HubSpot", "Stripe"):
        assert words in told
    page.goto(f"{live.site}/admin/members/?q=adeyemi")
    assert "Zoë Adeyemi-Roy" in page.inner_text("main")
    page.goto(f"{live.site}/admin/members/?q=nobody-of-that-name")
    assert "Zoë Adeyemi-Roy" not in page.inner_text("main")


def test_a_partner_that_refuses_everything_is_told_once_and_mended_with_a_click(watched, live):
    page, address = watched, "sam.okoro@uwo.ca"
    fault(live, vendor="hubspot", kind="401")
    try:
        join_and_pay(page, live, first="Sam", last="Okoro", email=address)
        assert "Sam" in page.inner_text("main"), "joining goes on without HubSpot"
        until(lambda: mails_to(live, address), what="the welcome mail does not wait for HubSpot")
        alert = until(
            lambda: next(
                (mail for mail in mails_to(live, "executives@wits.example") if "refuses everything" in mail["text"]),
                None,
            ),
            what="the club is told",
        )
        assert address not in alert["text"] + alert["html"]
        assert "Okoro" not in alert["text"] + alert["html"]
        assert contacts_of(live, address) == []
    finally:
        no_faults(live)

    sign_in(page, live)
    page.goto(f"{live.site}/admin/deliveries/?channel=hubspot&state=waiting")
    page.click("main table tbody a")
    with page.expect_navigation():
        page.click("main button:has-text('Try again')")
    until(lambda: contacts_of(live, address), seconds=20, what="the contact is made after all")
    until(lambda: not live.rows("SELECT 1 FROM outbox_delivery WHERE state IN ('waiting', 'running')"))
    assert len(contacts_of(live, address)) == 1


def test_stripe_away_keeps_what_was_typed_and_the_next_try_pays(watched, live):
    page, address = watched, "lin.moreau@uwo.ca"
    page.goto(f"{live.site}/join/")
    fault(live, vendor="stripe", kind="503", path="/v1/checkout/sessions*")
    try:
        fill_in(page, first="Lin", last="Moreau", email=address, level="wits-member")
        page.wait_for_url(re.compile("/membership/join/"))
        page.wait_for_selector("main form")
        assert_accessible(page)
        assert page.input_value("[name=first_name]") == "Lin"
        assert page.input_value("[name=email]") == address
    finally:
        no_faults(live)
    page.click("main form button[type=submit]:has-text('Continue'), main form button[type=submit]:has-text('again')")
    page.wait_for_url(re.compile("/pay/cs_test_"))
    sessions = [s for s in live.state()["sessions"] if s["customer_email"] == address]
    assert len(sessions) == 1


def test_an_executive_changes_the_words_of_the_join_page(watched, live):
    page = watched
    sign_in(page, live)
    page.goto(f"{live.site}/join/")
    [(pk,)] = live.rows("SELECT page_ptr_id FROM membership_joinpage")
    page.goto(f"{live.site}/admin/pages/{pk}/edit/")
    page.fill("[name=form_heading]", "Right this way")
    page.get_by_role("button", name="More actions").click()
    with page.expect_navigation():
        page.click("button[name=action-publish]")
    page.goto(f"{live.site}/join/")
    assert "Right this way" in page.inner_text("main")
