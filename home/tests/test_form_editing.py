"""Executives make a form: the editor opens, refuses what cannot be, and shows the mails before anybody gets one."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from home.forms.making import Asked
from home.models import FormPage
from home.tests.factories import FormPageFactory

pytestmark = pytest.mark.any_database


@pytest.fixture
def executive(client, django_user_model, home):
    user = django_user_model.objects.create_superuser(username="exec", email="e@wits.example", password="x" * 14)
    client.force_login(user)
    return client


def question(label="Your email", kind="email", **more):
    return {"label": label, "field_type": kind, "required": "on", "choices": "", "help_text": "", **more}


def form(questions, **changes):
    """What the editor sends for a small form."""
    empty = FormPage()
    texts = ("about", "before_text", "closed_text", "late_text", "thanks_text")
    lines = (
        "form_heading",
        "send_button",
        "before_title",
        "closed_title",
        "thanks_title",
        "mail_subject",
        "mail_body",
    )
    values = {
        "title": "Apply",
        "slug": "apply",
        "tone": "mint",
        "keep_days": "180",
        "poster_seed": "0",
        **{name: rich_text(getattr(empty, name)) for name in texts},
        **{name: getattr(empty, name) for name in (*lines, "stranger_subject", "stranger_body")},
        "questions": inline_formset(questions),
        "action-publish": "1",
        **changes,
    }
    return nested_form_data(values)


def add(client, home, *questions, **changes):
    url = reverse("wagtailadmin_pages:add", args=["home", "formpage", home.pk])
    return client.post(url, form(questions or [question()], **changes))


def refusals(response):
    assert response.status_code == 200, "it was saved"
    shown = response.context["form"]
    questions = shown.formsets["questions"]
    return str(shown.errors) + str(questions.errors) + str(questions.non_form_errors())


def test_a_form_is_made_and_published(executive, home):
    choices = question("Where?", "radio", choices="Here\n\nThere, far away\nHere")
    response = add(executive, home, question(), choices, told="a@wits.example, b@wits.example")
    assert response.status_code == 302
    page = FormPage.objects.get()
    assert page.live
    assert [one.clean_name for one in page.questions.all()] == ["your_email", "where"]
    assert page.questions.all()[1].choice_lines == ["Here", "There, far away"]
    assert page.told_addresses == ["a@wits.example", "b@wits.example"]
    assert executive.get(page.url).status_code == 200


@pytest.mark.parametrize(
    ("questions", "changes", "said"),
    [
        ([question()], {"opens_at": "2026-10-07 12:00", "closes_at": "2026-10-07 11:00"}, "closes before it opens"),
        ([question("Name", "name")], {"for_members": "on"}, "Ask for their email address first"),
        ([question(f"File {n}", "file") for n in range(4)], {}, "at most 3 files"),
        ([question()], {"keep_days": "3000"}, "7 to 730 days"),
        ([question()], {"told": "nobody"}, "nobody does not look like"),
        ([question()], {"mail_body": "Hi {first_name}"}, "no variable {first_name}"),
        ([question("Which?", "radio", choices="One")], {}, "2 to 60 choices"),
        ([question("Say it", "singleline", choices="A\nB")], {}, "has no choices"),
        ([question(), question()], {}, "conflicts with another field"),
        ([], {}, "submit at least 1"),
    ],
)
def test_what_cannot_be_is_refused_with_words(executive, home, questions, changes, said):
    url = reverse("wagtailadmin_pages:add", args=["home", "formpage", home.pk])
    response = executive.post(url, form(questions, **changes))
    assert said in refusals(response)
    assert not FormPage.objects.exists()


def test_the_mails_can_be_looked_at_before_anybody_gets_one(home):
    page = FormPageFactory(title="Apply", mail_body="Hi {name}, thanks for **{form}**.")
    shown = {mode: page.make_preview_request(preview_mode=mode) for mode, _ in page.preview_modes}
    assert {answer.status_code for answer in shown.values()} == {200}
    assert "<strong>Apply</strong>" in shown["mail"].content.decode()
    assert "Maya Okafor" in shown["mail"].content.decode()
    assert "is for members" in shown["stranger"].content.decode()


def test_a_question_keeps_its_name_when_its_words_change(home):
    page = FormPageFactory(questions=[Asked("Your name"), Asked("🎉"), Asked("名前")])
    names = [one.clean_name for one in page.questions.all()]
    assert len(set(names)) == 3
    assert all(names)
    first = page.questions.all()[0]
    first.label = "What should we call you?"
    first.save()
    assert page.questions.get(pk=first.pk).clean_name == names[0]
