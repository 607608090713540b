"""What visitors see when a page is not there, or something broke."""

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from home.errors.settings import BROKEN_TITLE
from home.errors.views import broken
from home.errors.writing import broken_page, file_of_broken_page, write_broken_page
from home.models import SiteSettings
from home.tests.factories import StandardPageFactory
from home.tests.frames import link
from home.tests.markup import Markup, breaches

pytestmark = pytest.mark.any_database


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_a_missing_page_has_the_sites_frame_and_a_way_on(client, home):
    response = client.get("/no-such-page/")
    html = response.content.decode()
    markup = Markup(html)
    assert response.status_code == 404
    assert len(markup.all("h1")) == 1
    assert markup.links()["Take me home"] == "/"
    assert "</footer>" in html
    assert [form["action"] for form in markup.all("form")] == ["/search/"]
    assert '<meta name="robots" content="noindex">' in html
    assert breaches(html) == []


def test_its_words_and_links_are_the_executives(client, home):
    page = StandardPageFactory(slug="about")
    site = SiteSettings.load()
    site.missing_title, site.missing_text = "Gone *fishing*, <sorry>", "Try & search."
    site.missing_links = [("link", link("About us", page)), ("link", link("Shop", address="https://shop.example"))]
    site.home_label = "Back"
    site.save()
    html = client.get("/no-such-page/").content.decode()
    assert "<title>Gone fishing, &lt;sorry&gt; | WITS</title>" in html
    assert "Try &amp; search." in html
    assert {"About us": "/about/", "Shop": "https://shop.example", "Back": "/"}.items() <= Markup(
        html
    ).links().items()
    page.unpublish()
    assert "About us" not in Markup(client.get("/no-such-page/").content.decode()).links()


@pytest.mark.parametrize("path", ["/no/such/page/", "/static/missing.css", "/no-such-page", "/%00/", "/\u202e/"])
def test_whatever_is_not_there_is_a_404(client, home, path):
    assert client.get(path, follow=True).status_code == 404


def test_a_missing_page_asks_little_and_nothing_twice(client, home, django_assert_max_num_queries):
    client.get("/no-such-page/")
    with django_assert_max_num_queries(8) as queries:
        client.get("/no-such-page/")
    sql = [query["sql"] for query in queries.captured_queries]
    assert len(set(sql)) == len(sql)


def test_a_broken_page_needs_neither_database_nor_cache_nor_request(monkeypatch):
    monkeypatch.setattr(cache, "get", lambda *args, **kwargs: pytest.fail("the cache was asked"))
    response = broken(RequestFactory().get("/"))  # no database here: pytest-django refuses one
    html = response.content.decode()
    assert response.status_code == 500
    assert BROKEN_TITLE in html
    assert "/static/css/site.css" in html
    assert breaches(html) == []
    assert broken(None).content == response.content


def test_saving_the_settings_writes_the_page(home, uploads, django_capture_on_commit_callbacks):
    site = SiteSettings.load()
    site.broken_title, site.broken_text, site.email = "Oh <no>", "We are on it.", "help@wits.example"
    with django_capture_on_commit_callbacks(execute=True):
        site.save()
        assert not file_of_broken_page().exists(), "not before it counts"
    html = broken(None).content.decode()
    assert file_of_broken_page().read_text() == html
    assert "<h1>Oh &lt;no&gt;</h1>" in html
    assert "We are on it." in html
    assert 'href="mailto:help@wits.example"' in html
    assert BROKEN_TITLE not in html
    assert [file.name for file in file_of_broken_page().parent.iterdir()] == ["500.html"], "nothing half made"
    assert file_of_broken_page().stat().st_mode & 0o044 == 0o044, "nginx may read it"


@pytest.mark.parametrize("harm", ["missing", "empty", "no text", "a folder"])
def test_a_file_that_is_no_page_is_made_up_for(uploads, harm):
    file = file_of_broken_page()
    file.parent.mkdir()
    if harm == "empty":
        file.write_text("")
    elif harm == "no text":
        file.write_bytes(b"\xff\xfe\x00")
    elif harm == "a folder":
        file.mkdir()
    assert broken(None).content.decode() == broken_page()


def test_a_disk_that_refuses_the_page_stops_nobody(uploads, caplog):
    (uploads / "errors").write_text("in the way")
    write_broken_page(SiteSettings())
    assert "could not be written" in caplog.text


def test_a_view_that_fails_gets_the_written_page(home, monkeypatch):
    site = SiteSettings.load()
    site.broken_title = "Ours"
    write_broken_page(site)
    monkeypatch.setattr("home.search.views.find", lambda *args: 1 / 0)
    response = Client(raise_request_exception=False).get("/search/")
    assert response.status_code == 500
    assert "<h1>Ours</h1>" in response.content.decode()


@pytest.mark.parametrize("name", ["look-at-missing", "look-at-broken"])
def test_staff_can_look_at_both_and_visitors_cannot(client, admin_client, home, name):
    url = reverse(f"home:{name}")
    assert client.get(url).status_code == 404
    seen = admin_client.get(url)
    assert seen.status_code == 200
    assert len(Markup(seen.content.decode()).all("h1")) == 1
    assert seen["X-Robots-Tag"] == "noindex"
