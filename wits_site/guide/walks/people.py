"""The team, the partners, and forms."""

import re

from playwright.sync_api import expect

from wits_site.guide.registry import walk
from wits_site.guide.walking import Walk
from wits_site.screenshots import SECONDS_A_PERSON_NEEDS


@walk("new-team")
def new_team(guide: Walk) -> None:
    page = guide.page
    guide.begin()
    guide.step(guide.menu("Team", "Roles by year")).click()
    guide.step(page.get_by_role("link", name="Make next year’s team")).click()
    guide.step(page.get_by_role("button", name=re.compile("^Make .* free slots"))).click()
    guide.step(page.get_by_role("link", name="Co-President").first).click()
    guide.step(page.get_by_role("button", name=re.compile("^Choose"))).click()
    choose_first(guide)
    guide.step(page.get_by_role("button", name="Save", exact=True)).click()
    expect(page.locator(".messages .success")).to_be_visible()


def choose_first(guide: Walk) -> None:
    """In the window that lists what there is."""
    guide.page.locator(".modal-body tbody a").first.click()
    expect(guide.page.locator(".modal-body")).to_have_count(0)


@walk("add-a-partner")
def add_a_partner(guide: Walk) -> None:
    page = guide.page
    guide.begin()
    guide.step(guide.menu("Partners", "Partners")).click()
    guide.step(page.get_by_role("link", name="Add partner")).click()
    guide.step(page.locator("#id_name")).fill("Lantern Maps")
    guide.step(page.get_by_role("button", name="Choose tier")).click()
    choose_first(guide)
    guide.write_day(guide.step(page.locator("#id_until")), "2027-04-30")
    guide.step(page.get_by_role("button", name="Save", exact=True)).click()
    expect(page.locator(".messages .success")).to_be_visible()


@walk("build-a-form")
def build_a_form(guide: Walk) -> None:
    page = guide.page
    guide.open("/admin/")
    page.get_by_role("link", name="Find another page").click()
    guide.step(page.get_by_role("link", name="Add child page").first).click()
    guide.step(page.get_by_role("link", name=re.compile("^Form")).first).click()
    guide.step(page.locator("#id_title")).fill(guide.named("Lend a hand at SheHacks"))
    page.locator("#id_lede").fill("Four hours, a T-shirt, and the best seat in the house.")
    page.locator("#id_questions-0-label").fill("Your name")
    guide.step(page.get_by_role("button", name="Add question")).click()
    page.locator("#id_questions-1-label").fill("Which hours could you come?")
    guide.step(page.get_by_role("tab", name="When")).click()
    guide.publish()


@walk("read-answers")
def read_answers(guide: Walk) -> None:
    page = guide.page
    _send_feedback(guide)
    guide.begin()
    guide.step(guide.menu("Answers")).click()
    guide.step(page.locator("main tbody a").first).click()
    page.go_back()
    page.locator("main header").get_by_role("button", name="Actions").click()
    guide.step(page.get_by_role("link", name="Download XLSX"))


def _send_feedback(guide: Walk) -> None:
    """As a visitor would."""
    page = guide.page
    guide.open("/feedback/")
    for box in page.locator("main textarea, main input[type=text], main input[type=email]").all():
        if box.is_visible():
            kind = box.get_attribute("autocomplete")
            box.fill("wren.castellanos@uwo.ca" if kind == "email" else "The cookies were very good.")
    for name in {box.get_attribute("name") for box in page.locator("main input[type=radio]").all()}:
        page.locator(f"main input[name={name}]").first.check()
    page.wait_for_timeout(SECONDS_A_PERSON_NEEDS * 1000)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/thanks/")
