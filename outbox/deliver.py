"""Making one delivery that was claimed, and writing down what became of it."""

import logging

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from outbox import channels
from outbox.alerts import alert
from outbox.claims import Claim
from outbox.models import Delivery
from outbox.outcomes import MAX_SURPRISES, Outcome, judge, trail
from outbox.registry import label, registration

logger = logging.getLogger(__name__)

# These carry a whole message in their payload, which may hold a name or a one-time link.
EMPTIED_WHEN_DONE = frozenset({"mail.message"})
# A mail to the club that cannot be delivered is not told by another mail to the club.
TOLD_BY_MAIL = frozenset({"mail.alert", "mail.digest", "mail.weekly"})


class WorkerDiedInIt(Exception):
    """The tries before this one never came back: each time the worker died in it, or hung."""


def attempt(claim: Claim) -> Exception | None:
    """Run the handler, outside any transaction. Returns what it raised, None when the effect has happened."""
    if claim.delivery.surprises >= MAX_SURPRISES:
        return WorkerDiedInIt()
    try:
        registration(claim.delivery.kind).handler(claim.delivery)
    except Exception as error:  # noqa: BLE001 - judged, written to the row and logged, whatever it is
        return error
    return None


def settle(claim: Claim, error: Exception | None) -> None:
    """Write down the outcome, in one transaction, unless the lease ran out and another worker has the row now."""
    with transaction.atomic():
        if error is None:
            _done(claim)
        else:
            _failed(claim, error)


def _done(claim: Claim) -> None:
    now = timezone.now()
    delivery = claim.delivery
    changes: dict[str, object] = {"payload": {}} if delivery.kind in EMPTIED_WHEN_DONE else {}
    _ours(claim).update(
        state=Delivery.State.DONE, done_at=now, last_error="", lease_owner="", lease_until=None, **changes
    )
    if claim.probe:
        channels.resume(delivery.channel, now)


def _failed(claim: Claim, error: Exception) -> None:
    now = timezone.now()
    delivery = claim.delivery
    outcome = judge(
        error,
        attempts=delivery.attempts,
        surprises=delivery.surprises,
        trying_since=delivery.trying_since,
        now=now,
    )
    changed = _ours(claim).update(
        state=Delivery.State.DEAD if outcome.dead else Delivery.State.WAITING,
        due_at=outcome.due_at,
        surprises=F("surprises") + int(outcome.surprise),
        last_error=outcome.error[:2000],
        lease_owner="",
        lease_until=None,
    )
    _settle_channel(claim, outcome)
    if outcome.surprise:
        logger.error("Delivery %s (%s) failed: %s via %s", delivery.pk, delivery.kind, outcome.error, trail(error))
    else:
        logger.warning("Delivery %s (%s) failed: %s", delivery.pk, delivery.kind, outcome.error)
    if outcome.dead and changed:
        _tell_dead(delivery, outcome)


def _settle_channel(claim: Claim, outcome: Outcome) -> None:
    now = timezone.now()
    channel = claim.delivery.channel
    if outcome.channel_waits_until is not None:
        channels.wait(channel, outcome.channel_waits_until)
    if claim.probe and outcome.dead and not outcome.surprise:
        # Refused for what it asks, not for who asks: the channel itself works again.
        channels.resume(channel, now)
    elif claim.probe:
        channels.probe_failed(channel, outcome.error, now)
    elif outcome.pauses:
        channels.refuse(channel, outcome.error, now)


def _tell_dead(delivery: Delivery, outcome: Outcome) -> None:
    logger.error("Delivery %s (%s) was given up.", delivery.pk, delivery.kind)
    if delivery.kind in TOLD_BY_MAIL:
        return
    alert(
        "delivery.dead",
        key=f"delivery.dead:{delivery.pk}:{delivery.trying_since.isoformat()}",
        what=f"Something could not be delivered ({label(delivery.kind)}): {outcome.error}",
        done=f"We tried it {delivery.attempts} times and have stopped. Everything else goes on.",
        todo="Open it, mend what the error names, then press “Try again”.",
        link=f"/admin/deliveries/inspect/{delivery.pk}/",
    )


def _ours(claim: Claim) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk=claim.delivery.pk, lease_owner=claim.owner, state=Delivery.State.RUNNING)
