"""Every subject of the guide, walked as its steps say, on a laptop; the most needed ones on a phone."""

import sqlite3

import pytest

from desk.guide.contents import SUBJECTS
from wits_site.guide.walking import Walk
from wits_site.guide.walks import WALKS
from wits_site.tests.browser import assert_accessible
from wits_site.tests.journeys import mails_to, sign_in
from wits_site.tests.live import until

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True, scope="module")
def as_it_was(live, tmp_path_factory):
    """Other journeys find the site as it was before these."""
    database, copy = live.data / "site.sqlite3", tmp_path_factory.mktemp("as-it-was") / "site.sqlite3"
    _copy(database, copy)
    yield
    until(lambda: not live.rows("SELECT 1 FROM outbox_delivery WHERE state = 'running'"))
    _copy(copy, database)


def _copy(from_path, to_path):
    with sqlite3.connect(from_path, timeout=20) as there, sqlite3.connect(to_path, timeout=20) as here:
        there.backup(here)


def test_every_subject_has_a_walk():
    assert set(WALKS) == set(SUBJECTS)


@pytest.mark.parametrize("slug", WALKS)
def test_the_guide_leads_where_it_says(watched, live, slug):
    sign_in(watched, live)
    guide = Walk(watched, live.site, slug)
    WALKS[slug](guide)
    assert guide.steps == len(SUBJECTS[slug].steps)
    if slug == "change-a-mail":
        until(
            lambda: any(mail["subject"] == "You’re in. Welcome to WITS!" for mail in mails_to(live, "owner@")),
            what="the test mail is in the mailbox",
        )


def test_it_reads_well_for_everybody(watched, live):
    sign_in(watched, live)
    guides = ("/admin/guide/", "/admin/guide/?q=zebra", "/admin/guide/change-the-price/")
    for address in (*guides, "/admin/", "/admin/reports/broken-links/"):
        watched.goto(f"{live.site}{address}")
        assert_accessible(watched)
