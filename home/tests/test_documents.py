"""Documents are what their names say, and are only ever downloaded."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from home.documents import HAS_MACROS, NOT_WHAT_IT_SAYS, check

pytestmark = pytest.mark.any_database

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n"


def office(*parts):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for part in parts:
            # Always of the same day: the content names the tests, and every process must find the same ones.
            archive.writestr(zipfile.ZipInfo(part, (2026, 9, 1, 12, 0, 0)), "<x/>")
    return written.getvalue()


WORD = office("[Content_Types].xml", "word/document.xml")
EXCEL = office("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(("name", "content"), [("a.pdf", PDF), ("a.docx", WORD), ("A.XLSX", EXCEL)])
def test_what_is_as_it_says_is_taken(name, content):
    file = SimpleUploadedFile(name, content)
    check(file)
    assert file.read() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<script>alert(1)</script>"),
        ("a.pdf", b"MZ\x90\x00"),
        ("a.docx", PDF),
        ("a.docx", EXCEL),
        ("a.xlsx", WORD),
        ("a.xlsx", office("malware.exe")),
        ("a.docx", WORD[:40]),
        ("a.docx", b""),
    ],
)
def test_what_is_not_is_refused_in_words(name, content):
    with pytest.raises(ValidationError) as error:
        check(SimpleUploadedFile(name, content))
    assert error.value.messages == [NOT_WHAT_IT_SAYS.format(kind=name[2:].upper())]


def test_macros_are_refused():
    content = office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")
    with pytest.raises(ValidationError) as error:
        check(SimpleUploadedFile("a.docx", content))
    assert error.value.messages == [HAS_MACROS]


def test_a_file_of_more_than_ten_megabytes_is_refused():
    with pytest.raises(ValidationError) as error:
        check(SimpleUploadedFile("a.pdf", PDF + bytes(11 * 1024 * 1024)))
    assert error.value.code == "too_large"


def test_a_bomb_is_not_unpacked():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(300 * 1024 * 1024))
    check(SimpleUploadedFile("a.docx", written.getvalue()))


@pytest.fixture
def executive(client, admin_user, home):
    client.force_login(admin_user)
    return client


def add(executive, name, content):
    data = {"title": "A", "collection": Collection.objects.get(depth=1).pk}
    return executive.post(reverse("wagtaildocs:add"), {**data, "file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("name", ["page.html", "picture.svg", "program.exe", "macros.docm", "noend", "a.pdf.html"])
def test_other_kinds_are_refused_in_the_admin(executive, name):
    assert add(executive, name, PDF).status_code == 200
    assert not get_document_model().objects.exists()


def test_an_executive_reads_why_it_was_refused(executive):
    assert "This is no PDF file" in add(executive, "a.pdf", b"<html>").content.decode()
    assert not get_document_model().objects.exists()


@pytest.mark.parametrize(("name", "content"), [("a.pdf", PDF), ("b.docx", WORD), ("../../c.xlsx", EXCEL)])
def test_a_document_is_downloaded_never_opened_on_the_sites_own_address(executive, client, name, content):
    add(executive, name, content)
    client.logout()
    document = get_document_model().objects.get()
    assert document.file.name.startswith("documents/")
    assert ".." not in document.file.name
    answer = client.get(document.url)
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == content


def test_a_private_document_is_not_handed_out(executive, client):
    add(executive, "a.pdf", PDF)
    client.logout()
    document = get_document_model().objects.get()
    CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    assert client.get(document.url).status_code == 302
