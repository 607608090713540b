"""`manage.py prepare`: what `make run` needs before the site can start."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from wits_site.demo import has_own_content


class Command(BaseCommand):
    help = "Migrate, make the demonstration where there is none, and set up Stripe and HubSpot (or their stand-ins)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("==> Database: about two hundred small steps, ten seconds or so")
        call_command("migrate", interactive=False, verbosity=0, stdout=self.stdout)
        if has_own_content():
            self.stdout.write("==> Demonstration: there is content already; it stays as it is")
        else:
            self.stdout.write("==> Demonstration")
            call_command("seed_demo", stdout=self.stdout)
        self.stdout.write("==> Stripe")
        call_command("setup_stripe", stdout=self.stdout)
        self.stdout.write("==> HubSpot")
        call_command("setup_hubspot", stdout=self.stdout)
