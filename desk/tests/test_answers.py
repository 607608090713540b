"""Who reads the answers to forms, and what they can do with them."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from desk.tests.attention import said
from desk.tests.staff import someone
from home.forms.records import Answer, AnswerFile
from home.tests.factories import FormPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(db):
    return FormPageFactory(title="Apply for Ada")


@pytest.fixture
def answer(form):
    return make(form, "=cmd|Zoë")


def make(form, text, **more):
    return Answer.objects.create(
        form=form,
        key=f"{form.pk}-{text}",
        given=[{"name": "say_it", "label": "Say it", "kind": "multiline", "value": text}],
        delete_on=timezone.localdate() + timedelta(days=9),
        **more,
    )


@pytest.fixture
def file(answer):
    row = AnswerFile(answer=answer, question="say_it", name="page.pdf", size=8)
    row.file.save("page.pdf", ContentFile(b"<script>"))
    return row


def addresses(answer, file):
    return {
        reverse("answers:index"),
        reverse("answers:inspect", args=[answer.pk]),
        reverse("answers:delete", args=[answer.pk]),
        reverse("answers:file", args=[file.pk]),
        f"{reverse('answers:index')}?export=csv",
    }


@pytest.mark.parametrize(
    ("position", "reads"), [("Owner", True), ("Editor", False), ("Treasurer", False), ("", False)]
)
def test_owners_read_all_answers_and_nobody_else_does(client, answer, file, position, reads):
    client.force_login(someone(position))
    opened = {url for url in addresses(answer, file) if client.get(url).status_code == 200}
    assert opened == (addresses(answer, file) if reads else set())
    Answer.objects.update(read_at=timezone.now())
    client.post(reverse("answers:unread", args=[answer.pk]))
    answer.refresh_from_db()
    assert (answer.read_at is None) is reads


def test_who_a_form_names_reads_its_answers_and_no_others(client, form, answer, file):
    user = someone("Editor")
    form.readers.set([user])
    form.save()
    other = make(FormPageFactory(title="Secret"), "not for you")
    client.force_login(user)
    assert {client.get(url).status_code for url in addresses(answer, file)} == {200}
    html = client.get(reverse("answers:index")).content.decode()
    assert "Apply for Ada" in html
    assert "Secret" not in html
    assert client.get(reverse("answers:inspect", args=[other.pk])).status_code == 404
    assert client.get(reverse("answers:delete", args=[other.pk])).status_code == 404
    assert "not for you" not in b"".join(client.get(reverse("answers:index") + "?export=csv")).decode()


def test_opening_an_answer_marks_it_read_and_that_can_be_undone(client, answer):
    owner = someone("Owner")
    client.force_login(owner)
    unread = reverse("answers:index") + "?read=no"
    assert "=cmd|Zoë" in client.get(unread).content.decode()
    assert "=cmd|Zoë" in client.get(reverse("answers:inspect", args=[answer.pk])).content.decode()
    answer.refresh_from_db()
    assert answer.read_by == owner
    assert "=cmd|Zoë" not in client.get(unread).content.decode()
    client.post(reverse("answers:unread", args=[answer.pk]))
    answer.refresh_from_db()
    assert (answer.read_at, answer.read_by) == (None, None)


def test_what_was_not_read_stands_on_the_dashboard_of_who_may_read_it(answer):
    owner, editor = someone("Owner"), someone("Editor")
    assert "1 answer to a form has not been read" in said(owner)
    assert "1 answer to a form has not been read" not in said(editor)
    answer.form.readers.set([editor])
    answer.form.save()
    assert "1 answer to a form has not been read" in said(editor)


def test_a_file_is_only_ever_downloaded(client, file):
    client.force_login(someone("Owner"))
    response = client.get(reverse("answers:file", args=[file.pk]))
    assert response["Content-Disposition"] == 'attachment; filename="page.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_the_export_calculates_nothing_and_is_written_down(client, answer):
    client.force_login(someone("Owner"))
    url = reverse("answers:index")
    text = b"".join(client.get(f"{url}?export=csv&form={answer.form_id}")).decode("utf-8-sig")
    assert '"\'=cmd|Zoë"' in text
    assert client.get(f"{url}?export=xlsx")["Content-Type"].endswith("spreadsheetml.sheet")
    entry = ModelLogEntry.objects.filter(action="home.export_answers").first()
    assert entry.data == {"rows": 1, "format": "xlsx"}


def test_an_answer_can_be_deleted_before_its_day_and_takes_its_files_along(
    client, answer, file, django_capture_on_commit_callbacks
):
    client.force_login(someone("Owner"))
    storage, name = file.file.storage, file.file.name
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("answers:delete", args=[answer.pk]))
    assert not Answer.objects.exists()
    assert not storage.exists(name)


def test_a_form_with_answers_is_not_deleted_with_them_unread(client, form, answer):
    client.force_login(someone("Owner"))
    page = client.post(reverse("wagtailadmin_pages:delete", args=[form.pk]), follow=True).content.decode()
    assert "would be lost. Unpublish it instead" in page
    many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{many}?id={form.pk}&next=/admin/")
    assert Answer.objects.get() == answer
    answer.delete()
    client.post(reverse("wagtailadmin_pages:delete", args=[form.pk]))
    assert not type(form).objects.exists()
