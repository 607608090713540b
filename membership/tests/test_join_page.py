"""The join page as executives edit it, and what it offers."""

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import get_template
from django.test import RequestFactory

from home.first_content import ensure_first_content
from home.first_small_print import ensure_small_print
from home.registry import offers as home_offers
from home.site_settings import SiteSettings
from membership.first_content import ensure_levels
from membership.first_pages import ensure_join_page, name_small_print
from membership.models import JoinPage, Level, MembershipSettings, Perk
from membership.offers import price_words, read_seen_prices, todays_offers
from membership.placeholders import without_places

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    ensure_first_content()
    ensure_levels()
    return ensure_join_page()


def test_a_fresh_site_s_button_leads_to_the_join_page(page):
    assert SiteSettings.load().join_page_id == page.pk
    assert ensure_join_page() == page
    assert JoinPage.objects.count() == 1


def test_the_first_words_are_good_words(page):
    page.full_clean()
    for name in page.worded_fields():
        assert getattr(page, name) or name in ("seo_title", "search_description"), f"{name} begins empty"


def test_a_place_that_nothing_is_put_in_is_refused_where_it_stands(page):
    page.welcome_title = "Hello {firstname}"
    page.cancelled_title = "Nothing was paid, {first_name}"
    with pytest.raises(ValidationError) as error:
        page.full_clean()
    assert set(error.value.message_dict) == {"welcome_title", "cancelled_title"}
    assert "{first_name}" in error.value.message_dict["welcome_title"][0]


def test_every_word_a_visitor_reads_has_help_and_a_place_in_the_editor(page):
    form = JoinPage.get_edit_handler().get_form_class()
    for name in page.worded_fields():
        assert name in form.base_fields, f"{name} cannot be edited"
        assert form.base_fields[name].help_text, f"{name} has no help text"


def test_the_editor_opens_with_a_tab_for_each_step(page, admin_client):
    response = admin_client.get(f"/admin/pages/{page.pk}/edit/")
    assert response.status_code == 200
    html = response.content.decode()
    for tab in (
        "What happens next",
        "You are in",
        "Left without paying",
        "Ran out of time",
        "Check your mail",
        "Closed",
    ):
        assert tab in html


@pytest.mark.parametrize("mode", [mode for mode, _ in JoinPage.preview_modes])
def test_each_step_can_be_previewed_without_anybody_joining(page, mode):
    request = RequestFactory().get("/")
    template = get_template(page.get_preview_template(request, mode))
    html = template.render(page.get_preview_context(request, mode), request)
    assert "{first_name}" not in html
    assert "{email}" not in html
    assert "</html>" in html


def test_an_executive_s_words_are_read_on_the_next_visit(page, client):
    page.form_heading = "Come on in"
    page.save()
    assert "Come on in" in client.get("/join/").content.decode()


def test_search_engines_keep_no_date(page, client):
    html = client.get("/join/").content.decode()
    assert '<meta name="description" content="Tell us your name and your email, pick a level, done.">' in html


@pytest.mark.parametrize(
    ("title", "tab"),
    [
        ("{first_name}, you’re in.", "You’re in."),
        ("You’re in, {first_name}.", "You’re in."),
        ("Welcome {first_name}!", "Welcome!"),
        ("Nothing was paid.", "Nothing was paid."),
    ],
)
def test_the_browser_s_tab_names_nobody(title, tab):
    assert without_places(title) == tab


def test_the_small_print_is_linked_where_it_is_published(page, client):
    terms = ensure_small_print()["terms"]
    name_small_print(ensure_small_print())
    assert f'<a href="{terms.url}">Terms of membership</a>' in client.get("/join/").content.decode()
    terms.unpublish()
    assert "Terms of membership" not in client.get("/join/").content.decode()


def test_the_small_print_asks_once_for_both_pages_and_names_terms_first(page, django_assert_num_queries):
    page = name_small_print(ensure_small_print())
    with django_assert_num_queries(1):
        assert [linked.title for linked in page.small_print_pages] == ["Terms of membership", "Refund policy"]
    page.terms_page = page.refund_page
    assert len(page.small_print_pages) == 1


def test_the_home_page_hears_of_the_open_levels(page):
    assert [(offer.price, offer.what) for offer in home_offers()] == [
        ("$15", "WITS member"),
        ("Free", "General member"),
    ]
    MembershipSettings.objects.update_or_create(defaults={"joining_open": False})
    assert home_offers() == []


def test_the_table_s_columns_go_from_free_to_dear_and_close_with_their_level(page):
    assert [offer.slug for offer in todays_offers().columns] == ["general", "wits-member"]
    Level.objects.filter(slug="general").update(is_open=False)
    offers = todays_offers()
    assert [offer.slug for offer in offers.columns] == ["wits-member"]
    assert all(len(row.marks) == 1 for group in offers.perks for row in group.rows)


def test_perks_of_everyone_stand_first_and_groups_together(page):
    groups = todays_offers().perks
    assert [group.title for group in groups] == ["", "For women and non-binary students at Western"]
    assert sum(len(group.rows) for group in groups) == Perk.objects.count()


def test_without_perks_there_is_no_table(page, client):
    Perk.objects.all().delete()
    html = client.get("/join/").content.decode()
    assert "<table" not in html
    assert 'id="join-form"' in html


def test_the_table_is_read_cell_by_cell(page, client):
    html = client.get("/join/").content.decode()
    assert html.count('scope="row"') == Perk.objects.count()
    assert 'aria-label="Yes"' in html
    assert 'aria-label="No"' in html


def test_a_level_without_an_end_says_so(page):
    Level.objects.update(term=Level.Term.NONE)
    assert {offer.until for offer in todays_offers().levels} == {"No end date."}


@pytest.mark.parametrize(
    ("cents", "words"), [(0, "Free"), (1500, "$15"), (1250, "$12.50"), (50, "$0.50"), (100_000, "$1,000")]
)
def test_prices_are_written_as_people_write_them(cents, words):
    assert price_words(cents) == words


@pytest.mark.parametrize(
    ("seen", "prices"),
    [("general=0,wits-member=1500", {"general": 0, "wits-member": 1500}), ("", {}), ("a=-1,b=x,c=²,d", {})],
)
def test_prices_that_were_seen_are_read_without_trust(seen, prices):
    assert read_seen_prices(seen) == prices


def test_the_page_asks_the_database_little(page, client, django_assert_max_num_queries):
    client.get("/join/")
    with django_assert_max_num_queries(14):
        client.get("/join/")
