"""Compare Stripe with the members, and repair what no event told us."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from membership import reconciliation
from membership.errors import TransportError


class Command(BaseCommand):
    help = "Compare Stripe with the members and repair what is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=reconciliation.DAYS, help="How far to look back (8).")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be repaired.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["days"] < 1:
            raise CommandError("--days must be at least 1.")
        report = reconciliation.Report()
        try:
            reconciliation.reconcile(days=options["days"], dry_run=options["dry_run"], report=report)
        except TransportError as error:
            self._say(report, dry_run=options["dry_run"])
            raise CommandError(error.message) from error
        self._say(report, dry_run=options["dry_run"])
        if report.failed:
            raise CommandError(f"{len(report.failed)} could not be repaired; the log says why.")
        if not report.repaired and not report.for_a_person:
            self.stdout.write("Stripe and the members agree.")

    def _say(self, report: reconciliation.Report, *, dry_run: bool) -> None:
        done = "Would repair" if dry_run else "Repaired"
        for line in report.repaired:
            self.stdout.write(f"{done}: {line}")
        for line in report.for_a_person:
            self.stdout.write(f"Needs a person: {line}")
        for line in report.failed:
            self.stderr.write(f"Could not repair: {line}")
