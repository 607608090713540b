"""Header and footer read what they need once, and lead only to pages that any visitor may see."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction

from home.models import SiteSettings
from home.profiles import ProfileBlock
from home.site_settings import MENU_LETTERS
from home.tests.factories import StandardPageFactory
from home.tests.frames import fill_the_frame, link
from home.tests.markup import Markup

pytestmark = pytest.mark.any_database

PLACES = ("In the menu", "In the footer", "In the bar", "On the button")


def places(client):
    """Which of the four places of the frame have a link, and where it leads."""
    links = Markup(client.get("/").content.decode()).links()
    return {place: links[place] for place in PLACES if place in links}


def test_a_page_is_linked_from_all_four_places(client, home):
    fill_the_frame(StandardPageFactory(slug="about"))
    assert places(client) == dict.fromkeys(PLACES, "/about/")


def test_a_page_that_is_not_published_is_linked_from_none(client, home):
    page = StandardPageFactory(slug="about")
    fill_the_frame(page)
    page.unpublish()
    assert places(client) == {}
    assert "We moved." in client.get("/").content.decode(), "only its link is gone"


def test_a_page_that_is_deleted_is_linked_from_none(client, home):
    page = StandardPageFactory(slug="about")
    fill_the_frame(page)
    page.delete()
    assert places(client) == {}


@pytest.mark.parametrize("closed", ["the page", "the page above it"])
def test_a_page_kept_for_some_visitors_is_linked_from_none(client, home, closed):
    above = StandardPageFactory(slug="members")
    page = StandardPageFactory(slug="about", parent=above)
    fill_the_frame(page, StandardPageFactory(slug="open"))
    PageViewRestriction.objects.create(
        page=page if closed == "the page" else above,
        restriction_type=PageViewRestriction.PASSWORD,
        password="tea",
    )
    assert places(client) == {}
    assert "Other 0" in client.get("/").content.decode(), "others are not closed with it"


def test_a_column_of_the_footer_without_a_link_that_leads_somewhere_is_left_out(client, home):
    page = StandardPageFactory(slug="about")
    fill_the_frame(page)
    assert '<nav aria-label="More">' not in client.get("/").content.decode()
    page.unpublish()
    assert '<nav aria-label="The club">' not in client.get("/").content.decode()


def test_the_frame_is_two_queries_however_much_it_links(client, home, django_assert_num_queries):
    def asked():
        with django_assert_num_queries(6) as queries:
            client.get("/")
        sql = [query["sql"] for query in queries.captured_queries]
        assert len(set(sql)) == len(sql), "none is asked twice"
        return [query for query in sql if "home_sitesettings" in query or '."url_path"' in query.split(" FROM ")[0]]

    fill_the_frame(StandardPageFactory(slug="about"))
    client.get("/")
    few = asked()
    fill_the_frame(StandardPageFactory(), *(StandardPageFactory() for _ in range(8)))
    assert len(asked()) == len(few)


def test_a_frame_around_no_page_at_all_is_whole(client, home):
    fill_the_frame(StandardPageFactory(slug="about"))
    assert "In the footer" in client.get("/no-such-page/").content.decode()


def test_a_menu_that_does_not_fit_in_one_line_is_refused(home):
    site = SiteSettings.load()
    site.menu = [("link", link("Seven letters"[:8], address="/x/")) for _ in range(6)]
    site.join_label = "J" * (MENU_LETTERS - 48)
    site.full_clean()
    site.join_label += "!"
    with pytest.raises(ValidationError, match="does not fit in one line"):
        site.full_clean()


def test_the_clubs_pages_elsewhere_stand_in_the_footer_under_their_names(client, home):
    site = SiteSettings.load()
    site.profiles_title = "Find us"
    site.profiles = [
        ("profile", {"network": "instagram", "address": "https://www.instagram.com/wits/"}),
        ("profile", {"network": "other", "address": "https://shop.example/", "label": "Our <shop>"}),
    ]
    site.save()
    html = client.get("/").content.decode()
    links = Markup(html).links()
    assert (links["Instagram"], links["Our <shop>"]) == ("https://www.instagram.com/wits/", "https://shop.example/")
    assert 'aria-label="Find us"' in html


@pytest.mark.parametrize(
    ("network", "address"),
    [
        ("instagram", "https://instagram.com.evil.example/wits"),
        ("linkedin", "https://www.instagram.com/wits"),
        ("facebook", "https://notfacebook.com/wits"),
        ("other", "https://shop.example/"),
        ("instagram", "javascript:alert(1)"),
    ],
)
def test_an_address_of_another_network_is_refused(network, address):
    block = ProfileBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"network": network, "address": address, "label": ""}))


@pytest.mark.parametrize("address", ["https://ca.linkedin.com/company/wits", "https://linkedin.com/company/wits"])
def test_a_countrys_own_host_is_that_network_too(address):
    block = ProfileBlock()
    assert block.clean(block.to_python({"network": "linkedin", "address": address, "label": ""})).name == "LinkedIn"


def test_the_street_leads_to_a_map_where_there_is_one(client, home):
    assert "Find us on the map" not in client.get("/").content.decode()
    SiteSettings.objects.update(map_link="https://www.openstreetmap.org/?mlat=43&mlon=-81")
    links = Markup(client.get("/").content.decode()).links()
    assert links["Find us on the map"] == "https://www.openstreetmap.org/?mlat=43&mlon=-81"
