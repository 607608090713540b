"""Steps that several journeys share: filling in the form, signing in, asking and breaking the sandbox."""

import json
import time
import urllib.request

from wits_site.screenshots import SECONDS_A_PERSON_NEEDS
from wits_site.tests.browser import focused, tab_to, type_into


def mails_to(live, address):
    return [mail for mail in live.state()["mails"] if address in json.dumps(mail["to"])]


def contacts_of(live, address):
    return [c for c in live.state()["contacts"] if c["properties"].get("email") == address]


def customers_of(live, address):
    return [c for c in live.state()["customers"] if c["email"] == address]


def fault(live, **fields):
    """Make the sandbox fail as described in its README."""
    request = urllib.request.Request(
        f"{live.sandbox}/faults",
        data=json.dumps(fields).encode(),
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    urllib.request.urlopen(request, timeout=10).close()


def no_faults(live):
    urllib.request.urlopen(urllib.request.Request(f"{live.sandbox}/faults", method="DELETE"), timeout=10).close()


def sign_in(page, live, name="owner@wits.example"):
    page.goto(f"{live.site}/admin/login/")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", "wits-demo-2026")
    page.click("button[type=submit]")
    page.wait_for_url(f"{live.site}/admin/")


def fill_in(page, *, first, last, email, level):
    """Fill in the join form with the keyboard and send it with Enter."""
    shown = time.monotonic()
    type_into(page, "first_name", first)
    type_into(page, "last_name", last)
    type_into(page, "email", email)
    tab_to(page, name="level")
    for _ in range(6):
        if focused(page)["value"] == level:
            break
        page.keyboard.press("ArrowDown")
    assert focused(page)["value"] == level
    page.keyboard.press("Space")
    left = SECONDS_A_PERSON_NEEDS - (time.monotonic() - shown)
    page.wait_for_timeout(max(left, 0) * 1000)
    button = tab_to(page, text="Continue")
    assert button["tag"] == "button"
    page.keyboard.press("Enter")
