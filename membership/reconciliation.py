"""Comparing Stripe with what we know, and repairing what no event told us."""

import logging
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from membership import stripe_troubles
from membership.differences import differences
from membership.errors import NeedsAPerson, NotOurs, TransportError
from outbox.outcomes import trail, where
from outbox.pings import payments_were_compared

logger = logging.getLogger(__name__)

DAYS = 8  # Stripe gives an event up after three days; a week of silence and a day to notice it


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
    for what, repair in differences(since):
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
    ended = False
    try:
        reconcile(report=report)
        ended = True
    except TransportError as error:
        if error.permanent or error.pauses:
            raise
        logger.warning("Reconciliation waits for the next hour: %s", error.message)
        stripe_troubles.broken_off()
    finally:
        if report.repaired:
            stripe_troubles.repaired(len(report.repaired))
    if report.failed:
        raise RuntimeError(f"{len(report.failed)} rows could not be repaired; `reconcile` names them.")
    if ended:
        payments_were_compared()
