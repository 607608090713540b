"""Comparing Stripe with what we know, and repairing what no event told us."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from membership import cases, contested, lifecycle, stripe_gateway, troubles
from membership.errors import NeedsAPerson, NotOurs, TransportError
from membership.models import Dispute, Payment, Refund, Signup
from membership.stripe_gateway import CheckoutSession, Said
from outbox.outcomes import trail, where

logger = logging.getLogger(__name__)

DAYS = 8  # Stripe gives an event up after three days; a week of silence and a day to notice it
WAITING = (Signup.State.OPEN, Signup.State.PROCESSING)
NEVER_PAID = ("requires_payment_method", "canceled")


@dataclass
class Report:
    """What was found, as lines with ids only. `repaired` is what was mended (or, in a dry run, would be)."""

    repaired: list[str] = field(default_factory=list)
    for_a_person: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def reconcile(*, days: int = DAYS, dry_run: bool = False, report: Report | None = None) -> Report:
    """Take in every session and refund of the last `days` days that we do not know of yet.

    Running it again at once changes nothing. One row that cannot be repaired does not keep the others from it. Raises
    TransportError when Stripe is away or breaks off; what was repaired until then stays, and stands in `report`.
    """
    since = timezone.now() - timedelta(days=days)
    report = Report() if report is None else report
    for what, repair in _differences(since):
        if dry_run:
            report.repaired.append(what)
            continue
        try:
            repair()
        except NeedsAPerson as error:
            report.for_a_person.append(str(error))
        except NotOurs:
            # It carries our mark but no money: another copy of the site in the same Stripe account.
            continue
        except TransportError:
            raise
        except Exception as error:  # noqa: BLE001 - logged and reported; the others must not wait for it
            logger.error("Not repaired: %s %s via %s", what, where(error), trail(error))
            report.failed.append(what)
        else:
            report.repaired.append(what)
    return report


def reconcile_by_schedule() -> None:
    """What the worker runs every hour: the club is told once a day if anything had to be repaired.

    While Stripe is away for a moment only the digest counts it: the next hour looks at the same days again.
    """
    report = Report()
    try:
        reconcile(report=report)
    except TransportError as error:
        if error.permanent or error.pauses:
            raise
        logger.warning("Reconciliation waits for the next hour: %s", error.message)
        troubles.broken_off()
    finally:
        if report.repaired:
            troubles.repaired(len(report.repaired))
    if report.failed:
        raise RuntimeError(f"{len(report.failed)} rows could not be repaired; `reconcile` names them.")


def _differences(since: datetime) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each difference, as a line for people and the call that mends it."""
    waiting = {
        str(signup.stripe_session_id): signup.state
        for signup in Signup.objects.filter(state__in=WAITING, stripe_session_id__isnull=False)
    }
    known = set(Payment.objects.filter(paid_at__gte=since - timedelta(days=1)).values_list("session_id", flat=True))
    for session in stripe_gateway.list_sessions(created_since=since):
        state = waiting.pop(session.id, None)
        if stripe_gateway.is_ours(session.metadata) and session.id not in known:
            yield from _of_session(session, state)
    for session_id, state in waiting.items():  # opened longer ago, and still waiting here
        try:
            session = stripe_gateway.retrieve_session(session_id)
        except TransportError as error:
            if not error.permanent:
                raise
            logger.warning("Stripe does not know session %s: is this another account?", session_id)
            continue
        yield from _of_session(session, state)
    yield from _of_contests(since)


def _of_session(session: CheckoutSession, state: str | None) -> Iterator[tuple[str, Callable[[], object]]]:
    """What a session says that its signup (in `state`; None: it waits for no session or another) does not know."""
    if session.status == "complete" and session.payment_status != "unpaid":
        yield f"Session {session.id} is paid; nobody was made a member by it.", lambda: _take_in(session)
    elif session.status == "expired" and state is not None:
        yield f"Session {session.id} has expired.", lambda: _take_in(session)
    elif session.status == "complete" and state is not None:
        if session.payment_intent_id and _has_failed(session.payment_intent_id):
            yield f"The payment of session {session.id} failed.", lambda: lifecycle.record_late_failure(session)
        elif state == Signup.State.OPEN:
            yield f"The payment of session {session.id} is under way.", lambda: _take_in(session)


def _take_in(session: CheckoutSession) -> None:
    try:
        lifecycle.complete(session)
    except NeedsAPerson:
        with transaction.atomic():
            cases.paid_for_nothing_known(session.id)
        raise


def _has_failed(payment_intent_id: str) -> bool:
    return stripe_gateway.payment_outcome(payment_intent_id).status in NEVER_PAID


def _of_contests(since: datetime) -> Iterator[tuple[str, Callable[[], object]]]:
    """Refunds and disputes of payments that we know, which no event told us of (or not how they went on)."""
    known = set(Payment.objects.exclude(payment_intent_id=None).values_list("payment_intent_id", flat=True))
    refunds = dict(Refund.objects.exclude(stripe_id=None).values_list("stripe_id", "state"))
    disputes = dict(Dispute.objects.values_list("stripe_id", "status"))
    seen = set()
    for said in stripe_gateway.list_refunds(created_since=since):
        seen.add(said.id)
        if said.payment_intent_id in known:
            yield from _of_refund(said, refunds.get(said.id))
    for said in stripe_gateway.list_disputes(created_since=since):
        seen.add(said.id)
        if said.payment_intent_id in known:
            yield from _of_dispute(said, disputes.get(said.id))
    # Older ones that were still open when we last heard of them.
    for refund_id, state in refunds.items():
        if state == Refund.State.PENDING and refund_id not in seen:
            yield from _of_refund(stripe_gateway.retrieve_refund(str(refund_id)), state)
    for dispute in Dispute.objects.filter(status__in=(*Dispute.HOLDING, *Dispute.ASKING)):
        if dispute.stripe_id not in seen:
            yield from _of_dispute(stripe_gateway.retrieve_dispute(dispute.stripe_id), dispute.status)


def _of_refund(said: Said, state: str | None) -> Iterator[tuple[str, Callable[[], object]]]:
    if contested.REFUND_STATES.get(said.status) != state:
        kind = "refund.failed" if said.status == "failed" else "refund.updated"
        yield f"Refund {said.id} of payment {said.payment_intent_id} is {said.status}.", _contest(kind, said)


def _of_dispute(said: Said, status: str | None) -> Iterator[tuple[str, Callable[[], object]]]:
    if said.status != status:
        words = f"The dispute {said.id} of payment {said.payment_intent_id} is {said.status}."
        yield words, _contest("charge.dispute.updated", said)


def _contest(kind: str, said: Said) -> Callable[[], object]:
    return lambda: lifecycle.record_contest(kind, said.object, None)
