"""Taking an answer: it is committed before anybody hears of it, and everything else is promised with it."""

import hashlib
import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from home.forms import limits, notices, words
from home.forms.filling import FilledForm
from home.forms.page import FormPage
from home.forms.records import Answer, AnswerFile


def take(page: FormPage, form: FilledForm, *, number: str, address: str) -> Answer:
    """Keep what a valid form says, with its files, and promise the mails. The same form again is the same answer.

    `number` is the stamp's, `address` where the form came from. Raises `TooManyAnswers`; nothing is kept then.
    """
    given, files = read(form)
    key = _key(number, given, files)
    known = Answer.objects.filter(key=key).first()
    if known:
        return known
    client = limits.place(address)
    limits.check(client)
    now = timezone.now()
    answer = Answer(
        form=page,
        key=key,
        given=given,
        name=_first(given, "name"),
        email=_first(given, "email"),
        client=client,
        sent_at=now,
        is_late=bool(page.closes_at and now > page.closes_at),
        delete_on=timezone.localdate(now) + timedelta(days=page.keep_days),
    )
    try:
        with transaction.atomic():
            answer.save(force_insert=True)
            _keep_files(answer, files)
            notices.promise_mails(answer)
    except IntegrityError:
        # The same form, pressed twice: the other press was first.
        return Answer.objects.get(key=key)
    return answer


def read(form: FilledForm) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """What was answered, question by question, and the files by the names of their questions."""
    given, files = [], {}
    for bound in form:
        value = form.cleaned_data.get(bound.name)
        kind = bound.field.kind  # set by the builder
        if kind == "file" and value:
            files[bound.name] = value
            value = file_name(value.name)
        given.append({"name": bound.name, "label": str(bound.label), "kind": kind, "value": _plain(value)})
    return given, files


def file_name(name: str | None) -> str:
    """The name of a file without folders, in a line, short enough to show; its ending stays."""
    plain = PurePath((name or "").replace("\\", "/")).name
    plain = "".join(letter if letter.isprintable() else " " for letter in plain).strip() or "file"
    ending = PurePath(plain).suffix[:8]
    return plain if len(plain) <= 120 else plain[: 120 - len(ending)] + ending


def _plain(value: Any) -> str | list[str]:
    """As JSON holds it and people read it."""
    if isinstance(value, bool):
        return words.YES if value else words.NO
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _first(given: list[dict[str, Any]], kind: str) -> str:
    return next((line["value"] for line in given if line["kind"] == kind and line["value"]), "")


def _key(number: str, given: list[dict[str, Any]], files: dict[str, Any]) -> str:
    """The same for the same form with the same answers; who goes back and corrects something sends another."""
    digest = hashlib.sha256(json.dumps([number, given], sort_keys=True).encode())
    for name, file in files.items():
        digest.update(name.encode())
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
    return digest.hexdigest()


def _keep_files(answer: Answer, files: dict[str, Any]) -> None:
    """Write the files; where one cannot be written, none of them stays."""
    kept: list[AnswerFile] = []
    try:
        for question, file in files.items():
            row = AnswerFile(answer=answer, question=question, name=file_name(file.name), size=file.size)
            row.file.save(file.name, file, save=False)
            kept.append(row)
            row.save()
    except Exception:
        for row in kept:
            row.file.delete(save=False)
        raise
