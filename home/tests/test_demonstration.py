"""The club's part of the demonstration, made once for all that look at it."""

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from home import registry
from home.demo import make_demo
from home.demo_pages import PAGES
from home.first_content import ensure_first_content
from home.first_small_print import PAGES as SMALL_PRINT
from home.models import HomePage, OutsideProgramPage, StandardPage
from home.registry import EventRow, Offer
from home.tests.markup import Markup, breaches, facts, head, of_type, seen

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SITE = "https://wits.example"


@pytest.fixture(scope="module")
def club(django_db_setup, django_db_blocker):
    """It lies in a transaction around those of the tests, so a test that changes something takes back only that."""
    with django_db_blocker.unblock(), transaction.atomic():
        ensure_first_content()
        make_demo()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = SITE


def test_every_page_of_the_demonstration_is_whole(client, club):
    everything = Page.objects.filter(depth__gt=1).specific()
    pages = [page for page in everything if not isinstance(page, OutsideProgramPage)]
    assert len(pages) >= len(PAGES) + 9
    descriptions = set()
    for page in pages:
        html = client.get(page.url).content.decode()
        markup = Markup(html)
        assert breaches(html) == [], page
        assert len(markup.all("h1")) == 1
        assert markup.words["title"][0].endswith(" | WITS")
        assert markup.all("a")[0]["href"] == "#main"
        assert [m["id"] for m in markup.all("main")] == ["main"]
        assert markup.all("html")[0]["lang"] == "en-CA"
        assert len([sheet for sheet in markup.all("link") if sheet.get("rel") == "stylesheet"]) == 1
        for image in markup.all("img"):
            assert image["alt"] is not None
            assert image["width"]
            assert image["height"]
        descriptions.add(next(meta["content"] for meta in markup.all("meta") if meta.get("name") == "description"))
    assert len(descriptions) == len(pages)


def test_a_demonstration_made_twice_is_made_once(client, club):
    first = client.get("/").content
    make_demo()
    assert client.get("/").content == first
    assert StandardPage.objects.count() == len(PAGES) + len(SMALL_PRINT)


def test_bands_never_repeat_an_edge(client, club):
    context = client.get("/").context_data
    edges = [band["wave"] for band in context["bands"]] + [context["footer_wave"]]
    assert len(edges) == 6
    assert all(one != next_one for one, next_one in zip(edges, edges[1:], strict=False))


def test_the_home_page_shows_what_other_rooms_register(client, club, monkeypatch):
    row = EventRow("Tea & cake", "/tea/", timezone.now(), "6:00 pm, here", tag="12 places", tag_colour="yellow")
    monkeypatch.setattr(registry, "_upcoming", [lambda request, limit: [row] * limit])
    monkeypatch.setattr(registry, "_offers", [lambda: [Offer("$15", "a year", "Everything.")]])
    html = client.get("/").content.decode()
    assert html.count("Tea &amp; cake") == 3
    assert "12 places" in html
    assert "$15" in html


def test_without_events_or_levels_the_home_page_says_so_or_nothing(client, club, monkeypatch):
    monkeypatch.setattr(registry, "_upcoming", [])
    monkeypatch.setattr(registry, "_offers", [])
    html = client.get("/").content.decode()
    assert "Nothing on the calendar right now" in html
    assert 'class="offers"' not in html


def test_the_full_home_page_stays_within_its_queries(client, club, django_assert_max_num_queries):
    client.get("/")
    with django_assert_max_num_queries(13):
        client.get("/")


def test_every_page_of_the_demonstration_has_its_own_title_and_address(client, club):
    said = [head(seen(client, page.url)) for page in [HomePage.objects.get(), *StandardPage.objects.all()]]
    for what in ("title", "canonical", "description", "og:title"):
        assert len({page[what] for page in said}) == len(said), what


def test_the_home_page_tells_who_the_club_is(client, club):
    things = facts(seen(client, "/"))
    (organization,) = of_type(things, "Organization")
    assert organization["name"] == "Women in Technology Society"
    assert organization["url"] == f"{SITE}/"
    assert organization["logo"] == f"{SITE}/static/images/icon-512.png"
    assert organization["address"]["streetAddress"] == "1151 Richmond St London, ON N6A 3K7"
    (site,) = of_type(things, "WebSite")
    assert site["publisher"] == {"@id": organization["@id"]}
    assert of_type(things, "BreadcrumbList") == []
