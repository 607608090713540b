"""`manage.py create_owner EMAIL`: the first Owner, and the way back in when no Owner can sign in any more."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from desk.accounts import access, invitations
from desk.groups import ensure_groups


class Command(BaseCommand):
    help = (
        "Make an Owner and print a link that works once, for 24 hours: it leads to choosing a password and setting "
        "up a second factor. For an account that is there already, what it signed in with before ends now."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="Where the Owner gets mail; it is what they sign in with.")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email} is no address.") from error
        ensure_groups()
        with transaction.atomic():
            invitation = invitations.invite(access.make_owner(email), by=None, mail=False)
        self.stdout.write("Open this within 24 hours, in the browser of the Owner. It works once:")
        self.stdout.write(invitations.link(invitation))
