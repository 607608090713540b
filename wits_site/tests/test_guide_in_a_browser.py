"""Every subject of the guide, walked as its steps say: all on a laptop, the most needed ones on a phone.

One browser window for each, signed in once: a window for each walk would load the whole admin anew.
"""

import sqlite3

import pytest

from desk.guide.contents import SUBJECTS
from wits_site.guide.walking import PHONE, WINDOW, Walk
from wits_site.guide.walks import WALKS
from wits_site.tests.browser import assert_accessible, troubles_of
from wits_site.tests.journeys import mails_to, sign_in
from wits_site.tests.live import until

pytestmark = pytest.mark.browser

ON_A_PHONE = (
    "change-words",
    "add-an-event",
    "change-the-price",
    "change-a-mail",
    "new-team",
    "build-a-form",
    "read-answers",
)
ON_A_LAPTOP_ALONE = ("add-an-opportunity", "make-an-album")
# The screens of these that are ours, and no page editor of Wagtail's; each is read by axe once.
OURS = ("/admin/guide/", "/admin/levels/", "/admin/mail-texts/", "/admin/answers/", "/next-team/")
# And the editors with most of ours in them.
EDITORS = ("/add/home/formpage/", "/add/home/opportunitypage/", "/add/home/albumpage/")


@pytest.fixture(autouse=True, scope="module")
def as_it_was(live, tmp_path_factory):
    """Other journeys find the site as it was before these."""
    database, copy = live.data / "site.sqlite3", tmp_path_factory.mktemp("as-it-was") / "site.sqlite3"
    _copy(database, copy)
    [(last,)] = live.rows("SELECT max(year) FROM home_role")
    yield last
    until(lambda: not live.rows("SELECT 1 FROM outbox_delivery WHERE state = 'running'"))
    _copy(copy, database)


def _copy(from_path, to_path):
    with sqlite3.connect(from_path, timeout=20) as there, sqlite3.connect(to_path, timeout=20) as here:
        there.backup(here)


def _window(browser, browser_context_args, live, size):
    context = browser.new_context(**browser_context_args, viewport=size)
    page = context.new_page()
    page.troubles = troubles_of(page)
    sign_in(page, live)
    return page


@pytest.fixture(scope="module")
def laptop(browser, browser_context_args, live):
    page = _window(browser, browser_context_args, live, WINDOW)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def phone(browser, browser_context_args, live):
    page = _window(browser, browser_context_args, live, PHONE)
    yield page
    page.context.close()


def walked(page, live, slug, last, look=lambda page: None):
    page.troubles.clear()
    if slug == "new-team":
        _forget_next_team(live, last)
    guide = Walk(page, live.site, slug, look=look)
    WALKS[slug](guide)
    assert guide.steps == len(SUBJECTS[slug].steps)
    assert page.troubles == []


def reading(live, parts):
    """What axe reads on the way: each address with one of these parts, once."""
    seen = set()

    def look(page):
        address = page.url.removeprefix(live.site).split("?")[0]
        if any(part in address for part in parts) and address not in seen:
            seen.add(address)
            assert_accessible(page)

    return look


def _forget_next_team(live, last):
    """Whoever made it before, on a phone or a laptop: a team is made once."""
    with sqlite3.connect(live.data / "site.sqlite3", timeout=20) as there:
        there.execute("DELETE FROM home_role WHERE year > ?", [last])


def tries_of(live):
    return len([mail for mail in mails_to(live, "owner@") if mail["subject"] == "You’re in. Welcome to WITS!"])


def test_every_subject_has_a_walk():
    assert set(WALKS) == set(SUBJECTS)


@pytest.mark.parametrize("slug", WALKS)
def test_the_guide_leads_where_it_says(laptop, live, as_it_was, slug):
    walked(laptop, live, slug, as_it_was, reading(live, EDITORS) if slug in ON_A_LAPTOP_ALONE else lambda page: None)


@pytest.mark.parametrize("slug", ON_A_PHONE)
def test_the_guide_leads_there_on_a_phone_too(phone, live, as_it_was, slug):
    before = tries_of(live)
    walked(phone, live, slug, as_it_was, reading(live, OURS + EDITORS))
    if slug == "change-a-mail":
        until(lambda: tries_of(live) > before, what="the test mail is in the mailbox")


def what_is_refused(live):
    """Where deleting is refused, with what to do instead; and a mail as people get it."""
    [(tier, person, mail)] = live.rows(
        "SELECT (SELECT max(tier_id) FROM home_partner), (SELECT max(person_id) FROM home_role),"
        " (SELECT id FROM outbox_mailtext WHERE key = 'welcome')"
    )
    return (
        f"/admin/snippets/home/partnertier/delete/{tier}/",
        f"/admin/snippets/home/person/delete/{person}/",
        f"/admin/mail-texts/preview/{mail}/",
    )


def test_it_reads_well_for_everybody(phone, live):
    guides = ("/admin/guide/", "/admin/guide/?q=zebra", "/admin/guide/change-the-price/")
    for address in (*guides, *what_is_refused(live), "/admin/", "/admin/reports/broken-links/"):
        phone.goto(f"{live.site}{address}")
        assert_accessible(phone)
