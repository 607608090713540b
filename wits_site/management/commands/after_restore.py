"""`manage.py after_restore`: makes a restored database fit for the release that runs, and true to what came after."""

import sys
from typing import Any

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from home import wishes


class Command(BaseCommand):
    help = (
        "Migrate a restored database, empty what need not be kept, do again the wishes on standard input (those of "
        "manage.py wishes), and sign everybody out. deploy/restore.sh runs it before visitors see the database."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0, stdout=self.stdout)
        call_command("prune", stdout=self.stdout)
        Session.objects.all().delete()
        try:
            done = wishes.again([line.strip() for line in sys.stdin if line.strip()])
        except wishes.CannotBeDone as error:
            raise CommandError(f"All is done but for these wishes:\n{error}", returncode=3) from error
        self.stdout.write(f"{done} wishes done again, and everybody is signed out")
