"""Publishing at a time, a second look, history, and two people in one page, for those who edit pages."""

import html
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, WorkflowState, get_page_models

from desk.review import ASKED
from desk.tests.staff import someone
from home.first_content import ensure_first_content
from home.models import StandardPage
from home.tests.factories import StandardPageFactory
from wits_site.tests.reading.filling import as_it_stands

pytestmark = pytest.mark.django_db
KINDS = [model for model in get_page_models() if model is not Page]


@pytest.fixture
def page():
    page = StandardPageFactory(parent=ensure_first_content(), title="Ada", lede="What it is.", slug="ada")
    page.save_revision().publish()
    return StandardPage.objects.get(pk=page.pk)


def as_(position):
    client = Client()
    client.force_login(someone(position))
    return client


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def opened(client, page):
    return as_it_stands(client.get(edit(page)).content.decode(), page)


def save(client, page, data, **changes):
    for name, value in changes.items():
        data[name.replace("__", "-")] = value
    answer = client.post(edit(page), data)
    assert answer.status_code == 302, answer.context["form"].errors
    return " ".join(html.unescape(str(message)) for message in get_messages(answer.wsgi_request))


def local(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_kind_of_page_can_be_previewed_scheduled_commented_and_reviewed(kind):
    form = kind.get_edit_handler().get_form_class()
    assert {"go_live_at", "expire_at"} <= set(form.base_fields)
    assert "comments" in form.formsets
    assert kind.is_previewable(kind())
    assert kind._meta.abstract is False
    assert kind(title="x").get_workflow() is None, "that of the root is found by its place in the tree"


def test_an_editor_lets_a_page_begin_and_end_at_a_time(page):
    client = as_("Editor")
    begins, ends = timezone.now() + timedelta(days=2), timezone.now() + timedelta(days=9)
    data = opened(client, page)
    save(
        client, page, data, title="Later", go_live_at=local(begins), expire_at=local(ends), **{"action-publish": "1"}
    )
    page.refresh_from_db()
    assert page.title == "Ada", "visitors still read the old words"
    assert page.scheduled_revision is not None
    assert abs(page.scheduled_revision.approved_go_live_at - begins) < timedelta(minutes=1)


def test_an_editor_asks_for_a_second_look_and_the_owner_publishes(page):
    editor, owner = as_("Editor"), as_("Owner")
    assert ASKED in html.unescape(editor.get(edit(page)).content.decode())
    save(editor, page, opened(editor, page), title="Please look", **{"action-submit": "1"})
    page.refresh_from_db()
    assert page.title == "Ada"
    state = WorkflowState.objects.get()
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
    data = opened(owner, page)
    save(owner, page, data, **{"action-workflow-action": "1", "workflow-action-name": "approve"})
    page.refresh_from_db()
    state.refresh_from_db()
    assert (page.title, state.status) == ("Please look", WorkflowState.STATUS_APPROVED)


def test_a_page_that_has_to_stay_does_not_end_by_itself():
    home, client = ensure_first_content(), as_("Editor")
    data = opened(client, home)
    data["expire_at"] = local(timezone.now() + timedelta(days=2))
    answer = client.post(edit(home), data)
    assert "it cannot end by itself" in str(answer.context["form"].errors["expire_at"])


def test_history_brings_an_older_version_back(page):
    client = as_("Editor")
    first = page.latest_revision
    save(client, page, opened(client, page), title="Worse", **{"action-publish": "1"})
    answer = client.get(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk]))
    data = as_it_stands(answer.content.decode(), page)
    assert data["title"] == "Ada"
    save(client, page, data, **{"action-publish": "1"})
    page.refresh_from_db()
    assert page.title == "Ada"
    assert client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).status_code == 200


