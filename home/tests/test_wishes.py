"""What people had deleted or hidden stays so when a backup of the day before is restored."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.log_actions import log

from home import wishes
from home.albums.records import TakeDown
from home.forms.records import Answer
from home.models import Picture
from home.tests.factories import AlbumPageFactory, FormPageFactory, PictureFactory, StandardPageFactory

pytestmark = pytest.mark.django_db


def since(minutes=1):
    return wishes.since(timezone.now() - timedelta(minutes=minutes))


def test_what_was_deleted_in_the_admin_is_deleted_again(home):
    form = FormPageFactory()
    answer = Answer.objects.create(form=form, key="a", delete_on=timezone.localdate())
    other = Answer.objects.create(form=form, key="b", delete_on=timezone.localdate())
    page = StandardPageFactory(parent=home, title="Gone")
    log(answer, "wagtail.delete")
    log(page, "wagtail.delete", deleted=True)
    lines = since()
    assert sorted(lines) == sorted([f"delete home.answer {answer.pk}", f"delete home.standardpage {page.pk}"])
    assert wishes.again(lines) == 2
    assert list(Answer.objects.all()) == [other]
    assert not type(page).objects.filter(pk=page.pk).exists()
    assert wishes.again(lines) == 2, "what is gone already is no error"


def test_a_photo_that_somebody_had_hidden_stays_hidden(home):
    album, picture = AlbumPageFactory(), PictureFactory()
    TakeDown.objects.create(album=album, picture=picture)
    lines = since()
    assert lines == [f"hide {album.pk} {picture.pk}"]
    TakeDown.objects.all().delete()
    wishes.again(lines * 2)
    assert TakeDown.objects.get().is_hidden
    Picture.objects.all().delete()
    wishes.again(lines)
    assert not TakeDown.objects.exists()


def test_what_cannot_be_done_is_named_and_holds_up_nothing(home):
    answer = Answer.objects.create(form=FormPageFactory(), key="a", delete_on=timezone.localdate())
    lines = [f"delete home.formpage {answer.form_id}", "delete no.such 1", "odd", f"delete home.answer {answer.pk}"]
    with pytest.raises(wishes.CannotBeDone) as failed:
        wishes.again(lines)
    assert len(str(failed.value).splitlines()) == 3
    assert not Answer.objects.exists()


def test_the_command_lists_ids_and_nothing_else(home):
    answer = Answer.objects.create(form=FormPageFactory(), key="a", name="Zoë", delete_on=timezone.localdate())
    log(answer, "wagtail.delete", title="Zoë")
    said = io.StringIO()
    moment = (timezone.now() - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    call_command("wishes", since=moment, stdout=said)
    assert said.getvalue() == f"delete home.answer {answer.pk}\n"
    with pytest.raises(CommandError, match="time zone"):
        call_command("wishes", since="2026-11-26T02:15:00")
