"""What people asked for that must stay true when a backup is restored: deleted, hidden, no more mail.

The database that is replaced is asked what came after the backup; the one that takes its place does it again. A wish
is a line of ids, for the list lies in a file for a while.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain

from django.apps import apps
from django.db import models, transaction
from wagtail.models import ModelLogEntry, PageLogEntry

Since = Callable[[datetime], Iterator[str]]
Again = Callable[[str], None]

_kinds: dict[str, tuple[Since, Again]] = {}


class CannotBeDone(Exception):
    """Wishes that a person has to look at: lines, each with the reason."""


def register(kind: str, since: Since, again: Again) -> None:
    """Name a kind of wish: `since(moment)` tells those that came after, `again(ids)` does one once more.

    `again` is called for what was done already, and for what is not there; neither is an error.
    """
    _kinds[kind] = since, again


def since(moment: datetime) -> list[str]:
    """Every wish that came after `moment`: its kind and its ids."""
    return [f"{kind} {ids}" for kind, (told, _) in _kinds.items() for ids in told(moment)]


def again(lines: list[str]) -> int:
    """Do each of them once more; returns how many. Raises CannotBeDone with those that failed, after the others."""
    failed = []
    for line in lines:
        kind, _, ids = line.partition(" ")
        try:
            with transaction.atomic():
                _kinds[kind][1](ids)
        except (KeyError, LookupError, ValueError, models.ProtectedError) as error:
            failed.append(f"{line} ({type(error).__name__})")
    if failed:
        raise CannotBeDone("\n".join(failed))
    return len(lines)


def deleted_since(moment: datetime) -> Iterator[str]:
    """What was deleted in the admin, as the audit log tells: `home.answer 12`."""
    late = {"action": "wagtail.delete", "timestamp__gt": moment}
    things = ModelLogEntry.objects.filter(**late).order_by("timestamp").select_related("content_type")
    pages = PageLogEntry.objects.filter(**late).order_by("timestamp").select_related("content_type")
    found = chain(((entry, entry.object_id) for entry in things), ((entry, entry.page_id) for entry in pages))
    for entry, pk in found:
        if entry.content_type is not None:
            yield f"{entry.content_type.app_label}.{entry.content_type.model} {pk}"


def delete_again(ids: str) -> None:
    """Delete it as the admin does, with its files."""
    label, _, pk = ids.partition(" ")
    for thing in apps.get_model(label)._default_manager.filter(pk=pk):
        thing.delete()


def register_all() -> None:
    """Called once, when the app is ready."""
    register("delete", deleted_since, delete_again)
