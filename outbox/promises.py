"""Promising an effect on the outside world."""

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
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "A promise stands or falls with what makes it necessary: call promise() inside transaction.atomic()."
        )
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


def try_again(delivery: Delivery) -> bool:
    """Make a dead or waiting delivery due now, with all its patience anew. False when it runs or is done."""
    now = timezone.now()
    changed = Delivery.objects.filter(pk=delivery.pk, state__in=[Delivery.State.DEAD, Delivery.State.WAITING]).update(
        state=Delivery.State.WAITING, due_at=now, trying_since=now, attempts=0, surprises=0
    )
    return changed == 1
