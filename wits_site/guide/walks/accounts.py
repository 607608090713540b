"""Who may sign in."""

from playwright.sync_api import expect

from wits_site.guide.registry import walk
from wits_site.guide.walking import Walk


@walk("invite-an-executive")
def invite_an_executive(guide: Walk) -> None:
    invite(guide, "Juno", guide.named("juno"))


def invite(guide: Walk, first_name: str, mailbox: str) -> None:
    """The walk, for anybody."""
    page = guide.page
    guide.begin()
    guide.step(guide.menu("Settings", "Accounts")).click()
    guide.step(page.get_by_role("link", name="Invite somebody")).click()
    page.locator("#id_first_name").fill(first_name)
    page.locator("#id_last_name").fill("Adeyemi")
    guide.step(page.locator("#id_email")).fill(f"{mailbox.replace(', by ', '-')}@wits.example")
    guide.step(page.get_by_label("Editor: every page")).check()
    guide.write_day(page.locator("#id_access_until"), "2027-04-30")
    guide.step(page.get_by_role("button", name="Create", exact=True)).click()
    expect(page.locator(".messages .success")).to_be_visible()


@walk("take-away-access")
def take_away_access(guide: Walk) -> None:
    _open_account_of(guide, "Rowan")
    guide.step(guide.page.get_by_role("button", name="End access")).click()
    expect(guide.page.locator(".messages .success")).to_contain_text("Access ended")


@walk("lost-phone")
def lost_phone(guide: Walk) -> None:
    _open_account_of(guide, "Wren")
    guide.step(guide.page.get_by_role("button", name="Send a new invitation")).click()
    expect(guide.page.locator(".messages .success")).to_contain_text("new invitation")


def _open_account_of(guide: Walk, first_name: str) -> None:
    """Two steps: the list, and the name of somebody who was invited before."""
    invite(Walk(guide.page, guide.site, "before"), first_name, first_name.lower())
    guide.begin()
    guide.step(guide.menu("Settings", "Accounts")).click()
    guide.step(guide.page.get_by_role("link", name=f"{first_name} Adeyemi")).click()


@walk("new-people-with-a-key")
def new_people_with_a_key(guide: Walk) -> None:
    page = guide.page
    guide.begin()
    guide.step(guide.menu("Settings", "Accounts")).click()
    guide.step(page.get_by_role("link", name="Invite somebody"))
    page.get_by_role("link", name="Mika Castellane").click()
    guide.write_day(guide.step(page.locator("#id_access_until")), "2027-04-30")
    guide.step(page.get_by_role("button", name="Save", exact=True)).click()
    expect(page.locator(".messages .success")).to_be_visible()
