"""What only a browser can tell of the join page: where the keyboard is, and whether it fits and all can use it."""

import pytest

from wits_site.tests.browser import assert_accessible, focused

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 1280)


def assert_fits_and_is_accessible(page):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wider <= 0, f"{page.url} is {wider} px too wide at {width}"
    assert_accessible(page)


def fill_in(page, live, **typed):
    page.goto(f"{live.site}/join/")
    for name, value in typed.items():
        page.fill(f"[name={name}]", value)
    page.wait_for_timeout(2200)  # the form takes nothing sooner: programs are faster than people


def test_after_a_mistake_the_keyboard_is_at_the_list_of_mistakes(watched, live):
    page = watched
    fill_in(page, live, first_name="", last_name="van Dyk", email="mvandyk7@uwo.con")
    page.press("[name=email]", "Enter")
    page.wait_for_url(f"{live.site}/membership/join/")
    assert focused(page)["id"] == "problems"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused(page)["id"] == "first_name", "a problem leads to its field"
    assert page.input_value("[name=last_name]") == "van Dyk"
    assert_fits_and_is_accessible(page)


def test_the_suggestion_is_taken_with_one_press(watched, live):
    page = watched
    fill_in(page, live, first_name="Wolfeschlegelsteinhausenbergerdorff" * 8, last_name="مريم", email="w@uwo.con")
    page.press("[name=email]", "Enter")
    page.wait_for_url(f"{live.site}/membership/join/")
    page.click("button[name=use_email]")
    page.wait_for_url("**/pay/**")
    assert "w@uwo.ca" in page.content()


def test_the_button_says_where_the_chosen_level_leads(watched, live):
    page = watched
    page.goto(f"{live.site}/join/")
    button = page.locator("#join-form button[data-send]")
    assert button.inner_text().strip() == "Continue to payment"
    page.check("[name=level][value=general]")
    assert button.inner_text().strip() == "Continue for free"
    assert not page.locator("[name=comment]").is_visible()


@pytest.mark.parametrize("path", ["/join/", "/welcome/", "/membership/confirm/x/", "/membership/cancelled/x/"])
def test_each_page_around_joining_fits_and_is_accessible(watched, live, path):
    watched.goto(f"{live.site}{path}")
    assert_fits_and_is_accessible(watched)


def test_in_forced_colours_the_form_has_an_edge_and_the_waves_are_gone(watched, live):
    page = watched
    page.goto(f"{live.site}/join/")
    edge = "getComputedStyle(document.querySelector('.join__box')).borderTopWidth"
    assert page.evaluate(edge) == "0px"
    page.emulate_media(forced_colors="active")
    assert page.evaluate(edge) == "2px"
    assert not page.locator(".wave").first.is_visible()
