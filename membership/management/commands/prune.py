"""Empty what need not be kept."""

from typing import Any

from django.core.management.base import BaseCommand

from home.albums import taking_down
from home.forms import keeping
from membership.housekeeping import prune
from outbox import upkeep


class Command(BaseCommand):
    help = "Empty personal data and payloads that need not be kept any longer. The worker does it every night."

    def handle(self, *args: Any, **options: Any) -> None:
        for what, count in prune().items():
            self.stdout.write(f"{count} {what} emptied")
        keeping.forget()
        taking_down.forget()
        upkeep.prune()
        self.stdout.write("Answers whose day has come, and old deliveries and alerts, are gone")
