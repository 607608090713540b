"""`setup_stripe`: what has to stand in the club's Stripe account stands there."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from membership import stripe_gateway
from membership.errors import TransportError
from membership.models import Level


class Command(BaseCommand):
    """Makes or corrects the product of each paid level and the webhook endpoint; can be run again at any time."""

    help = (
        "Makes or corrects, in Stripe, the product of each paid level and the webhook endpoint of this site. "
        "Run it again at any time: what is as it should be stays."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="Change nothing; say what is not as it should be, and end with 1 if there is something.",
        )

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        url = f"{settings.SITE_URL.rstrip('/')}/webhooks/stripe/"
        try:
            wrong = self._products(check) + self._endpoint(url, check)
        except TransportError as error:
            raise CommandError(f"{error} Check STRIPE_SECRET_KEY and the connection, then run this again.") from error
        if check and wrong:
            raise CommandError(
                f"{wrong} of them not as it should be. Run: python manage.py setup_stripe", returncode=1
            )

    def _products(self, check: bool) -> int:
        wrong = 0
        for level in Level.objects.filter(price_cents__gt=0):
            thing = stripe_gateway.ensure_product(slug=level.slug, name=level.name, look_only=check)
            wrong += self._say(thing)
            if not check and level.stripe_product_id != thing.id:
                Level.objects.filter(pk=level.pk).update(stripe_product_id=thing.id)
        return wrong

    def _endpoint(self, url: str, check: bool) -> int:
        things = stripe_gateway.ensure_endpoint(url=url, look_only=check)
        wrong = sum([self._say(thing) for thing in things])
        for thing in things:
            if thing.secret:
                self.stdout.write(
                    "\nThe endpoint's signing secret, shown this once:\n\n"
                    f"    {thing.secret}\n\n"
                    "Put it into STRIPE_WEBHOOK_SECRET on the server and restart the site. If a secret stands there "
                    "already, keep it for now: write both, with a comma between them.\n"
                )
        return wrong

    def _say(self, thing: stripe_gateway.Thing) -> bool:
        """One line for one thing; whether it is not as it should be."""
        named = f"{thing.what} ({thing.id})" if thing.id else thing.what
        self.stdout.write(f"{named}: {thing.state}")
        if thing.todo:
            self.stdout.write(f"    {thing.todo}")
        return not thing.is_well
