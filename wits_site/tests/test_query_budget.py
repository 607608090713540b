"""What a visit asks of the database: at most fifteen questions, none twice, however much there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, get_page_models

from wits_site.tests.plenty import THIS_YEAR, Plenty

MOST = 15
# Addresses that are no page's own.
MORE = [
    "/events/?page=2",
    f"/team/{THIS_YEAR - 1}-{THIS_YEAR % 100}/",
    "/stories/podcast/",
    "/stories/feed/",
    "/opportunities/internship/",
    "/opportunities/feed/",
    "/search/",
    "/sitemap.xml",
    "/manifest.webmanifest",
    "/no-such-page/",
]


def one_page_of_each_type():
    """The first published page of each type, by the type's name; and every page that is the only one of its kind."""
    pages = Page.objects.filter(live=True, depth__gt=1).order_by("path").specific()
    found = {}
    for page in pages[:200]:
        found.setdefault(type(page), page.url)
    return found


def asked(client, url):
    """What one visit asks; the first one may fill caches that outlive it."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code in {200, 302, 404}, url
    return [query["sql"] for query in queries]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="both are asked the same; making 500 takes long")
def test_no_page_asks_more_for_five_hundred_than_for_ten(client, db, time_machine):
    time_machine.move_to(f"{THIS_YEAR}-10-01T12:00-04:00")
    plenty = Plenty().of(10)
    urls = [*one_page_of_each_type().values(), plenty.album.url, plenty.links.url, *MORE]
    few = {url: asked(client, url) for url in urls}
    for url, queries in few.items():
        assert len(queries) <= MOST, f"{url} asks {len(queries)} questions:\n" + "\n".join(queries)
        assert len(queries) == len(set(queries)), f"{url} asks something twice:\n" + "\n".join(sorted(queries))
    plenty.of(500)
    many = {url: len(asked(client, url)) for url in urls}
    assert many == {url: len(queries) for url, queries in few.items()}


def test_every_type_of_page_is_opened(db):
    Plenty().of(1)
    assert set(one_page_of_each_type()) == {model for model in get_page_models() if model is not Page}, (
        "A new type of page: make some of it in plenty.py, so that what it asks is counted."
    )
