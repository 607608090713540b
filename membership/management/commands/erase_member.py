"""`manage.py erase_member`: for who asks to be deleted."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from membership.erasing import erase
from membership.models import Member


class Command(BaseCommand):
    help = (
        "Delete a member who asked for it, with everything that names them. Payments stay, without a name. Says what "
        "it would do; --go does it, and names what is left to delete at Stripe and HubSpot."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("member", type=int, help="The number in the address of the member's page in the admin.")
        parser.add_argument("--go", action="store_true", help="Do it.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                gone = erase(options["member"])
                if not options["go"]:
                    transaction.set_rollback(True)
        except Member.DoesNotExist as error:
            raise CommandError(f"There is no member {options['member']}.") from error
        for what, count in gone.counts.items():
            self.stdout.write(f"{count} {what}")
        if not options["go"]:
            self.stdout.write("Nothing was changed. Add --go to delete them for good.")
            return
        self.stdout.write("They are gone from the site. Write the next lines down: nothing else knows them any more.")
        for customer in gone.stripe_customer_ids:
            self.stdout.write(f"In Stripe's dashboard: find the customer {customer}, and delete it.")
        if gone.hubspot_contact_id:
            self.stdout.write(
                f"In HubSpot: open the contact {gone.hubspot_contact_id}, Actions, Delete, “Permanently delete”."
            )
