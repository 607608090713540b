"""Invitation, passkey, recovery code and app in a real Chromium with an authenticator of its own."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from wits_site.tests.browser import assert_accessible

pytestmark = pytest.mark.browser
PASSWORD = "four words nobody guesses"


def site(live):
    """Passkeys belong to a name, never to the number of a machine."""
    return live.site.replace("127.0.0.1", "localhost")


def invitation(live, email):
    said = live.manage("create_owner", email, SITE_URL=site(live))
    return re.search(r"http://\S+/admin/invitation/\S+", said)[0]


def choose_password(page, link):
    page.goto(link)
    assert_accessible(page)
    page.get_by_role("button", name="Begin").click()
    assert_accessible(page)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password, once more").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def type_password(page, live, email):
    page.goto(f"{site(live)}/admin/login/?next=/admin/account/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/login/code/")


def sign_out(page, live):
    page.goto(f"{site(live)}/admin/sign-in/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/admin/login/")


def test_from_the_invitation_to_signing_in_with_a_passkey_and_with_a_recovery_code(watched, live):
    page, email = watched, "first.owner@wits.example"
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    how = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": {**how, "automaticPresenceSimulation": True}})
    choose_password(page, invitation(live, email))
    assert_accessible(page)
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_url("**/sign-in/codes/")
    assert_accessible(page)
    codes = page.locator(".door__codes code").all_inner_texts()
    assert len(set(codes)) == 10
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert codes[9] in download.value.path().read_text()
    page.get_by_role("button", name="I have kept them").click()
    page.wait_for_url(f"{site(live)}/admin/")
    page.goto(f"{site(live)}/admin/sign-in/")
    assert_accessible(page)
    sign_out(page, live)

    type_password(page, live, email)
    assert_accessible(page)
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url("**/admin/account/")
    sign_out(page, live)

    type_password(page, live, email)
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/admin/account/")
    sign_out(page, live)


def test_an_app_works_without_javascript(browser, live):
    context = browser.new_context(java_script_enabled=False)
    page, email = context.new_page(), "second.owner@wits.example"
    choose = page.goto(invitation(live, email))
    assert choose.status == 200
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password, once more").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    assert not page.get_by_role("button", name="Make a passkey").is_visible()
    page.get_by_text("The camera does not work").click()
    secret = page.locator(".door__secret").inner_text().replace(" ", "")

    def code(later=0):
        return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))

    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Use the app").click()
    page.wait_for_url("**/sign-in/codes/")
    page.get_by_role("button", name="I have kept them").click()
    sign_out(page, live)
    type_password(page, live, email)
    page.get_by_label("Code").fill(code(1))
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/admin/account/")
    context.close()
