"""What search engines, networks and browsers are told of each page, and nothing of pages kept for some."""

import json
from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone
from PIL import Image
from wagtail.models import PageViewRestriction

from home.machines.head import before_turned, turned
from home.machines.structured import json_ld
from home.models import SiteSettings
from home.tests.factories import PersonFactory, RoleFactory, StandardPageFactory, TeamPageFactory
from home.tests.markup import facts, head, of_type, seen

pytestmark = pytest.mark.any_database

SITE = "https://wits.example"


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = SITE


def test_a_page_has_one_address_whatever_a_link_to_it_carried(client, home):
    StandardPageFactory(slug="about")
    said = head(seen(client, "/about/?utm_source=instagram&fbclid=x"))
    assert said["canonical"] == said["og:url"] == f"{SITE}/about/"


def test_a_page_says_what_a_shared_link_shows(client, home):
    StandardPageFactory(title="About us", seo_title="About WITS", slug="about", lede="We keep the door open.")
    said = head(seen(client, "/about/"))
    assert said["title"] == "About WITS | WITS"
    assert said["og:title"] == "About WITS"
    assert said["description"] == said["og:description"] == "We keep the door open."
    assert said["og:type"] == "website"
    assert said["og:site_name"] == "Women in Technology Society"
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["og:image:alt"]
    assert said["twitter:card"] == "summary_large_image"


def test_a_page_without_words_has_the_sites_description(client, home):
    StandardPageFactory(slug="bare")
    assert head(seen(client, "/bare/"))["description"] == SiteSettings.load().description


HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    'Say "hi" & \\ bye',
    "]]>",
    "\u2028\u2029",
    "😀 שלום",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_breaks_out_of_the_facts(client, home, title):
    parent = StandardPageFactory(title=title, slug="above")
    StandardPageFactory(title=title, slug="below", parent=parent)
    html = seen(client, "/above/below/")
    (trail,) = of_type(facts(html), "BreadcrumbList")
    assert [step["name"] for step in trail["itemListElement"]] == ["WITS", title, title]
    assert "alert(1)</script>" not in html


@pytest.mark.parametrize("text", HOSTILE)
def test_facts_are_written_so_that_nothing_in_them_ends_them(text):
    written = json_ld([{"name": text}])
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written)["@graph"] == [{"name": text}]


def test_the_clubs_pages_elsewhere_are_named_and_what_is_empty_is_left_out(client, home):
    site = SiteSettings.load()
    site.profiles = [("profile", {"network": "instagram", "address": "https://instagram.com/wits", "label": ""})]
    site.email = site.address = ""
    site.save()
    (club,) = of_type(facts(seen(client, "/")), "Organization")
    assert club["sameAs"] == ["https://instagram.com/wits"]
    assert "email" not in club
    assert "address" not in club


def test_a_page_names_the_published_pages_above_it(client, home):
    top = StandardPageFactory(title="Programs", slug="programs")
    middle = StandardPageFactory(title="Draft", slug="draft", parent=top)
    StandardPageFactory(title="Ada", slug="ada", parent=middle)
    middle.unpublish()
    (trail,) = of_type(facts(seen(client, "/programs/draft/ada/")), "BreadcrumbList")
    steps = [(step["position"], step["name"], step["item"]) for step in trail["itemListElement"]]
    assert steps == [
        (1, "WITS", f"{SITE}/"),
        (2, "Programs", f"{SITE}/programs/"),
        (3, "Ada", f"{SITE}/programs/draft/ada/"),
    ]


def test_questions_on_a_page_are_told_as_questions(client, home):
    questions = [
        {"question": "Can I come alone?", "answer": "<p>Most people <b>do</b>, once.</p><p>Really.</p>"},
        {"question": "Free?", "answer": "<p>5 &lt; 6</p>"},
    ]
    StandardPageFactory(slug="faq", body=[("faq", {"heading": "", "questions": questions})] * 2)
    (page,) = of_type(facts(seen(client, "/faq/")), "FAQPage")
    assert len(page["mainEntity"]) == 4
    first, second = page["mainEntity"][:2]
    assert first["name"] == "Can I come alone?"
    assert first["acceptedAnswer"]["text"] == "Most people do, once. Really."
    assert second["acceptedAnswer"]["text"] == "5 < 6"


