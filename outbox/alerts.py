"""Telling people: what must be told is a row at once; which mails speak of it is decided afterwards."""

import hashlib

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from outbox.models import Alert


def alert(kind: str, *, key: str, what: str, done: str, todo: str, link: str = "") -> None:
    """Record that people must be told, in the caller's transaction if there is one.

    `key`: the same trouble again is one row that counts. `what` happened, what the site has `done` about it and what
    is `todo` are plain sentences without personal data; `link` is a path in the admin. The worker mails the first of
    a kind in an hour at once, up to twenty a day; the rest is in the daily digest, with true counts.
    """
    _record(
        kind,
        _fitting(key),
        {"what": what, "done": done, "todo": todo, "link": link, "state": Alert.State.NEW},
    )


def note(kind: str, what: str) -> None:
    """Count something that needs nobody at once: it stands in the next daily digest only. No personal data."""
    day = timezone.localdate().isoformat()
    digest = hashlib.sha256(what.encode()).hexdigest()[:16]
    _record(kind, f"note:{kind}:{day}:{digest}", {"what": what, "state": Alert.State.HELD})


def _record(kind: str, key: str, words: dict[str, str]) -> None:
    """One statement for trouble that is known already: ten thousand repeats are cheap, and race safely."""
    if _again(key):
        return
    try:
        with transaction.atomic():
            Alert.objects.create(kind=kind, key=key, **words)
    except IntegrityError:
        # Another transaction was first.
        _again(key)


def _again(key: str) -> bool:
    return Alert.objects.filter(key=key).update(count=F("count") + 1, last_at=timezone.now()) == 1


def _fitting(key: str) -> str:
    """A key as long as its column holds; a longer one is told apart by its digest."""
    return key if len(key) <= 200 else f"{key[:130]}:{hashlib.sha256(key.encode()).hexdigest()}"
