"""A fresh site: what a visitor finds before anybody has touched it, and what stays as executives left it."""

import pytest
from wagtail.models import Page

from home.first_small_print import PAGES, ensure_small_print, small_print
from home.home_page import HomePage
from home.site_settings import SiteSettings
from home.standard_page import StandardPage
from membership.models import JoinPage
from wits_site import demo
from wits_site.first_content import make_first_content

pytestmark = pytest.mark.django_db
SLUGS = ["terms", "refunds", "privacy"]


@pytest.fixture
def fresh():
    """As after the very first `migrate`."""
    SiteSettings.objects.all().delete()
    Page.objects.filter(depth=2).first().delete()
    make_first_content()
    return HomePage.objects.get()


def test_a_fresh_site_has_home_join_and_small_print(fresh, client):
    for address in ("/", "/join/", *(f"/{slug}/" for slug in SLUGS)):
        assert client.get(address).status_code == 200, address
    assert client.get("/nothing/").status_code == 404


def test_a_visitor_finds_the_small_print_in_the_footer_and_beside_the_form(fresh, client):
    foot = client.get("/").content.decode().partition("<footer")[2]
    assert all(f'href="/{slug}/"' in foot for slug in SLUGS)
    form = client.get("/join/").content.decode().partition("<form")[2].partition("</form>")[0]
    assert 'href="/terms/"' in form
    assert 'href="/refunds/"' in form


def test_every_link_of_the_small_print_leads_somewhere_on_a_fresh_site(fresh, client):
    for page in small_print():
        for link in page.body.raw_data:
            for address in _addresses(link["value"]["text"]):
                assert address.startswith("mailto:") or client.get(address).status_code == 200, address


def _addresses(html):
    return [part.partition('"')[0] for part in html.split('href="')[1:]]


def test_its_pages_can_be_saved_by_who_edits_them(fresh):
    for page in small_print():
        page.full_clean()
        assert page.latest_revision is not None, "history leads back to the words it came with"


def test_what_executives_took_away_or_rewrote_stays_so(fresh):
    privacy = StandardPage.objects.get(slug="privacy")
    privacy.delete()
    terms = StandardPage.objects.get(slug="terms")
    terms.title = "Our own terms"
    terms.save_revision().publish()
    join = JoinPage.objects.get()
    join.refund_page = None
    join.save()
    make_first_content()
    assert [page.slug for page in small_print()] == ["terms", "refunds"]
    assert StandardPage.objects.get(slug="terms").title == "Our own terms"
    assert JoinPage.objects.get().refund_page is None


def test_a_second_time_changes_nothing(fresh):
    before = list(Page.objects.values_list("pk", "latest_revision", "last_published_at"))
    footer = SiteSettings.load().footer.raw_data
    ensure_small_print()
    make_first_content()
    assert list(Page.objects.values_list("pk", "latest_revision", "last_published_at")) == before
    assert list(SiteSettings.load().footer.raw_data) == list(footer)


def test_a_footer_that_somebody_made_is_left_alone(fresh):
    site = SiteSettings.load()
    site.footer = [("column", {"title": "Ours", "links": []})]
    site.save()
    ensure_small_print()
    assert [column.value["title"] for column in SiteSettings.load().footer] == ["Ours"]


def test_the_first_pages_are_nobody_s_own_content(fresh):
    assert not demo.has_own_content()
    assert len(PAGES) == len(small_print())
    fresh.add_child(instance=StandardPage(title="Ours", slug="ours"))
    assert demo.has_own_content()
