"""What stands on every page."""

import re

from playwright.sync_api import expect

from wits_site.guide.registry import walk
from wits_site.guide.walking import Walk


@walk("announce-something")
def announce_something(guide: Walk) -> None:
    page = guide.page
    guide.begin()
    guide.step(guide.menu("Settings", "The site")).click()
    guide.step(page.get_by_role("tab", name="Announcement")).click()
    guide.step(page.locator("#id_announcement")).fill("Apply for Ada until Friday")
    guide.write_day(guide.step(page.locator("#id_announcement_until")), "2027-02-12 18:00")
    guide.step(page.get_by_role("button", name="Save", exact=True)).click()
    expect(page.locator(".messages .success")).to_be_visible()


@walk("change-the-menu")
def change_the_menu(guide: Walk) -> None:
    page = guide.page
    guide.begin()
    guide.step(guide.menu("Settings", "The site")).click()
    guide.step(page.get_by_role("tab", name="Menu")).click()
    page.get_by_role("button", name="Insert a block").locator("visible=true").last.click()
    entry = page.locator("[name^=menu-][name$=value-text]").last
    entry.fill("Albums")
    guide.step(entry.locator("xpath=ancestor::section[1]").get_by_role("button", name="Choose a page")).click()
    window = page.locator(".modal-content")
    window.get_by_role("textbox").fill("albums")
    window.get_by_role("link", name=re.compile("Albums")).first.click()
    expect(window).to_have_count(0)
    guide.step(page.get_by_role("tab", name="Footer")).click()
    guide.step(page.get_by_role("button", name="Save", exact=True)).click()
    expect(page.locator(".messages .success")).to_be_visible()
    guide.open("/")
    expect(page.get_by_role("banner").get_by_role("link", name="Albums", exact=True).first).to_be_attached()
