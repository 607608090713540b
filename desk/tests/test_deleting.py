"""Before something is deleted, an executive reads where it is used and what to do instead; some things stay."""

import html

import pytest
from django.urls import reverse
from wagtail.models import Collection, Page, ReferenceIndex

from desk.tests.staff import someone
from home.first_content import ensure_first_content
from home.models import HomePage, Picture, Role
from home.tests.factories import PersonFactory, PictureFactory, RoleFactory, StandardPageFactory
from membership.first_pages import ensure_join_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return ensure_first_content()


@pytest.fixture
def editor(client, home):
    client.force_login(someone("Editor"))
    return client


def words(answer):
    return " ".join(html.unescape(answer.content.decode()).split())


def test_a_page_that_others_lead_to_names_them_and_what_to_do_instead(editor, home):
    page = StandardPageFactory(parent=home, title="Ada")
    link = {"text": "Apply", "page": page, "address": ""}
    body = [("call", {"heading": "One", "text": "", "link": link})]
    other = StandardPageFactory(parent=home, title="Mentors", body=body)
    ReferenceIndex.create_or_update_for_object(other)
    said = words(editor.get(reverse("wagtailadmin_pages:delete", args=[page.pk])))
    assert "Mentors: Body" in said
    assert reverse("wagtailadmin_pages:edit", args=[other.pk]) in said
    assert "unpublish it instead" in said
    unused = words(editor.get(reverse("wagtailadmin_pages:delete", args=[other.pk])))
    assert "It is used nowhere else." in unused


def test_a_person_in_three_teams_is_named_in_each(editor, home):
    ada = PersonFactory(name="Ada Ray")
    for year in (2024, 2025, 2026):
        ReferenceIndex.create_or_update_for_object(RoleFactory(person=ada, year=year, title=f"Lead {year}"))
    said = words(editor.get(reverse("wagtailsnippets_home_person:delete", args=[ada.pk])))
    assert all(f"Lead {year}" in said for year in (2024, 2025, 2026))
    assert "Who has left can stay here" in said
    assert Role.objects.filter(person=ada).count() == 3


def test_a_picture_in_use_names_where_it_stands(editor, home):
    picture = PictureFactory(title="Us", collection=Collection.get_first_root_node())
    page = StandardPageFactory(parent=home, title="About us", picture=picture)
    ReferenceIndex.create_or_update_for_object(page)
    said = words(editor.get(reverse("wagtailimages:delete", args=[picture.pk])))
    assert "About us: Picture" in said
    assert "change its file instead" in said


@pytest.mark.parametrize(("which", "act"), [("home", "unpublish"), ("join", "delete"), ("join", "unpublish")])
def test_the_home_page_and_the_join_page_stay(editor, home, act, which):
    page = HomePage.objects.get() if which == "home" else ensure_join_page()
    answer = editor.post(reverse(f"wagtailadmin_pages:{act}", args=[page.pk]), follow=True)
    assert "has to stay: the site does not work without it." in words(answer)
    many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", act])
    answer = editor.post(f"{many}?id={page.pk}", follow=True)
    assert "has to stay" in words(answer)
    assert Page.objects.get(pk=page.pk).live


def test_many_pages_at_once_name_where_each_is_used(editor, home):
    first, second = (StandardPageFactory(parent=home, title=title) for title in ("One", "Two"))
    many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    said = words(editor.get(f"{many}?id={first.pk}&id={second.pk}"))
    assert said.count("It is used nowhere else.") == 2
    assert Picture.objects.count() == 0
