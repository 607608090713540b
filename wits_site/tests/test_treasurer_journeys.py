"""What a treasurer does with money and lists: refund, dispute, add by hand, import, undo, export."""

import re
import urllib.parse
import urllib.request

import pytest

from wits_site.tests.browser import assert_accessible
from wits_site.tests.journeys import contacts_of, mails_to, sign_in
from wits_site.tests.live import until
from wits_site.tests.test_executive_journeys import join_and_pay

pytestmark = pytest.mark.browser
WIDTHS = (390, 1280)


def at_every_width(page):
    """axe finds nothing, on a phone and on a laptop, by day and by night."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert_accessible(page)


def at_the_bank(live, path, **form):
    """Something the payer or their bank does, through the sandbox's buttons."""
    data = urllib.parse.urlencode(form).encode()
    request = urllib.request.Request(f"{live.sandbox}{path}", data=data, method="POST")
    urllib.request.urlopen(request, timeout=10).close()


def charge_of(live, email):
    [(intent,)] = until(
        lambda: live.rows(
            "SELECT p.payment_intent_id FROM membership_payment p JOIN membership_signup s ON s.id = p.signup_id "
            "WHERE s.email = ?",
            email,
        )
    )
    return next(row for row in live.state()["charges"] if row["payment_intent"] == intent)


def membership_of(live, email):
    [(state,)] = live.rows(
        "SELECT state FROM membership_membership WHERE member_id = "
        "(SELECT id FROM membership_member WHERE email = ?)",
        email,
    )
    return state


def press(page, words):
    with page.expect_navigation():
        page.click(f"main :is(button, a.button):has-text('{words}')")


def test_a_warning_of_fraud_is_a_case_that_a_refund_settles(watched, live):
    page, email = watched, "thea.lindqvist@uwo.ca"
    join_and_pay(page, live, first="Thea", last="Lindqvist", email=email)
    at_the_bank(live, f"/charges/{charge_of(live, email)['id']}/warn")
    until(lambda: live.rows("SELECT 1 FROM membership_case WHERE kind = 'fraud'"))
    sign_in(page, live, "treasurer@wits.example")
    # Other journeys may have left cases of their own.
    assert re.search(r"about (a payment waits|payments wait) for you to decide", page.inner_text("main"))
    page.goto(f"{live.site}/admin/cases/")
    at_every_width(page)
    page.click("main table tbody tr:has-text('Thea Lindqvist') a")
    page.wait_for_url(re.compile(r"/cases/\d+/"))
    at_every_width(page)
    press(page, "Refund all of it")
    at_every_width(page)
    press(page, "Look at it once more")
    at_every_width(page)
    assert "Their membership ends" in page.inner_text("main")
    assert membership_of(live, email) == "active", "nothing was asked of Stripe yet"
    press(page, "Give $15.00 back")
    assert "on its way back" in page.inner_text("body")
    until(lambda: membership_of(live, email) == "refunded", what="Stripe confirms it")
    assert charge_of(live, email)["amount_refunded"] == 1500
    page.reload()
    assert "given back" in page.inner_text("main").lower()
    at_every_width(page)
    until(lambda: contacts_of(live, email)[0]["properties"]["wits_membership_status"] == "refunded")


def test_a_dispute_holds_the_membership_and_won_it_goes_on(watched, live):
    page, email = watched, "imani.cole@uwo.ca"
    join_and_pay(page, live, first="Imani", last="Cole", email=email)
    at_the_bank(live, f"/charges/{charge_of(live, email)['id']}/dispute")
    until(lambda: membership_of(live, email) == "held")
    until(lambda: any("disputed" in mail["text"] for mail in mails_to(live, "executives@wits.example")))
    sign_in(page, live, "treasurer@wits.example")
    page.goto(f"{live.site}/admin/members/?q=imani")
    assert "on hold" in page.inner_text("main").lower()
    page.goto(f"{live.site}/admin/cases/?is_open=open")
    page.click("main table tbody a:has-text('Payment disputed')")
    page.wait_for_url(re.compile(r"/cases/\d+/"))
    assert "Answer by" in page.inner_text("main")
    [dispute] = [row for row in live.state()["disputes"] if row["charge"] == charge_of(live, email)["id"]]
    at_the_bank(live, f"/disputes/{dispute['id']}/close", outcome="won")
    until(lambda: membership_of(live, email) == "active")
    page.reload()
    assert "Settled by itself" in page.inner_text("main")


