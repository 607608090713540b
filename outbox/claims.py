"""Who delivers which row: claimed by a conditional UPDATE with a lease, the same on SQLite and PostgreSQL."""

import itertools
import os
import socket
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, F, Q, When
from django.utils import timezone

from outbox import channels
from outbox.models import Delivery

# A killed worker's rows are taken again after this; a running delivery's lease is renewed well before.
LEASE = timedelta(seconds=30)
RENEW_EVERY = timedelta(seconds=8)
# A handler that hangs for longer than this loses its lease: every outside call has a timeout far below it.
LONGEST_DELIVERY = timedelta(minutes=10)
CANDIDATES = 8

_numbers = itertools.count()
_process = f"{socket.gethostname()[:30]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


@dataclass(frozen=True)
class Claim:
    """One delivery that is ours for as long as its lease runs. `probe`: it tries whether a refused channel works."""

    delivery: Delivery
    owner: str
    probe: bool
    began_at: datetime


def claimable(now: datetime) -> Q:
    """Rows that wait and are due, and rows whose worker died."""
    return Q(state=Delivery.State.WAITING, due_at__lte=now) | Q(state=Delivery.State.RUNNING, lease_until__lte=now)


def due(now: datetime, *, except_channels: Collection[str] = ()) -> bool:
    """Is there anything to claim? One cheap query, or two while a channel waits."""
    rows = Delivery.objects.filter(claimable(now)).exclude(channel__in={*except_channels, *channels.closed(now)})
    return rows.exists()


def claim(*, except_channels: Collection[str] = ()) -> Claim | None:
    """Claim the delivery that has been due longest and count the attempt; None when there is none.

    `except_channels` are left alone, so that one slow partner does not take every thread.
    """
    now = timezone.now()
    shut = {*except_channels, *channels.closed(now)}
    rows = Delivery.objects.filter(claimable(now)).exclude(channel__in=shut).order_by("due_at", "pk")
    refused: set[str] = set()
    for pk, channel in rows.values_list("pk", "channel")[:CANDIDATES]:
        if channel in refused:
            continue
        allowed, probe = channels.may_claim(channel, now)
        if not allowed:
            refused.add(channel)
            continue
        owner = f"{_process}:{next(_numbers)}"
        won = Delivery.objects.filter(claimable(now), pk=pk).update(
            state=Delivery.State.RUNNING,
            lease_owner=owner,
            lease_until=now + LEASE,
            attempts=F("attempts") + 1,
            # A try that never came back counts as a failure: after eight a delivery is not begun any more, before
            # systemd gives up a worker that dies ten times in five minutes.
            surprises=F("surprises") + Case(When(state=Delivery.State.RUNNING, then=1), default=0),
        )
        if won:
            return Claim(Delivery.objects.get(pk=pk), owner, probe, now)
    return None


def renew(owners: Collection[str]) -> None:
    """Lengthen the leases of what is being delivered in this process."""
    Delivery.objects.filter(lease_owner__in=owners, state=Delivery.State.RUNNING).update(
        lease_until=timezone.now() + LEASE
    )
