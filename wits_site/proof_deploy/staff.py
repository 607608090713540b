"""An Owner: from the invitation to signing in with both steps, in a Chromium without JavaScript."""

import base64
import hmac
import re
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from wits_site.proof_deploy.browser import chromium
from wits_site.proof_deploy.site import ADDRESS, Site

EMAIL = "owner-of-the-proof@wits.example"
PASSWORD = "four words that nobody guesses"
HALF_A_MINUTE = 30


def new_owner(site: Site) -> str:
    """Make the Owner by the command on the server and its link; returns the secret that their app holds."""
    said = site.machine.run(f"/srv/wits_site/current/deploy/manage.sh create_owner {EMAIL}").stdout
    link = re.search(r"https://\S+/admin/invitation/\S+", said)
    if not link:
        raise LookupError(f"no invitation: {said[-200:]}")
    with _page(site) as page:
        page.goto(link[0])
        page.get_by_role("button", name="Begin").click()
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_label("Password, once more").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
        page.get_by_text("The camera does not work").click()
        secret = page.locator(".door__secret").inner_text().replace(" ", "")
        page.get_by_label("Code").fill(_code(secret))
        page.get_by_role("button", name="Use the app").click()
        page.get_by_role("button", name="I have kept them").click()
        page.wait_for_url(f"{ADDRESS}/admin/")
    return secret


def signs_in(site: Site, secret: str) -> list[str]:
    """Sign in with the password and what the app shows now; returns where each step led."""
    steps = []
    with _page(site) as page:
        page.goto(f"{ADDRESS}/admin/login/")
        page.get_by_label("Email").fill(EMAIL)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/login/code/")
        steps.append(page.url)
        page.goto(f"{ADDRESS}/admin/")
        steps.append(page.url)
        page.goto(f"{ADDRESS}/admin/login/code/")
        page.get_by_label("Code").fill(_code(secret))
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url(f"{ADDRESS}/admin/")
        steps.append(page.url)
    return [step.removeprefix(ADDRESS) for step in steps]


@contextmanager
def _page(site: Site) -> Iterator[Page]:
    with chromium(site) as browser:
        page = browser.new_page(java_script_enabled=False)
        page.set_default_timeout(60_000)
        yield page


def _code(secret: str) -> str:
    """What an authenticator app shows now: RFC 6238, with six digits and half minutes."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // HALF_A_MINUTE), "sha1")
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
