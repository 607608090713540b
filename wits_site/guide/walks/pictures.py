"""Pictures and albums."""

from playwright.sync_api import FilePayload, expect

from wits_site.guide.registry import walk
from wits_site.guide.walking import Walk, photo
from wits_site.screenshots import SECONDS_A_PERSON_NEEDS


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
    guide.step(page.locator(".drop-zone"))
    page.locator("#fileupload").set_input_files(list(files))
    expect(page.get_by_role("button", name="Update", exact=True)).to_have_count(len(files))


@walk("make-an-album")
def make_an_album(guide: Walk) -> None:
    page = guide.page
    guide.open("/admin/images/")
    upload(guide, photo("coffee", "#f4d089"), photo("crowd", "#f2d0c8"))
    for number, shows in enumerate(("Coffee in a tall glass", "Forty people at long tables")):
        form = page.locator("#upload-list form").nth(number)
        form.locator("[name$=description]").fill(shows)
        form.locator("[name$=credit]").fill("Photo by Robin Castellane")
    guide.step(page.locator("#upload-list form [name$=credit]").first)
    for left in (2, 1):
        page.get_by_role("button", name="Update", exact=True).first.click()
        expect(page.get_by_role("button", name="Update", exact=True)).to_have_count(left - 1)
    guide.add_below("Albums").click()
    guide.step(page.locator("#id_title")).fill("Coffee chats, first round")
    guide.step(page.get_by_role("button", name="Add photo")).click()
    window = page.locator(".modal-content")
    for number in range(2):
        window.get_by_role("checkbox").nth(number).check()
    guide.step(window.get_by_role("button", name="Confirm selection")).click()
    expect(window).to_have_count(0)
    guide.publish()


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
