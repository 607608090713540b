"""What follows from an answer: mails, a day on which it is deleted, a table for spreadsheets."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from home import registry
from home.forms import keeping, notices
from home.forms.exporting import table_of
from home.forms.making import Asked
from home.forms.records import Answer, AnswerFile
from home.forms.taking import take
from home.tests.factories import FormPageFactory
from home.tests.test_forms import PDF, SAID, minutes_ago
from outbox.models import Delivery
from outbox.worker import run_once


@pytest.fixture
def form(home):
    return FormPageFactory(title="Apply", told="team@wits.example\nother@wits.example")


@pytest.fixture
def sent(monkeypatch):
    """The mails that reached the server."""
    found = []
    monkeypatch.setattr(notices, "send_now", found.append)
    monkeypatch.setattr("outbox.mails.send_now", found.append)
    return found


def answer(page, files=None, number="n", **given):
    filled = page.get_form({**SAID, **given, **minutes_ago(page)}, files or {})
    assert filled.is_valid(), filled.errors
    return take(page, filled, number=number, address="10.0.0.1")


def deliver(kind):
    for delivery in Delivery.objects.filter(kind=kind, state=Delivery.State.WAITING).order_by("pk"):
        {"forms.thanks": notices.send_thanks, "forms.told": notices.tell_readers}[kind](delivery)
        Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.DONE)


def test_they_get_a_mail_in_the_forms_own_words(form, sent):
    form.mail_subject, form.mail_body = "Thanks, {name}", "About {form}: gone on {deleted_on}."
    form.save()
    answer(form)
    deliver("forms.thanks")
    message = sent[0]
    assert message.to == ["zoe@example.com"]
    assert message.subject == "Thanks, Zoë O’Hara"
    assert "About Apply: gone on" in message.body
    assert "Two" not in message.body, "what somebody typed is mailed to nobody"


def test_nobody_is_mailed_where_the_form_says_so_or_no_address_was_given(home, sent):
    answer(FormPageFactory(sends_mail=False))
    page = FormPageFactory(questions=[Asked("Say it")])
    filled = page.get_form({"say_it": "x", **minutes_ago(page)}, {})
    assert filled.is_valid()
    take(page, filled, number="n", address="")
    assert not Delivery.objects.filter(kind="forms.thanks").exists()


def test_a_name_makes_neither_headers_nor_links(form, sent):
    answer(form, your_name="Eve\r\nBcc: all@example.com [win](https://evil.example) {form}")
    deliver("forms.thanks")
    assert "\n" not in sent[0].subject
    html = sent[0].alternatives[0][0]
    assert 'href="https://evil.example"' not in html


def test_a_mailbox_gets_three_of_them_an_hour(form, sent):
    for number in range(5):
        answer(form, number=str(number), say_it=str(number))
    deliver("forms.thanks")
    assert len(sent) == 3
    assert Answer.objects.count() == 5, "the answers are all there"


def test_who_reads_it_is_told_without_a_name_at_most_twice_an_hour(form, sent, django_user_model):
    reader = django_user_model.objects.create_user("r", "reader@wits.example", "x")
    gone = django_user_model.objects.create_user("g", "gone@wits.example", "x", is_active=False)
    form.readers.set([reader, gone])
    form.save()
    for number in range(4):
        answer(form, number=str(number), say_it=str(number))
    told = Delivery.objects.filter(kind="forms.told")
    assert told.count() == 2
    assert sorted(told.values_list("due_at", flat=True))[1] > timezone.now()
    deliver("forms.told")
    assert {message.to[0] for message in sent} == {"reader@wits.example", "team@wits.example", "other@wits.example"}
    text = sent[0].body
    assert "Apply" in text
    assert f"/admin/answers/?form={form.pk}" in text
    assert "Zoë" not in text
    assert "zoe@" not in text


def test_nobody_is_told_of_what_was_read_meanwhile(form, sent):
    answer(form)
    Answer.objects.update(read_at=timezone.now())
    deliver("forms.told")
    assert sent == []


@pytest.mark.parametrize(("member", "subject"), [(True, "We have your answer"), (False, "About what you sent us")])
def test_a_form_for_members_keeps_the_answer_and_says_by_mail_whose_address_it_is(
    form, sent, monkeypatch, member, subject
):
    monkeypatch.setattr(registry, "_is_member", [lambda email: member])
    form.for_members = True
    form.save()
    taken = answer(form)
    assert taken.by_member is None, "the page cannot tell: it answers everybody the same"
    deliver("forms.thanks")
    taken.refresh_from_db()
    assert taken.by_member is member
    assert sent[0].subject == subject


def test_the_worker_makes_them(form, sent):
    answer(form)
    while run_once():
        pass
    assert not Delivery.objects.filter(kind__startswith="forms.", state=Delivery.State.WAITING).exists()
    assert len(sent) == 3
    assert mail.outbox == []


def test_an_answer_goes_on_its_day_with_its_files(form, django_capture_on_commit_callbacks, time_machine):
    page = FormPageFactory(questions=[Asked("Say it"), Asked("File", "file")])
    old = answer(page, {"file": SimpleUploadedFile("cv.pdf", PDF)})
    young = answer(form, number="2")
    storage, name = AnswerFile.objects.get().file.storage, AnswerFile.objects.get().file.name
    Answer.objects.filter(pk=young.pk).update(delete_on=old.delete_on + timedelta(days=3))
    time_machine.move_to(timezone.now() + timedelta(days=page.keep_days))
    with django_capture_on_commit_callbacks(execute=True):
        keeping.forget()
    assert list(Answer.objects.all()) == [young]
    assert not storage.exists(name)
    young.refresh_from_db()
    assert young.client == "", "where it came from is forgotten after a day"


def test_a_file_that_cannot_be_written_leaves_nothing_behind(form, monkeypatch):
    page = FormPageFactory(questions=[Asked("Say it"), Asked("File", "file")])

    def full(*args, **kwargs):
        raise OSError("no space left")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", full)
    with pytest.raises(OSError, match="no space"):
        answer(page, {"file": SimpleUploadedFile("cv.pdf", PDF)})
    assert not Answer.objects.exists()
    assert not Delivery.objects.filter(kind__startswith="forms.").exists()


def test_one_forms_table_has_a_column_for_each_question_it_ever_had(form):
    answer(form)
    question = form.questions.get(clean_name="say_it")
    question.label = "Say it again"
    question.save()
    form.questions.get(clean_name="your_name").delete()
    form.refresh_from_db()
    answer(form, number="2")
    headings, rows = table_of(Answer.objects.order_by("pk"))
    assert headings == ["Form", "Sent", "Read", "Your name", "Your email", "Say it"]
    assert [row[3:] for row in rows] == [
        ["Zoë O’Hara", "zoe@example.com", "Two\nlines"],
        ["", "zoe@example.com", "Two\nlines"],
    ]


def test_answers_of_several_forms_stand_below_each_other_in_words(form):
    answer(form)
    answer(FormPageFactory(title="Other"), number="2")
    headings, rows = table_of(Answer.objects.order_by("pk"))
    assert headings == ["Form", "Sent", "Read", "Answers"]
    assert [row[0] for row in rows] == ["Apply", "Other"]
