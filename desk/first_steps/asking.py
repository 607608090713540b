"""Asking Stripe and HubSpot whether they know us. Waits for them: never in a page view or a transaction."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from desk.first_steps import standing
from desk.first_steps.steps import HUBSPOT, STRIPE
from membership import hubspot_gateway, stripe_gateway
from membership.errors import TransportError
from membership.models import Level


@dataclass(frozen=True)
class Answer:
    """Whether it is as it should be, and what was found, a line each. No key is ever in it."""

    is_well: bool
    lines: list[str]


def ask(slug: str) -> Answer:
    """Ask that partner, and remember what it said. Raises KeyError for a step that asks nobody."""
    answer = ASKED[slug]()
    when = date_format(timezone.localtime(), "j F, H:i")
    standing.found(slug, f"Asked on {when}.", *answer.lines, done=answer.is_well)
    return answer


def ask_stripe() -> Answer:
    """Look, and change nothing: the key, a product for each paid level, and where Stripe sends its messages."""
    levels = list(Level.objects.filter(price_cents__gt=0).values_list("slug", "name"))
    url = f"{settings.SITE_URL.rstrip('/')}/webhooks/stripe/"
    try:
        wrong = stripe_gateway.drift(levels=levels, url=url)
    except TransportError as error:
        return Answer(False, [f"Stripe did not say yes: {error}", _ask_a_maintainer("STRIPE_SECRET_KEY")])
    if wrong:
        return Answer(False, ["Stripe answers, but:", *wrong, _run("setup_stripe")])
    if not settings.STRIPE_WEBHOOK_SECRETS:
        return Answer(False, ["Stripe answers, but:", _ask_a_maintainer("STRIPE_WEBHOOK_SECRET")])
    return Answer(True, ["Stripe answers, and everything there is as it should be."])


def ask_hubspot() -> Answer:
    """Look, and change nothing: the key, and the fields of a contact that the site writes."""
    try:
        states = hubspot_gateway.ensure_properties(look_only=True)
    except TransportError as error:
        return Answer(False, [f"HubSpot did not say yes: {error}", _ask_a_maintainer("HUBSPOT_ACCESS_TOKEN")])
    wrong = [f"{name} is {state}." for name, state in states.items() if state != "as it should be"]
    if wrong:
        return Answer(False, ["HubSpot answers, but:", *wrong, _run("setup_hubspot")])
    return Answer(True, ["HubSpot answers, and everything there is as it should be."])


def _run(command: str) -> str:
    return f"Ask a maintainer to run: python manage.py {command}"


def _ask_a_maintainer(name: str) -> str:
    return f"Ask a maintainer to look at {name} on the server."


ASKED: dict[str, Callable[[], Answer]] = {STRIPE: ask_stripe, HUBSPOT: ask_hubspot}
