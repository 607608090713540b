"""What stands on every page."""

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
    guide.step(page.get_by_role("button", name="Save", exact=True)).click()
    expect(page.locator(".messages .success")).to_be_visible()


@walk("change-the-menu")
def change_the_menu(guide: Walk) -> None:
    page = guide.page
    guide.begin()
    guide.step(guide.menu("Settings", "The site")).click()
    guide.step(page.get_by_role("tab", name="Menu")).click()
    guide.step(page.get_by_role("tab", name="Footer")).click()
    guide.step(page.get_by_role("button", name="Save", exact=True)).click()
    expect(page.locator(".messages .success")).to_be_visible()
