"""What may be uploaded as a document: what its name says must be what is in it."""

import zipfile
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from wagtail.documents.forms import BaseDocumentForm

MAX_BYTES = 10 * 1024 * 1024
# The part that makes a zip a document of that kind.
PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}

TOO_LARGE = "This file has {size}. At most 10 MB can be uploaded."
NOT_WHAT_IT_SAYS = "This is no {kind} file, whatever its name says. Open it and save it as {kind}, then try again."
HAS_MACROS = "This file holds macros, little programs that harm people. Save it without them, then try again."


class DocumentForm(BaseDocumentForm):
    """The form of every way to upload a document in the admin."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check(file)
        return file


def check(file: "UploadedFile[Any]") -> None:
    """Refuse, with words, a file that is too large or not of its kind. Nothing is unpacked."""
    if file.size and file.size > MAX_BYTES:
        raise ValidationError(TOO_LARGE.format(size=filesizeformat(file.size)), code="too_large")
    kind = PurePath(file.name or "").suffix.lower().lstrip(".")
    if kind == "pdf" and not file.read(1024).lstrip().startswith(b"%PDF-"):
        raise ValidationError(NOT_WHAT_IT_SAYS.format(kind="PDF"), code="not_what_it_says")
    if kind in PARTS:
        _check_office(file, kind)
    file.seek(0)


def _check_office(file: "UploadedFile[Any]", kind: str) -> None:
    try:
        with zipfile.ZipFile(file) as parts:
            names = set(parts.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        names = set()
    if PARTS[kind] not in names:
        raise ValidationError(NOT_WHAT_IT_SAYS.format(kind=kind.upper()), code="not_what_it_says")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValidationError(HAS_MACROS, code="has_macros")
