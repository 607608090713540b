"""`manage.py seed_demo`: a whole invented club, to look at and to try things on."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from wits_site import demo


class Command(BaseCommand):
    help = "Make the demonstration: pages, events and levels of an invented club. Never over a site of one's own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="also where there is content already")

    def handle(self, *args: Any, **options: Any) -> None:
        if demo.has_own_content() and not options["force"]:
            raise CommandError(
                "This site has content or members of its own, so the demonstration was not made. "
                "--force makes it all the same, beside what is there."
            )
        with transaction.atomic():
            for words in demo.make():
                self.stdout.write(f"    {words}")
