"""How each subject of the guide is done, step by step, as its words say. An Owner is signed in."""

import re
import time
from collections.abc import Callable

from playwright.sync_api import expect

from wits_site.guide.walking import Walk
from wits_site.screenshots import SECONDS_A_PERSON_NEEDS

# To read all links of the demonstration.
SECONDS_A_WORKER_NEEDS = 60

WALKS: dict[str, Callable[[Walk], None]] = {}


def walk(slug: str) -> Callable[[Callable[[Walk], None]], Callable[[Walk], None]]:
    """Make it the walk of the subject `slug`."""

    def register(function: Callable[[Walk], None]) -> Callable[[Walk], None]:
        WALKS[slug] = function
        return function

    return register


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


@walk("add-an-event")
def add_an_event(guide: Walk) -> None:
    page = guide.page
    guide.open("/admin/")
    guide.step(guide.menu("Events")).click()
    page.get_by_role("link", name="Add child page").click()
    guide.step(page.locator("#id_title")).fill("Build your first keyboard")
    page.locator("#id_summary").fill("Forty switches, one soldering iron, and something to take home.")
    guide.step(page.locator("#id_starts_at")).fill("2027-02-11 18:00")
    page.locator("#id_ends_at").fill("2027-02-11 20:00")
    page.keyboard.press("Escape")
    page.locator("#id_place").fill("Thompson Engineering Building, room 37")
    guide.step(page.locator("#id_drawing")).select_option(index=2)
    guide.publish()
    guide.open("/events/")
    expect(page.locator("main")).to_contain_text("Build your first keyboard")


@walk("new-team")
def new_team(guide: Walk) -> None:
    page = guide.page
    guide.open("/admin/")
    guide.step(guide.menu("Team", "Roles by year")).click()
    guide.step(page.get_by_role("link", name="Make next year’s team")).click()
    guide.step(page.get_by_role("button", name=re.compile("^Make .* free slots"))).click()
    guide.step(page.get_by_role("link", name="Co-President").first).click()
    guide.step(page.get_by_role("button", name=re.compile("^Choose"))).click()
    page.locator(".modal-body tbody a").first.click()
    expect(page.locator(".modal-body")).to_have_count(0)
    guide.step(page.get_by_role("button", name="Save", exact=True)).click()
    expect(page.locator(".messages .success")).to_be_visible()


@walk("build-a-form")
def build_a_form(guide: Walk) -> None:
    page = guide.page
    guide.open("/admin/")
    page.get_by_role("link", name="Find another page").click()
    page.get_by_role("link", name=re.compile("^Explore child pages")).first.click()
    guide.step(page.get_by_role("link", name="Add child page").first).click()
    guide.step(page.get_by_role("link", name=re.compile("^Form")).first).click()
    guide.step(page.locator("#id_title")).fill("Lend a hand at SheHacks")
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
    guide.open("/admin/")
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


@walk("change-the-price")
def change_the_price(guide: Walk) -> None:
    price_becomes(guide, "18.00")


def price_becomes(guide: Walk, price: str) -> None:
    """The walk, to any price."""
    page = guide.page
    guide.open("/admin/")
    guide.step(guide.menu("Members", "Levels")).click()
    guide.step(page.get_by_role("link", name="WITS member", exact=True)).click()
    guide.step(page.locator("#id_price_cents")).fill(price)
    guide.step(page.get_by_role("button", name="Save", exact=True)).click()
    expect(page.locator(".messages .success")).to_be_visible()
    guide.open("/join/")
    guide.step(page.get_by_text(f"${price}".removesuffix(".00"), exact=True).first)


@walk("change-a-mail")
def change_a_mail(guide: Walk) -> None:
    page = guide.page
    guide.open("/admin/")
    guide.step(guide.menu("Members", "Mail texts")).click()
    guide.step(page.get_by_role("link", name="Welcome", exact=True)).click()
    guide.step(page.locator("#id_subject")).fill("You’re in. Welcome to WITS!")
    guide.step(page.get_by_role("button", name="Save", exact=True)).click()
    expect(page.locator(".messages .success")).to_be_visible()
    page.get_by_role("link", name="Welcome", exact=True).click()
    guide.step(page.get_by_role("button", name=re.compile("^Send me a test"))).click()
    expect(page.locator(".messages .success")).to_be_visible()


