"""What a treasurer does with cases: each kind is opened, looked at twice, decided, and gone from the list."""

import json
import re
import urllib.parse
import urllib.request
import uuid

import pytest

from wits_site.tests.browser import WAGTAILS_ALERT, assert_accessible
from wits_site.tests.journeys import contacts_of, mails_to, sign_in
from wits_site.tests.live import until

pytestmark = pytest.mark.browser
WIDTHS = (390, 1280)
# What no visitor can do through the sandbox, since Stripe would not let them: written into the site's own database.
MADE = """
from membership.models import Level
from membership.tests.factories import CaseFactory, MemberFactory

level = Level.objects.get(slug="wits-member")
for first, last, kind in (
    ("Lena", "Accepted", "mismatch"), ("Lena", "Left", "mismatch"), ("Lena", "Waits", "mismatch"),
    ("Lena", "Settled", "mismatch"), ("Lena", "Oldsite", "old-site"), ("Lena", "Oldshop", "old-site"),
):
    email = f"lena.{last.lower()}@uwo.ca"
    CaseFactory(
        kind=kind, payment__signup__level=level, payment__signup__first_name=first, payment__signup__last_name=last,
        payment__signup__email=email, payment__signup__email_key=email,
        payment__signup__from_old_site=kind == "old-site", settled=last == "Settled",
    )
one, other = (
    MemberFactory(
        first_name=first, last_name="Shared", email=f"{first.lower()}.shared@uwo.ca",
        hubspot_contact_id="", stripe_customer_id="",
    )
    for first in ("Noa", "Ona")
)
CaseFactory(
    kind="contact", key=f"contact:{one.uuid}", payment=None, signup=None, member=one, other_member=other,
    hubspot_contact_id="4711", words="HubSpot keeps one contact for two members.",
)
"""


@pytest.fixture(scope="module")
def cases(live):
    """Cases of each kind that can be made without Stripe; every test settles its own."""
    live.manage("shell", "-c", MADE)


@pytest.fixture
def treasurer(watched, live, cases):
    sign_in(watched, live, "treasurer@wits.example")
    return watched


def at_every_width(page, **how):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert_accessible(page, **how)


def open_case(page, live, who):
    """From the list of those that wait, as it is filtered."""
    page.goto(f"{live.site}/admin/cases/?is_open=open")
    page.click(f"main table tbody tr:has-text('{who}') a")
    page.wait_for_url(re.compile(r"/cases/\d+/"))


def press(page, words):
    with page.expect_navigation():
        page.click(f"main :is(button, a.button):has-text('{words}')")


def waiting(page, live):
    page.goto(f"{live.site}/admin/cases/?is_open=open")
    return page.inner_text("main")


def test_the_filtered_list_of_cases_can_be_read_by_everybody(treasurer, live):
    page = treasurer
    told = waiting(page, live)
    assert "Lena Waits" in told
    assert "Lena Settled" not in told
    at_every_width(page, besides=WAGTAILS_ALERT)


def test_a_payment_that_does_not_match_is_accepted(treasurer, live):
    page, email = treasurer, "lena.accepted@uwo.ca"
    open_case(page, live, "Lena Accepted")
    at_every_width(page)
    press(page, "It is right: make them a member")
    assert not live.rows("SELECT 1 FROM membership_member WHERE email = ?", email), "looking does nothing"
    press(page, "It is right: make them a member")
    assert "They are a member now." in page.inner_text("body")
    until(lambda: mails_to(live, email), what="the welcome mail")
    assert "Lena Accepted" not in waiting(page, live)


def test_a_payment_is_left_with_a_note_and_its_join_form_says_by_whom(treasurer, live):
    page = treasurer
    open_case(page, live, "Lena Left")
    press(page, "Keep the money, no membership")
    press(page, "Keep the money, no membership")
    assert "Write down why" in page.inner_text("main"), "a reason is asked for"
    at_every_width(page)
    page.fill("[name=note]", "Their sister paid for both.")
    press(page, "Keep the money, no membership")
    assert "Their sister paid for both." in page.inner_text("main")
    assert "Lena Left" not in waiting(page, live)
    page.goto(f"{live.site}/admin/signups/?q=Lena+Left")
    assert "left by treasurer@wits.example" in page.inner_text("main").lower()
    page.click("main table tbody a")
    page.wait_for_url(re.compile(r"/signups/\d+/"))
    at_every_width(page)
    assert "Nobody was made a member by it." in page.inner_text("main")


