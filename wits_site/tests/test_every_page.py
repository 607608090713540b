"""Every page of the demonstration, and every address that one of them leads to, as a visitor gets it.

Pages are found in the tree and by following links, never by a list: a new kind of page is looked at by itself.
"""

import json
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from django.conf import settings
from django.urls import reverse
from wagtail.models import Page

from events.models import EventPage
from home.models import Person, StoryPage
from wits_site.tests.reading import naming, nesting, telling
from wits_site.tests.reading.structure import lacking
from wits_site.tests.reading.tree import Document
from wits_site.tests.reading.visits import (
    address_of,
    addresses_in_xml,
    fixed_addresses,
    is_a_file,
    is_there,
    visit,
    walk,
)

pytestmark = pytest.mark.django_db

# What visitors meet besides pages: a search, one in vain, one of too much, links that are too old, no page at all.
BESIDES = [
    "/search/?q=code",
    "/search/?q=zebra",
    "/search/?q=%3Cb%3E+%26+%22tea%22",
    "/membership/confirm/too-old/",
    "/membership/cancelled/too-old/",
    "/welcome/?session_id=cs_test_unknown",
    "/no-such-page/",
    "/no/such/page?at=all",
]
MOST_QUERIES = 15
# Previews of mails, which have their styles on their elements.
MAILS = {"mail", "stranger"}
# Only for makers, only for programs, only to be sent to, or a page that says what is wrong.
MAY_ANSWER = {200, 301, 302, 400, 403, 404, 405, 410}


@pytest.fixture(scope="module")
def pages(demonstration):
    """Every page that is published."""
    return list(Page.objects.live().filter(depth__gt=1).specific())


@pytest.fixture(scope="module")
def seen(pages):
    """Every address as a visitor got it, by address; opened once for all tests of this module."""
    from django.test import Client  # noqa: PLC0415 - the fixture `client` is made for one test

    return walk(Client(), [*(page.url for page in pages), *fixed_addresses(), *BESIDES])


@pytest.fixture
def documents(seen):
    """Those of the addresses that are HTML."""
    return {address: found for address, found in seen.items() if found.is_html}


@pytest.fixture
def shown(pages, seen):
    """Those of the pages that stand on this site: some only lead to another one."""
    return [page for page in pages if not leads_elsewhere(seen[page.url])]


def leads_elsewhere(visited):
    return visited.status == 302 and visited.led_to.startswith("https://") and not address_of(visited.led_to)


def wrong(documents, rule):
    """What a rule finds in them, a line each with its address."""
    return "\n".join(f"{address}: {it}" for address, visited in documents.items() for it in rule(visited.document))


def test_the_demonstration_is_a_club_that_could_open_tomorrow(pages):
    assert len(pages) >= 30
    assert Person.objects.count() >= 40
    assert EventPage.objects.live().count() >= 20
    assert StoryPage.objects.live().count() >= 8


def test_every_page_answers_or_leads_to_another_site(pages, seen):
    answers = {page.url: (seen[page.url].status, seen[page.url].is_html) for page in pages}
    leading = {url for url in answers if leads_elsewhere(seen[url])}
    assert {url: answer for url, answer in answers.items() if answer != (200, True)}.keys() == leading


def test_what_is_no_page_answers_as_it_should(pages, seen):
    others = set(seen) - {page.url for page in pages}
    assert {address: seen[address].status for address in others if seen[address].status not in MAY_ANSWER} == {}
    assert seen["/no-such-page/"].status == 404
    assert seen["/search/?q=code"].status == 200


def test_html_is_what_the_standard_asks(documents):
    assert wrong(documents, nesting.complaints) == ""


def test_ids_names_and_labels_are_whole(documents):
    assert wrong(documents, naming.complaints) == ""


def test_every_page_says_what_it_is_and_shows_no_trace_of_a_program(documents):
    assert wrong(documents, telling.complaints) == ""


def test_titles_and_descriptions_tell_pages_apart(shown, seen):
    titles, descriptions = {}, {}
    for page in shown:
        document = seen[page.url].document
        titles.setdefault(document.all("title")[0].text, []).append(page.url)
        descriptions.setdefault(document.meta("description"), []).append(page.url)
    assert {title: urls for title, urls in titles.items() if len(urls) > 1} == {}
    assert {words: urls for words, urls in descriptions.items() if len(urls) > 1} == {}


