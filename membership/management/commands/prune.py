"""Empty what need not be kept."""

from typing import Any

from django.core.management.base import BaseCommand

from membership.housekeeping import prune


class Command(BaseCommand):
    help = "Empty personal data and payloads that need not be kept any longer. The worker does it every night."

    def handle(self, *args: Any, **options: Any) -> None:
        for what, count in prune().items():
            self.stdout.write(f"{count} {what} emptied")