def test_who_saves_over_a_newer_version_is_told_whose_it_was_and_loses_nothing(page):
    first, second = as_("Editor"), as_("Owner")
    theirs, mine = opened(first, page), opened(second, page)
    assert "while you had it open" not in save(first, page, theirs, title="Theirs")
    said = save(second, page, mine, title="Mine")
    assert "editor@wits.example saved this page while you had it open." in said
    titles = [revision.as_object().title for revision in page.revisions.order_by("pk")]
    assert titles[-2:] == ["Theirs", "Mine"], "both are in the history"
    newer = page.revisions.order_by("-pk")[1]
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, newer.pk, "latest"])
    assert compare in said
    assert second.get(compare).status_code == 200


def test_saving_by_itself_never_overwrites_somebody_else(page):
    first, second = as_("Editor"), as_("Owner")
    theirs, mine = opened(first, page), opened(second, page)
    save(first, page, theirs, title="Theirs")
    mine["title"] = "Mine"
    answer = second.post(edit(page), mine, headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "invalid_revision"
    assert page.revisions.order_by("-pk")[0].as_object().title == "Theirs"


def test_the_menus_hold_what_executives_need_and_nothing_that_breaks_the_site():
    said = {position: as_(position).get("/admin/").content.decode() for position in ("Editor", "Treasurer", "Owner")}
    for position, page in said.items():
        for address in (
            "/admin/sites/",
            "/admin/groups/",
            "/admin/workflows/list/",
            "/admin/reports/",
            "/admin/collections/",
        ):
            assert f'"{address}"' not in page, f"{position} is led to {address}"
    assert '"/admin/users/"' in said["Owner"]
    assert '"/admin/users/"' not in said["Editor"] + said["Treasurer"]
    assert '"/admin/images/"' not in said["Treasurer"]


def of_each_kind():
    """A page of every kind, as the demonstration made it."""
    found = {page.specific_class: page for page in Page.objects.filter(depth__gt=1, live=True)}
    assert set(found) == set(KINDS)
    return [page.specific for page in found.values()]


@pytest.mark.usefixtures("demonstration")
def test_every_kind_of_page_goes_out_at_its_time_and_ends_at_its_time(time_machine):
    begins, ends = timezone.now() + timedelta(days=2), timezone.now() + timedelta(days=9)
    pages = of_each_kind()
    for page in pages:
        page.title, page.go_live_at = f"New: {page.title}", begins
        page.expire_at = None if page.has_to_stay else ends
        page.save_revision(clean=False).publish()
        page.refresh_from_db()
        assert not page.title.startswith("New: "), f"{page!r} waits for its time"
    time_machine.move_to(begins + timedelta(minutes=1))
    call_command("publish_scheduled")
    for page in pages:
        page.refresh_from_db()
        assert (page.title[:5], page.live) == ("New: ", True), repr(page)
    time_machine.move_to(ends + timedelta(minutes=1))
    call_command("publish_scheduled")
    for page in pages:
        page.refresh_from_db()
        assert page.live is page.has_to_stay, repr(page)


@pytest.mark.usefixtures("demonstration")
def test_every_kind_of_page_is_looked_at_before_it_is_published():
    editor, owner = someone("Editor"), someone("Owner")
    for page in of_each_kind():
        was = page.title
        page.title = f"New: {was}"
        page.save_revision(user=editor, clean=False)
        state = page.get_workflow().start(page, editor)
        task = state.current_task_state
        assert task.task.specific.user_can_access_editor(page, owner)
        assert "approve" in {name for name, _, _ in task.task.specific.get_actions(page, owner)}
        assert task.task.specific.get_actions(page, editor) == []
        task.specific.reject(user=owner, comment="Shorter, please")
        page.refresh_from_db()
        state.refresh_from_db()
        assert (page.title, state.status) == (was, WorkflowState.STATUS_NEEDS_CHANGES), repr(page)
        state.resume(user=editor)
        state.current_task_state.specific.approve(user=owner)
        page.refresh_from_db()
        state.refresh_from_db()
        assert (page.title, state.status) == (f"New: {was}", WorkflowState.STATUS_APPROVED), repr(page)