@walk("find-a-member")
def find_a_member(guide: Walk) -> None:
    page = guide.page
    add_by_hand(Walk(page, guide.site, "before"), "Juno", "Adeyemi", "juno.adeyemi@uwo.ca")
    guide.open("/admin/")
    guide.step(guide.menu("Members", "Members")).click()
    guide.step(page.locator("main").get_by_role("textbox")).fill("adeyemi")
    guide.step(page.locator("main").get_by_role("link", name="Juno Adeyemi").first).click()
    expect(page.locator("main")).to_contain_text("What happened")


@walk("add-a-member-by-hand")
def add_a_member_by_hand(guide: Walk) -> None:
    add_by_hand(guide, "Wren", "Castellanos", "wren.castellanos@uwo.ca")


def add_by_hand(guide: Walk, first_name: str, last_name: str, email: str) -> None:
    """The walk, for anybody."""
    page = guide.page
    guide.open("/admin/members/")
    guide.step(page.get_by_role("link", name="Add by hand")).click()
    page.locator("#id_first_name").fill(first_name)
    page.locator("#id_last_name").fill(last_name)
    guide.step(page.locator("#id_email")).fill(email)
    page.locator("#id_level_0").check()
    page.locator("#id_way_0").check()
    page.locator("#id_amount").fill("15.00")
    page.locator("#id_received_by").fill("Noor, at the booth")
    page.locator("#id_note").fill("Clubs week, paid in coins.")
    guide.step(page.get_by_role("button", name="Look at it once more")).click()
    guide.step(page.get_by_role("button", name=re.compile("^Add"))).click()
    expect(page.locator(".messages .success")).to_be_visible()


@walk("announce-something")
def announce_something(guide: Walk) -> None:
    page = guide.page
    guide.open("/admin/")
    guide.step(guide.menu("Settings", "The site")).click()
    guide.step(page.get_by_role("tab", name="Announcement")).click()
    guide.step(page.locator("#id_announcement")).fill("Apply for Ada until Friday")
    guide.step(page.get_by_role("button", name="Save", exact=True)).click()
    expect(page.locator(".messages .success")).to_be_visible()


@walk("change-the-menu")
def change_the_menu(guide: Walk) -> None:
    page = guide.page
    guide.open("/admin/")
    guide.step(guide.menu("Settings", "The site")).click()
    guide.step(page.get_by_role("tab", name="Menu")).click()
    guide.step(page.get_by_role("tab", name="Footer")).click()
    guide.step(page.get_by_role("button", name="Save", exact=True)).click()
    expect(page.locator(".messages .success")).to_be_visible()


@walk("what-needs-attention")
def what_needs_attention(guide: Walk) -> None:
    page = guide.page
    guide.open("/admin/")
    guide.step(page.get_by_role("heading", name="What needs attention"))
    guide.step(page.get_by_role("link", name=re.compile("has no logo")).first).click()
    expect(page.locator("#id_name")).to_be_visible()
    guide.open("/admin/")
    lines = page.get_by_role("link", name=re.compile("has no logo"))
    words = lines.first.inner_text()
    guide.step(page.get_by_role("button", name=f"Not now: {words}")).click()
    expect(page.get_by_role("link", name=words)).to_have_count(0)


@walk("mend-a-broken-link")
def mend_a_broken_link(guide: Walk) -> None:
    page = guide.page
    partner = _break_a_link(guide)
    guide.step(guide.menu("Reports", "Broken links")).click()
    guide.step(page.get_by_role("link", name=f"Partner: {partner}")).click()
    guide.step(page.locator("#id_link")).fill("https://example.com/")
    guide.step(page.get_by_role("button", name="Save", exact=True)).click()
    expect(page.locator(".messages .success")).to_be_visible()


def _break_a_link(guide: Walk) -> str:
    """Let a partner's link lead nowhere, and the worker find it. Returns the partner's name."""
    page = guide.page
    guide.open("/admin/snippets/home/partner/")
    page.locator("main tbody .title a").first.click()
    partner = page.locator("#id_name").input_value()
    page.locator("#id_link").fill(f"{guide.site}/was-here-once/")
    page.get_by_role("button", name="Save", exact=True).click()
    guide.open("/admin/reports/broken-links/")
    page.get_by_role("button", name="Check all again now").click()
    deadline = time.monotonic() + SECONDS_A_WORKER_NEEDS
    found = page.get_by_role("link", name=f"Partner: {partner}")
    while not found.count() and time.monotonic() < deadline:
        page.wait_for_timeout(500)
        page.reload()
    return partner
