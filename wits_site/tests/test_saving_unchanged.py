"""Opening something in the admin and saving it changes nothing, for the position that edits it."""

import pytest
from django.test import RequestFactory
from django.urls import reverse
from wagtail.admin.panels import get_edit_handler
from wagtail.contrib.settings.registry import registry
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from desk.tests.staff import someone
from membership.models import Level, Perk
from outbox.models import MailText
from wits_site.tests.reading.filling import as_it_stands, stored

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
# What is written down of each saving.
OF_SAVING = {"latest_revision", "latest_revision_created_at", "has_unpublished_changes", "draft_title"}


@pytest.fixture(scope="module")
def pages(demonstration):
    return list(Page.objects.filter(depth__gt=1).specific())


def form_of(handler, row, user, data=None):
    """The form for `row` as `user` sees it, and its HTML."""
    form = handler.get_form_class()(data, instance=row, for_user=user)
    request = RequestFactory().get("/admin/")
    request.user = user
    return form, handler.get_bound_panel(instance=row, request=request, form=form)


def saved_unchanged(handler, row, user):
    """What differs after the form for `row` was sent back as it was shown."""
    before = stored(row)
    form, panel = form_of(handler, row, user)
    data = as_it_stands(panel.render_form_content(), row)
    form, _ = form_of(handler, row, user, data)
    if not form.is_valid():
        return {"refused": str(form.errors), **{name: str(set_.errors) for name, set_ in form.formsets.items()}}
    after = stored(form.save(commit=False))
    return {name: (before[name], after[name]) for name in before if before[name] != after[name]}


def test_every_page_of_the_demonstration_can_be_saved_as_it_is(pages):
    editor = someone("Editor")
    changes = {page.url: saved_unchanged(page.get_edit_handler(), page, editor) for page in pages}
    assert {url: changed for url, changed in changes.items() if changed} == {}


def test_every_snippet_and_setting_can_be_saved_as_it_is(pages):
    owner, changes = someone("Owner"), {}
    for setting in registry:
        row = setting.load()
        changes[str(row)] = saved_unchanged(get_edit_handler(setting), row, owner)
    for model in get_snippet_models():
        for row in model.objects.all():
            changes[str(row)] = saved_unchanged(model.snippet_viewset.get_edit_handler(), row, owner)
    assert len(changes) > 80
    assert {words: changed for words, changed in changes.items() if changed} == {}


@pytest.mark.parametrize(("model", "name"), [(Level, "levels"), (Perk, "perks"), (MailText, "mail_texts")])
def test_levels_perks_and_mails_can_be_saved_as_they_are(client, pages, model, name):
    client.force_login(someone("Owner"))
    for row in model.objects.all():
        before, address = stored(row), reverse(f"{name}:edit", args=[row.pk])
        answer = client.post(address, as_it_stands(client.get(address).content.decode(), row))
        assert answer.status_code == 302, f"{row} was refused"
        assert stored(model.objects.get(pk=row.pk)) == before


def test_an_editor_saves_a_page_of_each_kind_through_its_own_screen(client, pages):
    client.force_login(someone("Editor"))
    for page in {type(page): page for page in pages}.values():
        before, address = stored(page), reverse("wagtailadmin_pages:edit", args=[page.pk])
        answer = client.post(address, as_it_stands(client.get(address).content.decode(), page))
        assert answer.status_code == 302, f"{page} was refused"
        after = stored(page.get_latest_revision_as_object())
        assert {name: after[name] for name in before if before[name] != after[name] and name not in OF_SAVING} == {}


def test_a_change_would_be_found(pages):
    page = next(page for page in pages if page.url == "/about/")
    form, panel = form_of(page.get_edit_handler(), page, someone("Editor"))
    data = as_it_stands(panel.render_form_content(), page)
    data["body-0-value-text"] = data["body-0-value-text"].replace("one thing", "two things")
    before = stored(page)
    form, _ = form_of(page.get_edit_handler(), page, form.for_user, data)
    assert form.is_valid()
    assert stored(form.save(commit=False))["body"] != before["body"]
