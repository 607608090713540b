"""The menu, the footer and the join button are the executives' to set."""

import pytest
from django.core.exceptions import ValidationError

from home.links import LinkBlock, OptionalLinkBlock
from home.models import SiteSettings
from home.site_settings import LEADS_TO_ITSELF
from home.tests.factories import StandardPageFactory
from home.tests.markup import Markup


def link(text, page=None, address=""):
    return {"text": text, "page": page, "address": address}


@pytest.fixture
def site(home):
    return SiteSettings.load()


def menu_of(html):
    nav = html[html.index('id="menu"') : html.index("</nav>", html.index('id="menu"'))]
    return Markup(f"<nav {nav}")


def test_pages_and_outside_links_stand_in_their_order(client, site):
    page = StandardPageFactory(title="About", slug="about")
    site.menu = [("link", link("SheHacks", address="https://shehacks.example")), ("link", link("Who we are", page))]
    site.save()
    found = menu_of(client.get("/").content.decode()).links()
    assert list(found.items()) == [("SheHacks", "https://shehacks.example"), ("Who we are", "/about/")]


def test_a_link_follows_a_page_that_is_renamed_and_goes_with_one_that_is_unpublished(client, site):
    page = StandardPageFactory(slug="about")
    site.menu = [("link", link("About", page)), ("link", link("Shop", address="https://shop.example"))]
    site.save()
    page.slug = "who-we-are"
    page.save()
    assert menu_of(client.get("/").content.decode()).links()["About"] == "/who-we-are/"
    page.unpublish()
    assert menu_of(client.get("/").content.decode()).links() == {"Shop": "https://shop.example"}
    page.delete()
    assert menu_of(client.get("/").content.decode()).links() == {"Shop": "https://shop.example"}


def test_the_page_one_is_on_is_marked(client, site):
    page = StandardPageFactory(slug="about")
    site.menu = [("link", link("About", page)), ("link", link("Home", site_home(page)))]
    site.save()
    marked = [a for a in menu_of(client.get("/about/").content.decode()).all("a") if "aria-current" in a]
    assert [a["href"] for a in marked] == ["/about/"]


@pytest.mark.parametrize("address", ["#menu", "#about"])
def test_a_menu_that_points_to_itself_is_refused_with_what_to_do(site, address):
    site.menu = [("link", link("Shop", address="https://shop.example")), ("link", link("More", address=address))]
    with pytest.raises(ValidationError) as refused:
        site.full_clean()
    assert refused.value.message_dict["menu"] == [LEADS_TO_ITSELF.format("More")]


def site_home(page):
    return page.get_parent()


def test_a_menu_opens_without_a_script(client, site):
    site.menu = [("link", link("Shop", address="https://shop.example"))]
    site.save()
    markup = Markup(client.get("/").content.decode())
    assert {"id": "menu", "popover": None}.items() <= markup.all("nav")[0].items()
    assert markup.all("button")[0]["popovertarget"] == "menu"


def test_without_a_menu_there_is_no_button_that_opens_nothing(client, home):
    assert Markup(client.get("/").content.decode()).all("button") == []


def test_the_join_button_leads_to_the_page_that_is_set_and_is_absent_without_one(client, site):
    site.join_page = None
    site.save()
    assert "Join" not in Markup(client.get("/").content.decode()).links()
    site.join_page = StandardPageFactory(slug="come-in")
    site.join_label = "Come in"
    site.save()
    assert Markup(client.get("/").content.decode()).links()["Come in"] == "/come-in/"
    assert "Come in" not in Markup(client.get("/come-in/").content.decode()).links()


def test_the_footer_says_what_the_settings_say(client, site):
    site.footer = [("column", {"title": "Elsewhere", "links": [link("Instagram", address="https://i.example")]})]
    site.email = "hello@wits.example"
    site.address = "1 Main St\nLondon"
    site.footer_note = "<b>Made</b> by members"
    site.save()
    html = client.get("/").content.decode()
    assert Markup(html).links()["Instagram"] == "https://i.example"
    assert 'href="mailto:hello@wits.example"' in html
    assert "1 Main St<br>London" in html
    assert "&lt;b&gt;Made&lt;/b&gt; by members" in html


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "www.example.com", "ht tp://x"])
def test_an_address_that_is_none_is_refused(home, address):
    with pytest.raises(ValidationError):
        LinkBlock().clean(LinkBlock().to_python(link("Go", address=address)))


def test_a_link_has_one_end(home):
    block = LinkBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python(link("Go")))
    with pytest.raises(ValidationError):
        block.clean(block.normalize(link("Go", home, "https://x.example")))
    assert block.clean(block.normalize(link("Go", address="https://x.example"))).url == "https://x.example"


def test_no_link_is_fine_where_links_are_optional(home):
    block = OptionalLinkBlock()
    assert block.clean(block.normalize(link(""))).url == ""
    with pytest.raises(ValidationError):
        block.clean(block.normalize(link("Go")))