def test_somebody_who_paid_in_cash_is_added_by_hand_and_gets_a_receipt(watched, live):
    page, email = watched, "priya.raman@uwo.ca"
    sign_in(page, live, "treasurer@wits.example")
    page.goto(f"{live.site}/admin/members/by-hand/")
    at_every_width(page)
    for name, words in {"first_name": "Priya", "last_name": "Raman", "email": email, "received_by": "Robin"}.items():
        page.fill(f"[name={name}]", words)
    page.check("label:has-text('WITS member') input, input[name=level] >> nth=-1")
    page.check("input[name=way][value=cash]")
    page.fill("[name=amount]", "15")
    press(page, "Look at it once more")
    at_every_width(page)
    press(page, "Add")
    assert "Priya Raman" in page.inner_text("main")
    until(lambda: mails_to(live, email), what="the receipt")
    assert "$15.00" in mails_to(live, email)[0]["text"]
    assert membership_of(live, email) == "active"


def the_list(page, live, name, body):
    """Upload a list, and stand at its preview."""
    page.goto(f"{live.site}/admin/members/import/")
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": body})
    press(page, "Look at the list")


def import_it(page, words):
    press(page, words)
    until(lambda: "Undo this import" in (page.inner_text("main") if page.reload() else ""), what="the import is done")


def words_of_the_import(page):
    return page.inner_text("main")


def test_a_list_with_a_bad_line_is_cured_imported_and_taken_back(watched, live):
    page = watched
    sign_in(page, live, "treasurer@wits.example")
    page.goto(f"{live.site}/admin/members/import/")
    at_every_width(page)
    head = "First name,Last name,Email,Level,Since,Until\n"
    good = "Ada,Byron,ada.byron@uwo.ca,WITS member,2026-09-10,2027-04-30\n"
    bad = "Grace,Hop,grace at uwo,WITS member,2026-09-10,2027-04-30\n"
    the_list(page, live, "list.csv", (head + good + bad).encode())
    told = words_of_the_import(page)
    assert "Bad line, left out: 1" in told
    assert "New member: 1" in told
    at_every_width(page)
    assert not live.rows("SELECT 1 FROM membership_member WHERE email = 'ada.byron@uwo.ca'"), "looking does nothing"

    cured = head + good + "Grace,Hop,grace.hop@uwo.ca,WITS member,2026-09-10,2027-04-30\n"
    the_list(page, live, "cured.csv", cured.encode())
    import_it(page, "Import 2 memberships")
    at_every_width(page)
    assert membership_of(live, "grace.hop@uwo.ca") == "active"
    assert mails_to(live, "grace.hop@uwo.ca") == [], "an imported member gets no mail"

    press(page, "Undo this import")
    assert "Undone." in page.inner_text("body")
    imported = "(SELECT id FROM membership_member WHERE email IN ('ada.byron@uwo.ca', 'grace.hop@uwo.ca'))"
    assert not live.rows(f"SELECT 1 FROM membership_membership WHERE member_id IN {imported}")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_export_imported_again_changes_nothing(watched, live, form):
    page = watched
    sign_in(page, live, "treasurer@wits.example")
    head = "First name,Last name,Email,Level,Since,Until\n"
    line = f"=Zoë,-D’Amour,zoe.{form}@uwo.ca,WITS member,2026-09-10,2027-04-30\n"
    the_list(page, live, "before.csv", (head + line).encode())
    import_it(page, "Import 1 membership")
    untold = "SELECT 1 FROM outbox_delivery WHERE kind = 'import.tell' AND state <> 'done'"
    until(lambda: not live.rows(untold), what="the news of the import is on its way")
    before = live.rows("SELECT id, email, first_name, last_name, revision FROM membership_member ORDER BY id")
    export = page.request.get(f"{live.site}/admin/members/?export={form}")
    assert export.ok
    the_list(page, live, f"members.{form}", export.body())
    told = words_of_the_import(page)
    assert f"There already: {len(before)}" in told
    assert "New member: 0" in told
    assert "Membership added: 0" in told
    assert "Bad line, left out: 0" in told
    assert page.query_selector("main button[value=import]") is None, "there is nothing to import"
    after = live.rows("SELECT id, email, first_name, last_name, revision FROM membership_member ORDER BY id")
    assert after == before
