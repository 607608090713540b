"""Prices, mails and members."""

import re

from playwright.sync_api import expect

from wits_site.guide.registry import walk
from wits_site.guide.walking import Walk


@walk("change-the-price")
def change_the_price(guide: Walk) -> None:
    price_becomes(guide, "18.00")


def price_becomes(guide: Walk, price: str) -> None:
    """The walk, to any price."""
    page = guide.page
    guide.begin()
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
    guide.begin()
    guide.step(guide.menu("Members", "Mail texts")).click()
    guide.step(page.get_by_role("link", name="Welcome", exact=True)).click()
    guide.step(page.locator("#id_subject")).fill("You’re in. Welcome to WITS!")
    guide.step(page.get_by_role("button", name="Save", exact=True)).click()
    expect(page.locator(".messages .success")).to_be_visible()
    guide.step(page.get_by_role("button", name=re.compile("^Send me a test"))).click()
    expect(page.locator(".messages .success")).to_contain_text("on its way")


@walk("find-a-member")
def find_a_member(guide: Walk) -> None:
    page = guide.page
    add_by_hand(Walk(page, guide.site, "before"), "Juno", "Adeyemi", "juno.adeyemi@uwo.ca")
    guide.begin()
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
