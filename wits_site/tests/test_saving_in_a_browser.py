"""A page that saves itself while somebody presses Publish."""

import re

import pytest
from playwright.sync_api import expect

from wits_site.tests.journeys import sign_in

pytestmark = pytest.mark.browser


def test_what_is_new_in_a_page_is_there_once_when_publish_is_pressed_while_it_saves_itself(watched, live):
    page, held = watched, []

    def hold(route):
        """Let the site answer, and keep the answer."""
        photos = "photos-1-" in (route.request.post_data or "")
        if photos and route.request.headers["accept"] == "application/json" and not held:
            held.append((route, route.fetch()))
        else:
            route.fallback()

    sign_in(page, live)
    page.goto(f"{live.site}/admin/pages/")
    page.get_by_role("link", name="Albums", exact=True).first.click()
    page.get_by_role("link", name="Add child page").first.click()
    # As a person writes: what stands there after two seconds is what Wagtail compares with.
    page.locator("#id_title").press_sequentially("Saved and sent", delay=300)
    page.wait_for_url(re.compile(r"/edit/$"))
    page.route("**/edit/", hold)
    page.get_by_role("button", name="Add photo").click()
    for number in range(2):
        page.locator(".modal-content").get_by_role("checkbox").nth(number).check()
    with page.expect_request(lambda request: "photos-1-" in (request.post_data or "")):
        page.locator(".modal-content").get_by_role("button", name="Confirm selection").click()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=re.compile("^Publish")).click()
    while not held:
        page.wait_for_event("requestfinished")
    route, answer = held[0]
    route.fulfill(response=answer)
    expect(page.locator(".messages .success")).to_contain_text("Saved and sent")
    page.goto(f"{live.site}/albums/saved-and-sent/")
    expect(page.locator("main .gallery__item")).to_have_count(2)
