"""Publishing a new page at the moment in which its editor saves it by itself."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.admin.views.pages.create import CreateView
from wagtail.models import Page

from desk.tests.staff import someone
from home.first_content import ensure_first_content
from home.models import StandardPage
from wits_site.tests.reading.filling import as_it_stands

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}
postgresql_only = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="requests at once: PostgreSQL's row locks"
)


def as_(position):
    client = Client()
    client.force_login(someone(position))
    return client


@pytest.fixture
def home():
    return ensure_first_content()


@pytest.fixture
def add(home):
    return reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])


def filled(client, add, **changes):
    data = as_it_stands(client.get(add).content.decode(), StandardPage())
    return {**data, "title": "Ada", "slug": "ada", "lede": "What it is.", **changes}


def made(slug="ada"):
    return StandardPage.objects.filter(slug__startswith=slug)


@contextmanager
def meanwhile(monkeypatch, method, other):
    """Let somebody's `other` begin between what a request checks and what it saves; what it answers is waited for."""
    own, answers = getattr(CreateView, method), []

    def act():
        try:
            answers.append(other())
        finally:
            connection.close()

    thread = threading.Thread(target=act)

    def wrapped(view):
        if not thread.ident:
            thread.start()
        return own(view)

    monkeypatch.setattr(CreateView, method, wrapped)
    yield answers
    thread.join()


def publish(client, add, data):
    answer = client.post(add, {**data, "action-publish": "1"})
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    return answer


def the_only(title="Ada"):
    page = made().get()
    assert (page.live, page.slug, page.title) == (True, "ada", title)
    assert page.get_parent().get_children().count() == page.get_parent().numchild
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_browser_that_has_not_heard_of_its_draft_publishes_all_the_same(add):
    client = as_("Editor")
    data = filled(client, add)
    assert client.post(add, {**data, "title": "Ad"}, headers=JSON).json()["success"]
    publish(client, add, data)
    the_only()


def test_what_cannot_be_published_yet_keeps_its_draft(add):
    client = as_("Editor")
    data = filled(client, add)
    client.post(add, data, headers=JSON)
    answer = client.post(add, {**data, "title": "Ada L.", "lede": "x" * 2000, "action-publish": "1"})
    assert answer.status_code == 200
    assert "lede" in answer.context["form"].errors
    assert "slug" not in answer.context["form"].errors
    assert made().get().title == "Ada"
    publish(client, add, data)
    the_only()


def test_a_draft_that_somebody_saved_with_a_button_stays(add):
    client = as_("Editor")
    data = filled(client, add)
    client.post(add, data)
    publish(client, add, {**data, "slug": "ada-2"})
    assert sorted(made().values_list("slug", "live")) == [("ada", False), ("ada-2", True)]


def test_what_cannot_be_published_yet_leaves_its_draft_where_it_is(add):
    client = as_("Editor")
    data = filled(client, add)
    client.post(add, data, headers=JSON)
    client.post(add, {**data, "lede": "x" * 2000, "action-publish": "1"})
    assert made().get().slug == "ada"


def test_a_second_page_of_a_title_gets_an_address_of_its_own(add):
    client = as_("Editor")
    data = filled(client, add)
    publish(client, add, data)
    publish(client, add, data)
    assert sorted(made().values_list("slug", "live", "title")) == [("ada", True, "Ada"), ("ada-2", True, "Ada")]


def test_an_address_that_somebody_chose_is_not_changed(add):
    client = as_("Editor")
    publish(client, add, filled(client, add))
    answer = client.post(add, {**filled(client, add, title="Grace"), "action-publish": "1"})
    assert "slug" in answer.context["form"].errors


def test_a_draft_whose_title_becomes_that_of_another_page_gets_an_address_of_its_own(add):
    client = as_("Editor")
    publish(client, add, filled(client, add))
    data = filled(client, add, title="Ad", slug="ad")
    answer = client.post(add, data, headers=JSON).json()
    edited = {**data, "title": "Ada", "slug": "ada", "action-publish": "1"}
    assert client.post(answer["url"], edited).status_code == 302
    assert sorted(made("ad").values_list("slug", "live", "title")) == [("ada", True, "Ada"), ("ada-2", True, "Ada")]


@pytest.mark.django_db(transaction=True)
@postgresql_only
@pytest.mark.parametrize("position", ["Editor", "Owner"])
def test_a_draft_that_saves_itself_while_its_page_is_published_is_not_made(add, monkeypatch, position):
    client = as_(position)
    data = filled(client, add)
    with meanwhile(monkeypatch, "publish_action", lambda: client.post(add, data, headers=JSON)) as late:
        publish(client, add, data)
    assert late[0].status_code == 400
    the_only()


@pytest.mark.django_db(transaction=True)
@postgresql_only
def test_a_page_that_is_published_while_its_draft_is_made_waits_for_the_whole_of_it(add, monkeypatch):
    client = as_("Editor")
    data = filled(client, add)
    with meanwhile(monkeypatch, "save_action", lambda: publish(client, add, data)):
        assert client.post(add, data, headers=JSON).json()["success"]
    the_only()


@pytest.mark.django_db(transaction=True)
@postgresql_only
def test_two_people_with_the_same_title_at_the_same_moment_both_have_their_page(add, monkeypatch):
    one, two = as_("Editor"), as_("Owner")
    data = filled(one, add)
    with meanwhile(monkeypatch, "publish_action", lambda: publish(two, add, data)):
        publish(one, add, data)
    assert sorted(made().values_list("slug", "live")) == [("ada", True), ("ada-2", True)]
    assert Page.find_problems() == ([], [], [], [], [])
