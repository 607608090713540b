"""Executives find every block explained, and every page of the demonstration opens in the editor."""

import html
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.blocks import ListBlock, StructBlock

from home.blocks import HOME_BANDS, PAGE_BODY
from home.models import HomePage, StandardPage
from home.tests.factories import StandardPageFactory
from home.wagtail_hooks import stay_in_the_site

pytestmark = pytest.mark.any_database

BLOCKS = dict(HOME_BANDS) | dict(PAGE_BODY)


@pytest.fixture
def executive(client, django_user_model, home):
    user = django_user_model.objects.create_superuser(username="exec", email="e@wits.example", password="x" * 14)
    client.force_login(user)
    return client


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_has_an_icon_and_says_what_it_is_for(name):
    block = BLOCKS[name]
    assert block.meta.icon != "placeholder"
    assert len(block.get_description()) > 20


# What a preview shows of these is drawn: there may be no photo or file to show yet.
DRAWN = {"picture": "Photo by Robin Castellane", "gallery": "What it looked like", "file": "Résumé template"}


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_shows_itself_before_it_is_chosen(executive, name):
    block = BLOCKS[name]
    page = HomePage if name in dict(HOME_BANDS) else StandardPage
    field = page._meta.get_field("bands" if page is HomePage else "body")
    block = field.stream_block.child_blocks[name]
    response = executive.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200
    assert "css/site.css" in response.content.decode()
    assert words_of_preview(name, block) in html.unescape(response.content.decode())


def words_of_preview(name, block):
    """The first words a preview must show; the divider has none, but its picture."""
    if name in DRAWN:
        return DRAWN[name]
    shown = block.get_preview_value()
    if not hasattr(shown, "get"):
        return "Bring a laptop"
    return "ripple" if name == "wave" else str(shown.get("heading") or shown.get("words") or shown["title"])[:10]


def leaves(block):
    if isinstance(block, StructBlock):
        for child in block.child_blocks.values():
            yield from leaves(child)
    elif isinstance(block, ListBlock):
        yield from leaves(block.child_block)
    else:
        yield block


@pytest.mark.parametrize("name", BLOCKS)
def test_every_text_has_an_end(name):
    for leaf in leaves(BLOCKS[name]):
        if type(leaf).__name__ in {"CharBlock", "TextBlock"}:
            assert leaf.field.max_length, f"{name}: {leaf.name}"


def test_the_settings_open_and_the_dashboard_says_where_to_begin(executive):
    settings_url = reverse("wagtailsettings:edit", args=["home", "sitesettings"])
    assert executive.get(settings_url, follow=True).status_code == 200
    dashboard = executive.get(reverse("wagtailadmin_home")).content.decode()
    assert "What would you like to do?" in dashboard
    assert settings_url in dashboard
    assert "What’s new in Wagtail" not in dashboard
    assert f'href="{reverse("guide:index")}"' in dashboard
    assert "editor guide" not in dashboard
    assert dashboard.index("What would you like to do?") < dashboard.index("What needs attention")


def test_finding_another_page_begins_among_the_pages_of_the_site(executive, home):
    inside = reverse("wagtailadmin_explore", args=[home.pk])
    assert f'href="{inside}"' in executive.get(reverse("wagtailadmin_home")).content.decode()
    assert "above the whole site" not in executive.get(inside).content.decode()


@pytest.mark.parametrize(("pressed", "stays"), [("action-publish", True), ("action-submit", False)])
def test_whoever_published_the_first_page_goes_on_in_the_site(rf, home, pressed, stays):
    answer = stay_in_the_site(rf.post("/", {pressed: "1"}), home)
    assert (answer.url if answer else None) == (reverse("wagtailadmin_explore", args=[home.pk]) if stays else None)
    below = StandardPageFactory(parent=home)
    assert stay_in_the_site(rf.post("/", {pressed: "1"}), below) is None


def test_a_page_whose_headline_does_not_say_what_it_is_is_found_by_its_plain_name(executive, home):
    page = StandardPageFactory(parent=home, title="They pay for the pizza", seo_title="Partners")
    call_command("update_index", stdout=StringIO())
    assert page.get_admin_display_title() == "They pay for the pizza (Partners)"
    assert StandardPageFactory(parent=home, title="Contact").get_admin_display_title() == "Contact"
    chooser = executive.get(reverse("wagtailadmin_choose_page_search"), {"q": "partn"})
    assert "They pay for the pizza (Partners)" in chooser.content.decode()
