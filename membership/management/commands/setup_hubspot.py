"""`setup_hubspot`: the properties that the site writes stand in the club's HubSpot account."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from membership import hubspot_gateway
from membership.errors import TransportError

DONE = ("as it should be", "made", "corrected")


class Command(BaseCommand):
    """Makes or corrects our contact properties and their group; can be run again at any time."""

    help = (
        "Makes or corrects, in HubSpot, the contact properties that this site writes. "
        "Run it again at any time: what is as it should be stays."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="Change nothing; say what is not as it should be, and end with 1 if there is something.",
        )

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        try:
            states = hubspot_gateway.ensure_properties(look_only=check)
        except TransportError as error:
            raise CommandError(f"{error} Check HUBSPOT_ACCESS_TOKEN and its scopes, then run this again.") from error
        for name, state in states.items():
            self.stdout.write(f"{name}: {state}")
            if state == "of the wrong type":
                self.stdout.write("    Delete it in HubSpot's settings (Properties), then run this again.")
        wrong = sum(state not in DONE for state in states.values())
        if wrong:
            todo = "Run: python manage.py setup_hubspot" if check else "Do what is said above, then run this again."
            raise CommandError(f"{wrong} not as it should be. {todo}", returncode=1)
