"""Forty of everything or nothing at all, endless words, pictures and pages that are gone: every page stands it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from wagtail.documents.models import Document
from wagtail.models import Page

from home.models import Picture
from wits_site.tests.filling import Filling
from wits_site.tests.plenty import THIS_YEAR, Plenty
from wits_site.tests.reading.opening import complaints

pytestmark = pytest.mark.django_db

TORONTO = ZoneInfo("America/Toronto")
LONG = "A sentence that somebody who had a lot to say, and said it all at once, wrote in a box meant for three. " * 4
UNBROKEN = "Donaudampfschifffahrtsgesellschaft" * 10
EMOJI = "👩🏽‍💻🎉🏳️‍🌈" * 30
MORE = [
    "/search/?q=x",
    "/stories/podcast/",
    "/stories/feed/",
    "/sitemap.xml",
    f"/team/{THIS_YEAR - 1}-{THIS_YEAR % 100}/",
]


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """A site with forty of everything; each test takes back what it changes."""
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        time_machine.travel(datetime(THIS_YEAR, 10, 1, 12, tzinfo=TORONTO), tick=False),
    ):
        plenty = Plenty().of(40)
        plenty.points_at = {
            Picture: Picture.objects.order_by("pk").first().pk,
            Page: plenty.links.pk,
            Document: Document.objects.create(title="A file", file="documents/a.pdf").pk,
        }
        yield plenty
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(datetime(THIS_YEAR, 10, 1, 12, tzinfo=TORONTO), tick=False)


def addresses(site):
    """One page of each type, a gallery, many links, and what is no page."""
    pages = Page.objects.filter(live=True, depth__gt=1).order_by("path").specific()
    first = {}
    for page in pages:
        first.setdefault(type(page), page.url)
    return [*first.values(), site.album.url, site.links.url, *MORE]


@pytest.mark.parametrize("words", [LONG, UNBROKEN, EMOJI], ids=["long", "unbroken", "emoji"])
def test_pages_stand_any_words_in_every_field(client, site, words):
    Filling(words, f"<p>{words}</p>", many=40, points_at=site.points_at).everywhere()
    wrong = complaints(client, addresses(site))
    assert not wrong, wrong


@pytest.mark.parametrize("gone", [{}, {Picture: 10**6, Page: 10**6, Document: 10**6}], ids=["nothing chosen", "gone"])
def test_pages_stand_blocks_that_hold_and_lead_to_nothing(client, site, gone):
    Filling("", "<p></p>", many=2, address="", points_at=gone).everywhere()
    Page.objects.filter(depth__gt=1).update(title="x")
    wrong = complaints(client, addresses(site))
    assert not wrong, wrong
