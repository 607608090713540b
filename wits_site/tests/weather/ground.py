"""A world from nothing: an empty database, a sandbox without a network, a mailbox, and one clock for all of them."""

import io
import random
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest import mock

import stripe
import time_machine
import urllib3
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.test import override_settings
from werkzeug.test import Client as Wire

import sandbox.hubspot_api.identities
import sandbox.state
from membership import hubspot_gateway, joining, limits
from membership.models import Level, MembershipSettings
from outbox import outcomes
from sandbox.app import create_app
from sandbox.state import State
from sandbox.stripe_api import promotions
from sandbox.stripe_api.call import Call
from sandbox.stripe_api.events import PRESET_SECRET
from wits_site.tests.weather.people import COUPONS, LEVELS
from wits_site.tests.weather.post import Post
from wits_site.tests.weather.world import World

BEGINNINGS = (
    "2026-09-14T14:00:00+00:00",  # ten in the morning in Toronto, on a Monday in September
    "2026-11-01T03:55:00+00:00",  # five to midnight, before the night in which the clocks go back
    "2027-01-01T04:45:00+00:00",  # a quarter to midnight, on New Year's Eve
    "2027-05-01T03:45:00+00:00",  # a quarter to midnight, on the last day of the club's year
    "2028-02-29T20:00:00+00:00",
)
LOTS = limits.Most(calls=10_000, declines=10_000, mails=10_000)  # how many is too many is told by tests of its own


@contextmanager
def fresh_world(chance: random.Random, beginning: str = BEGINNINGS[0]) -> Iterator[World]:
    """One world. `chance` draws what nobody decides: the pauses between tries. At the end nothing of it is left."""
    with ExitStack() as stack:
        clock = stack.enter_context(time_machine.travel(beginning, tick=False))
        stack.enter_context(_undone())
        stack.enter_context(
            override_settings(
                STRIPE_WEBHOOK_SECRETS=[PRESET_SECRET],
                SMTP={"EMAIL_BACKEND": "wits_site.tests.weather.post.Mailbox"},
            )
        )
        mail.outbox = []
        state = State(settings.SITE_URL)
        wire = Wire(create_app(state))
        for patch in (
            mock.patch.object(urllib3.connectionpool.HTTPConnectionPool, "urlopen", _urlopen(wire)),
            mock.patch.object(stripe.HTTPClient, "_sleep_time_seconds", mock.Mock(return_value=0)),
            mock.patch.object(joining, "TWIN_WAIT", 0),
            mock.patch.object(outcomes, "jitter", chance),
            mock.patch.object(uuid, "os", mock.Mock(urandom=chance.randbytes)),
            mock.patch.object(sandbox.state, "secrets", chance),
            mock.patch.object(sandbox.hubspot_api.identities, "secrets", mock.Mock(randbelow=chance.randrange)),
            mock.patch.object(limits, "BY_EMAIL", LOTS),
            mock.patch.object(limits, "OVERALL", LOTS),
        ):
            stack.enter_context(patch)
        _furnish(state)
        yield World(state, wire, Post(state, clock), clock)


@contextmanager
def _undone() -> Iterator[None]:
    """What is written meanwhile is rolled back."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def _furnish(state: State) -> None:
    """Levels, coupons, HubSpot's properties. The year ends on 30 April; who joins 30 days before gets the next."""
    Level.objects.all().delete()
    Level.objects.bulk_create(Level(slug=slug, **fields) for slug, fields in LEVELS.items())
    MembershipSettings.objects.update_or_create(
        pk=1,
        defaults={
            "year_end_month": 4,
            "year_end_day": 30,
            "early_days": 30,
            "joining_open": True,
            "promotion_codes": True,
        },
    )
    with state.change():
        for name, percent in COUPONS.items():
            promotions.create_coupon(Call(state, {"id": name, "percent_off": percent}))
    hubspot_gateway.ensure_properties()


def _urlopen(wire: Wire):
    """urllib3's way to the partners, led to the sandbox in this process: both vendors' libraries take it."""

    def urlopen(pool, method, url, body=None, headers=None, **how):
        try:
            answer = wire.open(url, method=method, data=body, headers=dict(headers or {}))
        except ConnectionResetError as error:
            raise urllib3.exceptions.ProtocolError("Connection aborted.", error) from error
        return urllib3.HTTPResponse(
            body=io.BytesIO(answer.get_data()),
            headers=dict(answer.headers),
            status=answer.status_code,
            reason=answer.status,
            preload_content=how.get("preload_content", True),
            request_method=method,
        )

    return urlopen
