"""The addresses of the site before this one answer: themselves, or by leading on for good."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from events.models import EventsIndexPage
from events.tests.factories import the_events_page
from home import old_paths
from home.models import StandardPage
from home.tests.factories import StandardPageFactory
from membership.models import JoinPage
from wits_site import demo
from wits_site.first_content import make_first_content

OLD = ["about", "initiatives", "ada", "blog", "events", "partners", "membership", "success", "cancel"]


@pytest.fixture
def club(db):
    """What a fresh site has, and the two pages that are renamed here."""
    make_first_content()
    the_events_page()
    StandardPageFactory(slug="about", title="About us")


def test_every_old_path_of_the_demonstration_ends_at_a_page(client, db, settings):
    settings.DEMO_SIGN_INS = False
    make_first_content()
    list(demo.make())
    for path in (f"/{name}{slash}" for name in OLD for slash in ("", "/")):
        response = client.get(path, follow=True)
        expected = 404 if "success" in path else 200  # without a payment there is nobody to welcome
        assert response.status_code == expected, path
        assert all(status == 301 for _, status in response.redirect_chain), (path, response.redirect_chain)
        assert len(response.redirect_chain) <= 2, (path, response.redirect_chain)


def test_what_stripe_was_told_comes_along(client, club):
    response = client.get("/success/?session_id=cs_test_1&x=%20y")
    assert response.status_code == 301
    assert response["Location"] == "/welcome/?session_id=cs_test_1&x=%20y"


def test_an_old_path_follows_a_page_that_is_called_otherwise_now(client, club):
    Page.objects.filter(pk=EventsIndexPage.objects.get().pk).update(slug="whats-on", url_path="/home/whats-on/")
    response = client.get("/events/")
    assert (response.status_code, response["Location"]) == (301, "/whats-on/")
    assert response["Cache-Control"] == "max-age=86400", "not for ever: a page may stand there again"


def test_a_page_at_an_old_path_answers_itself(client, club):
    StandardPageFactory(slug="cancel", title="How to cancel")
    assert client.get("/cancel/").status_code == 200


def test_a_redirect_that_an_executive_made_comes_first(client, club):
    Redirect.objects.create(old_path="/cancel", redirect_link="/about/", is_permanent=False)
    assert client.get("/cancel/")["Location"] == "/about/"


def test_renaming_a_page_leaves_its_old_address_leading_to_it(client, club, django_capture_on_commit_callbacks):
    child = StandardPageFactory(parent=StandardPage.objects.get(slug="about"), slug="history")
    page = StandardPage.objects.get(slug="about")
    page.slug = "who-we-are"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    for old, new in [("/about/", "/who-we-are/"), ("/about/history/", "/who-we-are/history/")]:
        response = client.get(old)
        assert (response.status_code, response["Location"].removeprefix("http://testserver")) == (301, new)
    with django_capture_on_commit_callbacks(execute=True):
        StandardPage.objects.get(pk=child.pk).move(page.get_parent(), pos="last-child")
    assert client.get("/who-we-are/history/")["Location"].removeprefix("http://testserver") == "/history/"


def test_without_the_page_an_old_path_is_a_404_and_never_a_loop(client, club):
    JoinPage.objects.get().unpublish()
    assert client.get("/membership/").status_code == 404
    assert client.get("/cancel/").status_code == 404
    assert client.post("/success/").status_code == 404
    assert client.get("/cancel/more/").status_code == 404


def test_a_kind_that_this_site_does_not_have_leads_nowhere(rf, club):
    assert old_paths.page_of("home.NoSuchPage")(rf.get("/")) == ""
    assert old_paths.new_place(rf.get("/unknown/")) == ""
