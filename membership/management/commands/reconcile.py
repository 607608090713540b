"""Compare Stripe with the members, and repair what no event told us."""

import sys
from argparse import ArgumentParser
from collections import Counter
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from membership import reconciliation
from membership.backfill import taking
from membership.backfill.judging import Kind, Verdict
from membership.errors import TransportError

COUNTED = {
    Kind.MEMBER: "to become a member, with the days that were paid for; no mail is sent to them",
    Kind.PERSON: "for a person to decide, in the admin",
    Kind.THERE: "on the members list for that term already: left as it is",
    Kind.REFUNDED: "given back: left as it is",
}


class Command(BaseCommand):
    help = (
        "Compare Stripe with the members and repair what is missing. Looking back further than the usual "
        f"{reconciliation.DAYS} days, it also takes over who paid on the site before this one, and shows first what "
        "it would do."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=reconciliation.DAYS, help="How far to look back (8).")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be repaired.")
        parser.add_argument(
            "--yes", action="store_true", help="Do not ask before taking over the old site's members."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        days, dry_run = options["days"], options["dry_run"]
        if days < 1:
            raise CommandError("--days must be at least 1.")
        report = reconciliation.Report()
        try:
            # The old site's first: what was disputed or given back of it is then compared too.
            taken = days > reconciliation.DAYS and self._old_site(days, dry_run=dry_run, ask=not options["yes"])
            reconciliation.reconcile(days=days, dry_run=dry_run, report=report)
        except TransportError as error:
            self._say(report, dry_run=dry_run)
            raise CommandError(error.message) from error
        except taking.NoLevel as error:
            raise CommandError(str(error)) from error
        self._say(report, dry_run=dry_run)
        if report.failed:
            raise CommandError(f"{len(report.failed)} could not be repaired; the log says why.")
        if not taken and not report.repaired and not report.for_a_person:
            self.stdout.write("Stripe and the members agree.")

    def _old_site(self, days: int, *, dry_run: bool, ask: bool) -> bool:
        """Show what would become of the old site's payments, and do it. Returns whether there was anything to do."""
        verdicts = taking.plan(since=timezone.now() - timedelta(days=days))
        counts = Counter(verdict.kind for verdict in verdicts)
        for verdict in verdicts:
            if verdict.kind in (Kind.MEMBER, Kind.PERSON):
                self.stdout.write(_line(verdict))
        for kind, words in COUNTED.items():
            if counts[kind]:
                self.stdout.write(f"{counts[kind]} of the old site's payments: {words}.")
        if dry_run or not counts[Kind.MEMBER] + counts[Kind.PERSON]:
            return bool(counts[Kind.MEMBER] + counts[Kind.PERSON])
        if ask and sys.stdin.isatty() and input("Do this? [y/N] ").strip().lower() not in ("y", "yes"):
            raise CommandError("Nothing was taken over.")
        taken = taking.take_over(verdicts)
        self.stdout.write(f"{taken.members} taken over as members.")
        if taken.for_a_person:
            self.stdout.write(f"{taken.for_a_person} wait for a decision: {settings.SITE_URL}/admin/cases/old-site/")
        if taken.failed:
            raise CommandError(
                f"{len(taken.failed)} could not be taken over; the log says why. Run it again: it goes on."
            )
        return True

    def _say(self, report: reconciliation.Report, *, dry_run: bool) -> None:
        done = "Would repair" if dry_run else "Repaired"
        for line in report.repaired:
            self.stdout.write(f"{done}: {line}")
        for line in report.for_a_person:
            self.stdout.write(f"Needs a person: {line}")
        for line in report.failed:
            self.stderr.write(f"Could not repair: {line}")


def _line(verdict: Verdict) -> str:
    """One payment of the plan, by its id."""
    until = f"until {verdict.ends_on}" if verdict.ends_on else "with no end"
    what = verdict.why if verdict.kind == Kind.PERSON else f"a member from {verdict.starts_on} {until}."
    return f"Old site, session {verdict.payment.session_id}: {what}"
