"""`manage.py doctor`: what only the database knows, for deploy/doctor.sh."""

from typing import Any

from django.core.management.base import BaseCommand

from desk.condition import findings


class Command(BaseCommand):
    help = (
        "Print how the site is doing, a line each: ok or red, what was looked at, what was found, where to read on."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for finding in findings():
            state = "ok" if finding.well else "red"
            self.stdout.write("\t".join((state, finding.name, finding.words, finding.section)))