def test_a_past_team_is_a_page_of_its_own(client, home, time_machine):
    time_machine.move_to("2026-10-01T12:00-04:00")
    TeamPageFactory()
    RoleFactory(year=2026)
    RoleFactory(year=2024, person=PersonFactory(name="Ada Ray"))
    said = head(seen(client, "/team/2024-25/"))
    assert said["canonical"] == f"{SITE}/team/2024-25/"
    assert said["og:title"] == "The team 2024–25"
    assert said["title"] == "The team 2024–25 | WITS"


def test_a_page_of_a_list_says_which_it_is():
    assert (turned(1), turned(None), turned("3")) == ("", "", "")
    assert turned(3) == ", page 3"
    assert before_turned(3) == "Page 3: "


@pytest.mark.parametrize("path", ["/no-such-page/", "/search/?q=x"])
def test_what_is_no_page_has_no_facts_and_is_not_to_be_found(client, home, path):
    html = client.get(path).content.decode()
    assert "ld+json" not in html
    assert head(html)["robots"] == "noindex"
    assert head(html)["canonical"] is None


# The map of the site.

LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def the_map(client):
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    urls = ET.fromstring(response.content)  # noqa: S314 - our own
    return {url.find(f"{LOCATION}loc").text: getattr(url.find(f"{LOCATION}lastmod"), "text", None) for url in urls}


def test_the_map_names_what_any_visitor_may_see_and_when_it_changed(client, home):
    page = StandardPageFactory(slug="about")
    page.save_revision().publish()
    StandardPageFactory(slug="draft", live=False)
    private = StandardPageFactory(slug="members")
    StandardPageFactory(slug="below", parent=private)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    found = the_map(client)
    assert {f"{SITE}/", f"{SITE}/about/"} <= set(found)
    assert not [url for url in found if "draft" in url or "members" in url or "below" in url]
    page.refresh_from_db()
    assert datetime.fromisoformat(found[f"{SITE}/about/"]) == page.last_published_at


def test_the_map_names_past_teams(client, home, time_machine):
    time_machine.move_to("2026-10-01T12:00-04:00")
    TeamPageFactory()
    RoleFactory(year=2026)
    RoleFactory(year=2024)
    assert {f"{SITE}/team/", f"{SITE}/team/2024-25/"} <= set(the_map(client))
    assert f"{SITE}/team/2026-27/" not in the_map(client)


def test_the_map_asks_the_database_no_more_for_more_pages(client, home, django_assert_max_num_queries):
    TeamPageFactory()
    StandardPageFactory.create_batch(2)
    client.get("/sitemap.xml")
    with django_assert_max_num_queries(8) as few:
        client.get("/sitemap.xml")
    StandardPageFactory.create_batch(30)
    with django_assert_max_num_queries(len(few)):
        client.get("/sitemap.xml")


# Small files at fixed addresses.


def test_robots_are_told_where_the_map_is_and_what_to_leave_alone(client, home):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /search/", "Disallow: /me/"} <= set(lines)
    assert "Disallow: /" not in lines
    assert lines[-1] == f"Sitemap: {SITE}/sitemap.xml"


def test_a_rehearsal_is_to_be_left_alone(client, home, settings):
    settings.SEARCH_ENGINES = False
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"


def test_whoever_finds_a_hole_is_told_whom_to_write_to(client, home):
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    said = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert said["Contact"] == "mailto:wits.uwo@gmail.com"
    assert said["Canonical"] == f"{SITE}/.well-known/security.txt"
    left = datetime.fromisoformat(said["Expires"]) - timezone.now()
    assert timedelta(days=170) < left < timedelta(days=365), "RFC 9116: less than a year"
    SiteSettings.objects.update(email="")
    assert f"Contact: {SITE}/\n" in client.get("/.well-known/security.txt").content.decode()


def test_a_home_screen_gets_the_clubs_name_and_icons(client, home):
    said = client.get("/manifest.webmanifest")
    assert said["Content-Type"] == "application/manifest+json"
    assert (said.json()["name"], said.json()["short_name"]) == ("Women in Technology Society", "WITS")
    assert {icon["purpose"] for icon in said.json()["icons"]} == {"any", "maskable"}
    for icon in said.json()["icons"]:
        with Image.open(finders.find(icon["src"].removeprefix("/static/"))) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]
    assert 'rel="manifest" href="/manifest.webmanifest"' in client.get("/").content.decode()


@pytest.mark.parametrize(
    "path", ["/robots.txt", "/sitemap.xml", "/manifest.webmanifest", "/.well-known/security.txt"]
)
def test_nobody_can_post_to_them(client, home, path):
    assert client.post(path).status_code == 405
