"""Pages: their words, and going back."""

import re

from playwright.sync_api import FilePayload, expect

from wits_site.guide.registry import walk
from wits_site.guide.walking import Walk, photo


@walk("change-words")
def change_words(guide: Walk) -> None:
    page = guide.page
    guide.open("/admin/")
    guide.step(page.get_by_role("link", name="Change the home page")).click()
    guide.step(page.locator("#id_hero_title")).fill("Tech is better with *all of us* in it.")
    guide.publish()
    guide.step(page.locator(".messages").get_by_role("link", name="View live"))
    guide.open("/")
    expect(page.locator("h1")).to_contain_text("all of us")


@walk("undo-a-change")
def undo_a_change(guide: Walk) -> None:
    page = guide.page
    guide.open("/admin/")
    page.get_by_role("link", name="Change the home page").click()
    guide.step(page.get_by_role("link", name="History", exact=True)).click()
    versions = page.locator("main tbody tr").filter(has=page.locator(".w-dropdown"))
    versions.last.locator(".w-dropdown button").first.click()
    guide.step(page.get_by_role("link", name="Review this version")).click()
    page.get_by_role("button", name="More actions").click()
    guide.step(page.get_by_role("button", name=re.compile("Publish this version"))).click()
    expect(page.locator(".messages .success")).to_be_visible()


@walk("publish-later")
def publish_later(guide: Walk) -> None:
    page = guide.page
    guide.open("/admin/")
    page.get_by_role("link", name="Find another page").click()
    page.get_by_role("link", name="Refund policy", exact=True).click()
    guide.step(page.get_by_role("button", name="Toggle status")).click()
    guide.step(page.get_by_role("button", name="Set schedule")).click()
    window = page.get_by_role("dialog").filter(has_text="It comes and goes by itself")
    guide.write_day(guide.step(window.get_by_label("Goes away")), "2027-04-30 18:00")
    guide.step(window.get_by_role("button", name="Save schedule")).click()
    expect(page.locator(".messages .success")).to_be_visible()
    guide.publish()
    page.get_by_role("link", name="Edit", exact=True).first.click()
    expect(page.locator("[data-form-side]")).to_contain_text("30 Apr 2027")
    page.get_by_role("button", name="Toggle status").click()  # the browser would remember it, and open it everywhere


@walk("add-an-event")
def add_an_event(guide: Walk) -> None:
    page = guide.page
    guide.begin()
    guide.step(guide.menu("Events")).click()
    page.get_by_role("link", name="Add child page").click()
    title = guide.named("Build your first keyboard")
    guide.step(page.locator("#id_title")).fill(title)
    page.locator("#id_summary").fill("Forty switches, one soldering iron, and something to take home.")
    guide.write_day(guide.step(page.locator("#id_starts_at")), "2027-02-11 18:00")
    guide.write_day(page.locator("#id_ends_at"), "2027-02-11 20:00")
    page.locator("#id_place").fill("Thompson Engineering Building, room 37")
    guide.step(page.get_by_role("button", name="Choose an image").first).click()
    choose_new(guide, photo("keyboard", "#b3e2d4"), "A round keyboard on a dark table")
    guide.publish()
    guide.open("/events/")
    expect(page.locator("main")).to_contain_text(title)
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("img", name="A round keyboard on a dark table")).to_be_visible()


def choose_new(guide: Walk, file: FilePayload, shows: str) -> None:
    """A step of its own, in the window that chooses an image: upload one."""
    window = guide.page.locator(".modal-content")
    window.get_by_role("tab", name="Upload").click()
    window.locator("input[type=file]").set_input_files(file)
    # Wagtail writes the file's name there, a moment later.
    expect(window.locator("#id_image-chooser-upload-title")).not_to_have_value("")
    guide.step(window.locator("#id_image-chooser-upload-description")).fill(shows)
    window.get_by_role("button", name="Upload", exact=True).click()
    expect(guide.page.locator(".modal-content")).to_have_count(0)


@walk("tell-a-story")
def tell_a_story(guide: Walk) -> None:
    page = guide.page
    guide.begin()
    guide.add_below("Stories").click()
    guide.step(page.locator("#id_title")).fill("What my first pull request taught me")
    guide.step(page.locator("#id_lede")).fill("Eleven comments, two days, one cookie. I would do it again.")
    guide.step(page.get_by_role("button", name="Add author")).click()
    page.locator("#id_authors-0-name").fill("Wren Castellanos")
    guide.step(page.get_by_role("button", name="Insert a block").first).click()
    page.get_by_role("option", name="Text", exact=True).click()
    page.locator("[data-contentpath=body] [contenteditable=true]").first.fill("It began with a comma.")
    guide.publish()


@walk("add-an-opportunity")
def add_an_opportunity(guide: Walk) -> None:
    page = guide.page
    guide.begin()
    guide.add_below("Opportunities").click()
    guide.step(page.locator("#id_title")).fill("Summer internship: maps for the blind")
    page.locator("#id_employer").fill("Lantern Maps")
    guide.step(page.locator("#id_lede")).fill("Twelve weeks with people who walk every street they draw.")
    guide.write_day(guide.step(page.locator("#id_last_day")), "2027-03-01")
    page.locator("#id_apply_link").fill("mailto:jobs@lantern-maps.example")
    guide.publish()
