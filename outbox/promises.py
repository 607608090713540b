"""Promising an effect on the outside world."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from outbox.models import Delivery
from outbox.registry import registration


def promise(
    kind: str, key: str, payload: dict[str, Any] | None = None, *, about: str = "", due_at: datetime | None = None
) -> Delivery:
    """Promise one delivery in the caller's transaction: it happens if, and only if, that transaction commits.

    The same `key` again returns the row there is and changes nothing, also when two transactions race. `payload`
    holds ids, not personal data. `due_at` (aware) is the earliest moment, now by default. Raises
    TransactionManagementError outside an atomic block, and LookupError for a kind that nobody registered.
    """
    _refuse_outside_transaction()
    due = due_at or timezone.now()
    row = Delivery(
        kind=kind,
        key=key,
        channel=registration(kind).channel,
        payload=payload or {},
        about=about,
        due_at=due,
        trying_since=due,
    )
    # ON CONFLICT DO NOTHING waits for the other transaction and, unlike an IntegrityError, leaves ours usable.
    Delivery.objects.bulk_create([row], ignore_conflicts=True)
    return Delivery.objects.get(key=key)


@dataclass(frozen=True)
class Wish:
    """One delivery to be promised: the arguments of `promise`."""

    kind: str
    key: str
    payload: dict[str, Any]
    about: str = ""


def promise_all(wishes: Sequence[Wish]) -> None:
    """Promise several deliveries, due now, in one statement. Else like `promise`, but returns nothing."""
    _refuse_outside_transaction()
    now = timezone.now()
    rows = [
        Delivery(
            kind=wish.kind,
            key=wish.key,
            channel=registration(wish.kind).channel,
            payload=wish.payload,
            about=wish.about,
            due_at=now,
            trying_since=now,
        )
        for wish in wishes
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def _refuse_outside_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "A promise stands or falls with what makes it necessary: make it inside transaction.atomic()."
        )


def try_again(delivery: Delivery) -> bool:
    """Make a dead or waiting delivery due now, with all its patience anew. False when it runs or is done."""
    now = timezone.now()
    changed = Delivery.objects.filter(pk=delivery.pk, state__in=[Delivery.State.DEAD, Delivery.State.WAITING]).update(
        state=Delivery.State.WAITING, due_at=now, trying_since=now, attempts=0, surprises=0
    )
    return changed == 1