def test_every_page_names_its_one_address(shown, documents):
    for page in shown:
        canonical = documents[page.url].document.link("canonical")
        assert canonical == settings.SITE_URL + page.url, page.url
    for address, visited in documents.items():
        canonical = visited.document.link("canonical")
        if visited.document.meta("robots") == "noindex":
            continue
        assert visited.status == 200, f"{address} is an error that search engines would keep"
        assert canonical, f"{address} names no address"
        assert documents[address_of(canonical)].document.link("canonical") == canonical, address


def test_every_link_leads_to_a_page_that_is_there(documents, seen):
    broken = {}
    for address, visited in documents.items():
        for one, link in visited.links:
            own = address_of(urldefrag(link).url)
            if own in {"", address}:
                continue
            if not (is_there(own) if is_a_file(own) else seen[own].status == 200 or leads_elsewhere(seen[own])):
                broken.setdefault(own, []).append(f"{address} {one}")
    assert broken == {}


def test_every_link_into_a_page_leads_to_a_place_that_is_there(documents):
    broken = [
        f"{address}: {one}"
        for address, visited in documents.items()
        for one, link in visited.links
        if (place := unquote(urlsplit(link).fragment))
        and (own := address_of(urldefrag(link).url)) in documents
        and place not in documents[own].document.ids
    ]
    assert broken == []


def test_links_elsewhere_are_whole_and_plain(documents):
    schemes = {
        urlsplit(link).scheme for visited in documents.values() for _, link in visited.links if not address_of(link)
    }
    assert schemes <= {"https", "mailto", "tel"}


def test_everything_a_page_loads_is_ours_and_there(client, documents):
    missing, opened = {}, {}
    for address, visited in documents.items():
        for one, link in visited.resources:
            own = address_of(urldefrag(link).url)
            if own not in opened:
                opened[own] = bool(own) and (is_there(own) if is_a_file(own) else visit(client, own).status == 200)
            if not opened[own]:
                missing.setdefault(link, []).append(f"{address} {one}")
    assert missing == {}
    assert len(opened) > 20, "pages have pictures, a stylesheet and fonts"


def test_shared_pictures_are_ours_and_there(documents):
    for address, visited in documents.items():
        picture = visited.document.meta("og:image")
        assert picture is None or is_there(address_of(picture)), address
        assert picture or visited.document.meta("robots") == "noindex", address


def test_maps_and_feeds_lead_to_pages_that_are_there(seen):
    told = {address: visited for address, visited in seen.items() if "xml" in visited.kind}
    assert told, "there is a feed at least"
    for address, visited in told.items():
        for link in addresses_in_xml(visited.content):
            own = address_of(urldefrag(link).url)
            assert not own or seen[own].status == 200, f"{address}: {link}"


def graphs(document):
    """What a page tells machines."""
    scripts = [one for one in document.all("script") if one.get("type") == "application/ld+json"]
    return [json.loads("".join(one.content)) for one in scripts]


def test_structured_data_has_what_a_search_engine_requires(documents):
    kinds = set()
    for address, visited in documents.items():
        for told in graphs(visited.document):
            assert told["@context"] == "https://schema.org"
            assert list(lacking(told["@graph"])) == [], address
            kinds |= {thing["@type"] for thing in told["@graph"]}
    assert {"Organization", "Event", "Article", "BreadcrumbList", "FAQPage"} <= kinds


def test_a_page_asks_the_database_little_and_nothing_twice(seen):
    asked = {address: len(visited.queries) for address, visited in seen.items()}
    assert {address: count for address, count in asked.items() if count > MOST_QUERIES} == {}
    assert {address: visited.asked_twice for address, visited in seen.items() if visited.asked_twice} == {}


def test_no_visit_changes_anything(seen):
    begins = ("INSERT", "UPDATE", "DELETE")
    assert {a: v.queries for a, v in seen.items() if any(sql.startswith(begins) for sql in v.queries)} == {}


def test_every_page_can_be_previewed_in_each_of_its_ways(pages):
    for page in pages:
        draft = page.get_latest_revision_as_object() if page.latest_revision_id else page
        for mode, label in draft.preview_modes or [("", "")]:
            answer = draft.make_preview_request(preview_mode=mode)
            assert answer.status_code == 200, f"{page.url} as {label}"
            answer = getattr(answer, "render", lambda answer=answer: answer)()
            if mode in MAILS:
                continue
            document = Document(answer.content.decode())
            for rule in (nesting, naming, telling):
                assert list(rule.complaints(document)) == [], f"{page.url} as {label}"


def test_an_executive_sees_the_draft_of_each_kind_of_page(admin_client, pages):
    for page in {type(page): page for page in pages}.values():
        answer = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
        assert answer.status_code == 200, page
        assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
