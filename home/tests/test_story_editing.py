"""Executives write stories: the form opens, refuses what cannot be, and shows itself before it is published."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.models import StoryPage, StoryTag
from home.stories.tags import TAGS_ON_A_STORY
from home.tests.factories import PersonFactory, StoryPageFactory, the_stories_page

pytestmark = pytest.mark.any_database


@pytest.fixture
def executive(client, django_user_model, home):
    user = django_user_model.objects.create_superuser(username="exec", email="e@wits.example", password="x" * 14)
    client.force_login(user)
    return client


@pytest.fixture
def index(home):
    return the_stories_page()


def form(**changes):
    """What the form sends for a small article."""
    values = {
        "title": "Told",
        "slug": "told",
        "kind": "article",
        "lede": "What happened.",
        "body": streamfield([("rich_text", rich_text("<p>It rained all week.</p>"))]),
        "authors": inline_formset([{"person": "", "name": "Grace", "about": ""}]),
        "tags": "First job, Asking",
        "poster_seed": "0",
        "action-publish": "1",
        **changes,
    }
    return nested_form_data(values)


def add(client, index, **changes):
    return client.post(reverse("wagtailadmin_pages:add", args=["home", "storypage", index.pk]), form(**changes))


def refusals(response):
    assert response.status_code == 200, "it was saved"
    return response.context["form"].errors


def test_an_article_is_written_and_published(executive, index):
    assert add(executive, index).status_code == 302
    story = StoryPage.objects.get()
    assert story.live
    assert (story.names, story.minutes, story.published_at is None) == ("Grace", 1, False)
    assert {tag.name for tag in story.tags.all()} == {"First job", "Asking"}


def test_a_person_of_the_team_tells_it(executive, index):
    ada = PersonFactory(name="Ada Ray")
    assert (
        add(executive, index, authors=inline_formset([{"person": ada.pk, "name": "", "about": ""}])).status_code
        == 302
    )
    assert StoryPage.objects.get().names == "Ada Ray"


def test_an_author_without_a_name_is_refused(executive, index):
    response = add(executive, index, authors=inline_formset([{"person": "", "name": "", "about": "Somebody"}]))
    assert response.status_code == 200
    assert "Choose a person or type a guest’s name" in response.content.decode()
    assert not StoryPage.objects.exists()


def test_tags_are_few_and_short_and_one_is_one_however_it_is_written(executive, index):
    many = ", ".join(f"Tag {n}" for n in range(TAGS_ON_A_STORY + 1))
    assert "tags" in refusals(add(executive, index, tags=many))
    assert "tags" in refusals(add(executive, index, tags="x" * 31))
    assert add(executive, index, tags="Asking, asking, ASKING").status_code == 302
    assert StoryTag.objects.get().slug == "asking"


def test_a_day_to_come_is_refused_with_what_to_do_instead(executive, index):
    tomorrow = timezone.localtime() + timedelta(days=1)
    errors = refusals(add(executive, index, published_at=f"{tomorrow:%Y-%m-%d %H:%M}"))
    assert "schedule" in str(errors["published_at"])
    assert add(executive, index, published_at="2019-03-01 12:00").status_code == 302
    assert StoryPage.objects.get().day == "1 March 2019"


def test_an_episode_without_an_address_is_refused(executive, index):
    assert "address" in refusals(add(executive, index, kind="podcast"))
    assert add(executive, index, kind="podcast", address="https://open.spotify.com/x").status_code == 302


def test_a_title_that_would_take_an_address_of_the_list_is_refused(executive, index):
    assert "slug" in refusals(add(executive, index, title="Podcast", slug="podcast"))


def test_stories_open_in_the_editor_and_stand_in_its_menu(executive, index):
    story = StoryPageFactory(tags=["Asking"], authors=["Grace"])
    for page in (index, story):
        assert executive.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
        assert executive.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200
    dashboard = executive.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("wagtailadmin_explore", args=[index.pk]) in dashboard
    assert executive.get(reverse(StoryTag.snippet_viewset.get_url_name("list"))).status_code == 200


def test_without_a_page_of_stories_the_menu_has_no_item_that_leads_nowhere(executive, home):
    assert 'name="stories"' not in executive.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("kind", ["article", "podcast"])
def test_a_story_shows_itself_before_it_is_saved(executive, index, kind):
    url = reverse("wagtailadmin_pages:preview_on_add", args=["home", "storypage", index.pk])
    address = "https://open.spotify.com/x" if kind == "podcast" else ""
    assert executive.post(url, form(kind=kind, address=address)).json()["is_valid"]
    shown = executive.get(url, {"mode": ""})
    html = shown.content.decode()
    assert shown.status_code == 200
    assert "It rained all week." in html
    assert "Grace" in html
    assert ("1 minute to read" in html) is (kind == "article")
    assert not StoryPage.objects.exists()


def test_changes_show_before_they_are_published(executive, index):
    ada = PersonFactory(name="Ada Ray")
    story = StoryPageFactory(title="Told", slug="told", authors=[ada], tags=["Old"])
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[story.pk])
    row = {"id": story.authors.get().pk, "person": "", "name": "Joan", "about": ""}
    changed = form(title="Better", tags="New", authors=inline_formset([row], initial=1))
    assert executive.post(url, changed).json()["is_valid"]
    html = executive.get(url, {"mode": ""}).content.decode()
    for shown, hidden in (("Better", "Told"), ("Joan", "Ada Ray"), (">New<", ">Old<")):
        assert shown in html
        assert hidden not in html
    assert StoryPage.objects.get().names == "Ada Ray"


def test_a_tag_that_is_renamed_is_renamed_everywhere(client, index):
    StoryPageFactory(title="Told", tags=["Frist job"])
    tag = StoryTag.objects.get()
    tag.name = "First job"
    tag.save()
    assert ">First job<" in client.get("/stories/told/").content.decode()
    assert client.get("/stories/tag/frist-job/").status_code == 200, "its address stays"
    tag.delete()
    assert "First job" not in client.get("/stories/told/").content.decode()
