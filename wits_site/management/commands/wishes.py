"""`manage.py wishes`: what must stay true when a backup of an earlier day is restored."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_datetime

from home import wishes


class Command(BaseCommand):
    help = "List what people had deleted, hidden or stopped since a moment, by ids only: for deploy/restore.sh."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", required=True, help="The moment, as 2026-11-26T02:15:00Z.")

    def handle(self, *args: Any, **options: Any) -> None:
        moment = parse_datetime(options["since"])
        if moment is None or moment.tzinfo is None:
            raise CommandError("--since needs a moment with its time zone: 2026-11-26T02:15:00Z.")
        for line in wishes.since(moment):
            self.stdout.write(line)
