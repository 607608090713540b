"""A page that saves itself while somebody presses Publish."""

import re

import pytest
from playwright.sync_api import expect

from wits_site.tests.journeys import sign_in

pytestmark = pytest.mark.browser


def begin(page, live, title):
    """A new album that has saved itself once: from here on it is a page, at an address of its own."""
    sign_in(page, live)
    page.goto(f"{live.site}/admin/pages/")
    page.get_by_role("link", name="Albums", exact=True).first.click()
    page.get_by_role("link", name="Add child page").first.click()
    # As a person writes: what stands there after two seconds is what Wagtail compares with.
    page.locator("#id_title").press_sequentially(title, delay=300)
    page.wait_for_url(re.compile(r"/edit/$"))


def publish(page):
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=re.compile("^Publish")).click()


def test_what_is_new_in_a_page_is_there_once_when_publish_is_pressed_while_it_saves_itself(watched, live):
    page, pressed = watched, []

    def press_before_it_is_heard(route):
        """The site has saved the photos and answers; the browser hears that only after Publish."""
        photos = "photos-1-" in (route.request.post_data or "")
        if photos and route.request.headers["accept"] == "application/json" and not pressed:
            answer = route.fetch()
            pressed.append(True)
            publish(page)
            route.fulfill(response=answer)
        else:
            route.fallback()

    begin(page, live, "Saved and sent")
    page.route("**/edit/", press_before_it_is_heard)
    page.get_by_role("button", name="Add photo").click()
    for number in range(2):
        page.locator(".modal-content").get_by_role("checkbox").nth(number).check()
    page.locator(".modal-content").get_by_role("button", name="Confirm selection").click()
    expect(page.locator(".messages .success")).to_contain_text("Saved and sent")
    assert pressed
    page.goto(f"{live.site}/albums/saved-and-sent/")
    expect(page.locator("main .gallery__item")).to_have_count(2)


def test_a_page_that_is_being_sent_does_not_save_itself_meanwhile(watched, live):
    page, sent = watched, []
    begin(page, live, "Sent and still")
    # At rest: how it was saved has been heard.
    expect(page.locator("#w-autosave-indicator")).to_have_attribute("data-w-autosave-state-value", "saved")
    page.route("**/edit/", lambda route: sent.append(route))
    # Wagtail looks for changes twice a second, and finds what was written just before the button.
    with page.expect_console_message(lambda message: message.text.startswith("Saving itself")) as said:
        page.evaluate(
            """() => {
              addEventListener("w-autosave:save", (event) => {
                console.log("Saving itself:", event.defaultPrevented ? "not now" : "yes");
              });
              document.querySelector("#id_title").value = "Sent and quite still";
              document.querySelector("[name='action-publish']").click();
            }"""
        )
    assert said.value.text == "Saving itself: not now"
    (by_the_button,) = sent
    by_the_button.fallback()
    expect(page.locator(".messages .success")).to_contain_text("Sent and quite still")
