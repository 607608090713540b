"""Pictures and albums."""

import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import FilePayload, Locator, Page, expect

from wits_site.guide.registry import walk
from wits_site.guide.walking import Walk, photo
from wits_site.screenshots import SECONDS_A_PERSON_NEEDS

# The photos of an evening, uploaded at once.
MANY = 6


@walk("add-a-picture")
def add_a_picture(guide: Walk) -> None:
    page = guide.page
    guide.begin()
    guide.step(guide.menu("Images")).click()
    upload(guide, photo("sunset", "#e68976"))
    guide.step(page.locator("textarea[name$=description], input[name$=description]").first).fill(
        "The sun goes down over the river"
    )
    page.get_by_role("button", name="Update", exact=True).click()
    expect(page.locator(".upload-success")).to_be_visible()
    guide.menu("Images").click()
    guide.step(page.get_by_role("link", name="sunset").first).click()
    guide.step(page.locator(".focal-point-chooser, .image-container").first)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messages .success")).to_be_visible()


def upload(guide: Walk, *files: FilePayload) -> None:
    """A step of its own: several files at once."""
    page = guide.page
    page.get_by_role("link", name="Add an image").first.click()
    zone = guide.step(page.locator(".drop-zone"))
    if len(files) > 1:
        drop(zone, files)
    else:
        page.locator("#fileupload").set_input_files(files)
    _all_uploaded(page, len(files))


def drop(zone: Locator, files: Sequence[FilePayload]) -> None:
    """Drag files from a folder, and let go of them in the middle of it. It answers once they were all read."""
    place = zone.bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
    where = {"x": place["x"] + place["width"] / 2, "y": place["y"] + place["height"] / 2}
    with TemporaryDirectory() as folder:
        paths = [Path(folder, file["name"]) for file in files]
        for path, file in zip(paths, files, strict=True):
            path.write_bytes(file["buffer"])
        carried = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
        browser = zone.page.context.new_cdp_session(zone.page)
        for happens in ("dragEnter", "dragOver", "drop"):
            browser.send("Input.dispatchDragEvent", {"type": happens, "data": carried, **where})
        _all_uploaded(zone.page, len(files))
        browser.detach()


def _all_uploaded(page: Page, number: int) -> None:
    expect(page.get_by_role("button", name="Update", exact=True)).to_have_count(number, timeout=30_000)


@walk("make-an-album")
def make_an_album(guide: Walk) -> None:
    page = guide.page
    guide.open("/admin/images/")
    upload(guide, *(photo(f"crowd {number}", "#f4d089") for number in range(1, MANY + 1)))
    guide.step(page.get_by_label("Credit for all of them")).fill("Photo by Robin Castellane")
    for number in range(MANY):
        page.locator("#upload-list [name$=description]").nth(number).fill(f"Table {number + 1}, with forty people")
    page.get_by_role("button", name="Update all").click()
    _all_uploaded(page, 0)
    guide.add_below("Albums").click()
    title = guide.named("Coffee chats, first round")
    guide.step(page.locator("#id_title")).fill(title)
    guide.step(page.get_by_role("button", name="Add photo")).click()
    window = page.locator(".modal-content")
    for number in range(MANY):
        window.get_by_role("checkbox").nth(number).check()
    guide.step(window.get_by_role("button", name="Confirm selection")).click()
    expect(window).to_have_count(0)
    guide.publish()
    guide.open("/albums/")
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("img", name=re.compile("^Table .*, with forty people"))).to_have_count(MANY)
    expect(page.locator("main")).to_contain_text("Photo by Robin Castellane")


@walk("photo-taken-down")
def photo_taken_down(guide: Walk) -> None:
    page = guide.page
    _take_one_down(guide)
    guide.begin()
    guide.step(guide.menu("Settings", "Photos taken down")).click()
    guide.step(page.locator("main tbody a").first).click()
    guide.step(page.get_by_role("link", name="To the picture"))
    page.get_by_role("button", name="Show it again").click()
    expect(page.locator(".messages .success")).to_be_visible()


def _take_one_down(guide: Walk) -> None:
    """As somebody in it would."""
    page = guide.page
    guide.open("/albums/")
    page.locator("main .card__title a").first.click()
    page.get_by_role("link", name="I’m in this").first.click()
    page.wait_for_timeout(SECONDS_A_PERSON_NEEDS * 1000)
    page.locator("#take-down button[type=submit]").click()
    expect(page.locator("#take-down")).to_have_count(0)
