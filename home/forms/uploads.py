"""Files that visitors send: what may be sent, and where it lies. No address of the site leads to them."""

import os
import secrets
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage, Storage, storages

from home.forms import words

PICTURES = {"jpg", "jpeg", "png", "webp", "gif", "avif", "heic"}
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "png": "image/png",
}


def kind_of(name: str | None) -> str:
    """What a file's name says it is: `pdf`."""
    return PurePath((name or "").replace("\\", "/")).suffix.lower().lstrip(".")


def checked(file: Any) -> Any:
    """The file, or a picture written anew. Raises ValidationError with words for who sent it."""
    # Both know Wagtail's forms, which want all models to be there first.
    from home import documents  # noqa: PLC0415
    from home.pictures.uploads import written_anew  # noqa: PLC0415

    kind = kind_of(file.name)
    if kind in PICTURES:
        return written_anew(file)
    if kind not in TYPES:
        raise ValidationError(words.WRONG_KIND, code="wrong_kind")
    documents.check(file)
    return file


class AnswerFileField(forms.FileField):
    """A file that was looked into: its name alone makes nothing of it."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        return checked(file) if file else None


class PrivateFiles(FileSystemStorage):
    """A folder that no web server is told of, named like that of the media: `media-private` beside `media`."""

    @property
    def base_location(self) -> str:
        return f"{str(settings.MEDIA_ROOT).rstrip('/')}-private"

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)

    def url(self, name: str | None) -> str:
        raise ValueError("No address leads to this file.")


def private() -> Storage:
    """Where they lie: beside the site's media, which the web server hands out, and never among it."""
    return storages["private"]


def place_for(instance: Any, name: str) -> str:
    """A name that nobody can guess and that nobody typed."""
    return f"answers/{secrets.token_hex(16)}.{kind_of(name)}"