def test_a_payment_without_a_join_form_is_adopted(treasurer, live):
    page, email = treasurer, "ines.lost@uwo.ca"
    paid_for_a_lost_form(live, email)
    until(lambda: live.rows("SELECT 1 FROM membership_case WHERE kind = 'unknown' AND settled_at IS NULL"))
    open_case(page, live, "Payment without a join form")
    at_every_width(page)
    press(page, "Make them a member")
    press(page, "Make them a member")
    assert "Their join form is now: Member." in page.inner_text("body")
    assert live.rows("SELECT first_name FROM membership_member WHERE email = ?", email) == [("Ines",)]
    assert "Payment without a join form" not in waiting(page, live)


def paid_for_a_lost_form(live, email):
    """A session with our mark that Stripe has, and the site has not."""
    lost = str(uuid.uuid4())
    marks = {"wits": "join", "signup": lost, "level": "wits-member", "first_name": "Ines", "last_name": "Lost"}
    asked = {
        "mode": "payment",
        "success_url": f"{live.site}/healthz",
        "customer_creation": "always",
        "customer_email": email,
        "client_reference_id": lost,
        "line_items[0][quantity]": 1,
        "line_items[0][price_data][currency]": "cad",
        "line_items[0][price_data][unit_amount]": 1500,
        "line_items[0][price_data][product_data][name]": "WITS member",
        **{f"metadata[{name}]": words for name, words in marks.items()},
    }
    session = json.loads(posted(live, "/stripe/v1/checkout/sessions", asked))
    posted(live, f"/pay/{session['id']}", {"quick": "4242424242424242"})


def posted(live, path, fields):
    request = urllib.request.Request(
        f"{live.sandbox}{path}",
        data=urllib.parse.urlencode(fields).encode(),
        headers={"Authorization": "Bearer sk_test_sandbox"},
        method="POST",
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read()


def test_members_who_shared_a_contact_are_looked_at_again(treasurer, live):
    page = treasurer
    open_case(page, live, "Noa Shared")
    assert "Ona Shared" in page.inner_text("main")
    at_every_width(page)
    press(page, "I have separated them: look again")
    press(page, "I have separated them: look again")
    assert "The site looks again." in page.inner_text("body")
    until(lambda: contacts_of(live, "noa.shared@uwo.ca"), what="a contact of their own")
    until(lambda: "Settled by itself" in (page.inner_text("main") if page.reload() else ""), what="it settles itself")


def test_payments_of_the_old_site_are_decided_on_one_page(treasurer, live):
    page = treasurer
    page.goto(f"{live.site}/admin/cases/")
    with page.expect_navigation():
        page.click("a:has-text('Payments of the old site')")
    at_every_width(page)
    page.check("tr:has-text('lena.oldsite@uwo.ca') input[type=checkbox]")
    press(page, "Make those ticked members")
    assert not live.rows("SELECT 1 FROM membership_member WHERE email = 'lena.oldsite@uwo.ca'"), "only looked at"
    press(page, "Make them members")
    assert live.rows("SELECT 1 FROM membership_member WHERE email = 'lena.oldsite@uwo.ca'")
    assert "lena.oldsite@uwo.ca" not in page.inner_text("main")
    page.check("tr:has-text('lena.oldshop@uwo.ca') input[type=checkbox]")
    press(page, "Leave those ticked")
    page.fill("[name=note]", "A ticket for the gala.")
    at_every_width(page)
    press(page, "Leave them")
    assert not live.rows("SELECT 1 FROM membership_member WHERE email = 'lena.oldshop@uwo.ca'")
    assert live.rows("SELECT 1 FROM membership_case WHERE note = 'A ticket for the gala.'")
