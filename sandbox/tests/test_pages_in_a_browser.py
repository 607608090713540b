"""The pages in a real Chromium: by keyboard, by day and night, narrow and wide, and live."""

from __future__ import annotations

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe

from sandbox.tests.conftest import pay
from sandbox.tests.test_overview import journey

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The distribution's Chromium where there is one; Playwright's own elsewhere."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    arguments = (
        ["--no-sandbox"] if os.geteuid() == 0 else []
    )  # Chromium refuses to start as root with its own sandbox
    return {**browser_type_launch_args, "args": arguments, **({"executable_path": found} if found else {})}


def test_no_page_has_a_finding_or_runs_over_the_edge(page, sandbox, api, crm, open_session):
    journey(sandbox, api, crm, open_session)
    sandbox.state.faults.add({"vendor": "smtp", "kind": "451", "times": 1})
    mail = next(iter(sandbox.state["mail"].oldest_first()))["id"]
    unpaid = open_session(customer_email=None)
    for path in ("/", "/mail/", f"/mail/{mail}/", "/faults", "/events", "/contacts/", f"/pay/{unpaid.id}"):
        page.goto(sandbox.url + path)
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            results = Axe().run(page)
            assert results.violations_count == 0, f"{path} ({scheme}):\n{results.generate_report()}"


def test_a_visitor_is_declined_tries_again_by_keyboard_and_pays(page, sandbox, api, open_session):
    session = open_session(success_url=f"{sandbox.url}/mail/?session_id={{CHECKOUT_SESSION_ID}}")
    page.goto(session.url)
    page.get_by_label("Card number").focus()
    page.keyboard.type("4000 0000 0000 0002")
    page.get_by_label("Name on card").focus()
    page.keyboard.type("Mara Okafor")
    page.keyboard.press("Enter")
    assert page.get_by_role("alert").inner_text() == "Your card was declined."
    assert page.get_by_label("Name on card").input_value() == "Mara Okafor"
    page.get_by_label("Card number").fill("4242 4242 4242 4242")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{sandbox.url}/mail/?session_id={session.id}")
    assert api.checkout.sessions.retrieve(session.id).payment_status == "paid"


def test_the_overview_moves_by_itself(page, sandbox, open_session):
    session = open_session()
    page.goto(sandbox.url)
    page.get_by_text("Checkout session opened").wait_for()
    assert page.get_by_text("Paid, Visa").count() == 0
    pay(session)
    page.get_by_text("Paid, Visa").wait_for()


def test_the_pages_work_without_javascript(browser, sandbox, open_session):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{sandbox.url}/faults")
    page.locator("[name=vendor]").select_option("hubspot")
    page.locator("[name=kind]").select_option("429")
    page.get_by_role("button", name="Let it fail").click()
    assert sandbox.state.faults.all()[0].kind == "429"
    page.goto(open_session().url)
    page.get_by_role("button", name="Card is declined").click()
    assert page.get_by_role("alert").is_visible()
    context.close()
