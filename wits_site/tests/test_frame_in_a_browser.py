"""What only a browser can tell of the frame: that the menu fits, and that a keyboard finds its way."""

import pytest
from playwright.sync_api import expect

from wits_site.tests.browser import assert_accessible, focused, tab_to

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
WIDTHS = (320, 390, 600, 768, 992, 993, 1024, 1280)


@pytest.fixture
def scriptless(browser, browser_context_args):
    """A page of a browser that runs no script."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_the_menu_stands_in_one_line_or_behind_its_button(watched, live):
    watched.goto(live.site)
    for width in WIDTHS:
        watched.set_viewport_size({"width": width, "height": 800})
        wider = watched.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wider <= 0, f"{wider} px too wide at {width}"
        rows = watched.evaluate(
            """() => new Set([...document.querySelectorAll('.header > *, .nav__list > *')]
                .map(e => e.getBoundingClientRect()).filter(r => r.width)
                .map(r => Math.round((r.top + r.bottom) / 2 / 8))).size"""
        )
        assert rows <= 2, f"the header has {rows} lines at {width}"
        assert watched.locator(".header__menu").is_visible() == (width < 993)


def test_a_keyboard_opens_the_menu_and_closes_it(watched, live):
    watched.set_viewport_size(PHONE)
    watched.goto(live.site)
    tab_to(watched, text="Menu")
    watched.keyboard.press("Enter")
    expect(watched.locator("#menu")).to_be_visible()
    assert_accessible(watched)
    watched.keyboard.press("Escape")
    expect(watched.locator("#menu")).to_be_hidden()
    assert focused(watched)["text"] == "Menu", "the keyboard is where it was"
    watched.keyboard.press("Enter")
    tab_to(watched, text="Team", most=9)
    watched.keyboard.press("Enter")
    watched.wait_for_url(f"{live.site}/team/")


def test_the_menu_opens_without_a_script(scriptless, live):
    scriptless.set_viewport_size(PHONE)
    scriptless.goto(live.site)
    scriptless.get_by_role("button", name="Menu").click()
    scriptless.get_by_role("navigation", name="Main").get_by_role("link", name="About").click()
    scriptless.wait_for_url(f"{live.site}/about/")


def test_a_keyboard_searches_and_opens_what_it_found(watched, live):
    page = watched
    page.goto(live.site)
    page.keyboard.press("Tab")
    assert focused(page)["text"] == "Skip to the content"
    for _ in range(14):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.header__search')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live.site}/search/")
    tab_to(page, name="q")
    page.keyboard.type("code of conduct")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=code+of+conduct")
    tab_to(page, text="How we treat each other", most=30)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live.site}/conduct/")


def test_a_search_in_vain_leads_on(scriptless, live):
    scriptless.goto(f"{live.site}/search/?q=piton")
    scriptless.get_by_role("link", name="python", exact=True).click()
    expect(scriptless.get_by_role("link", name="Intro to Python")).to_be_visible()
