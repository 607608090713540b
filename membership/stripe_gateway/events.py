"""Webhook requests: only what Stripe signed is read."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import stripe
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from membership.errors import EventRefused

TOLERANCE_SECONDS = 300
MAX_EVENT_BYTES = 1_000_000  # a larger body is refused unread; Stripe's events are a few thousand bytes


@dataclass(frozen=True)
class Event:
    """Something that happened at Stripe. https://docs.stripe.com/api/events/object

    `object` is what it happened to, as it was then; `raw` is the whole event. `created` is UTC.
    """

    id: str
    type: str
    created: datetime
    livemode: bool
    object: dict[str, Any]
    raw: dict[str, Any]


def read_event(body: bytes, signature_header: str) -> Event:
    """The event in a webhook request: its raw body, and its `Stripe-Signature` header ("" if there is none).

    Each of STRIPE_WEBHOOK_SECRETS is tried, so that a secret can be changed without losing an event. Raises
    EventRefused, whose words hold nothing of the body, and ImproperlyConfigured where no secret is set.
    https://docs.stripe.com/webhooks#verify-events
    """
    secrets = [secret for secret in settings.STRIPE_WEBHOOK_SECRETS if secret.strip()]
    if not secrets:
        raise ImproperlyConfigured("STRIPE_WEBHOOK_SECRET is empty: no event of Stripe's can be trusted.")
    _verify(body, signature_header, secrets)
    return _event(body)


def _verify(body: bytes, header: str, secrets: list[str]) -> None:
    if not header:
        raise EventRefused("It carries no signature.")
    # Stripe's are ASCII; comparing any other would fail with an error of Python's.
    if not header.isascii():
        raise EventRefused("Its signature is none of Stripe's.")
    try:
        body.decode()
    except UnicodeDecodeError:
        raise EventRefused("It is not text.") from None
    secret = next((secret for secret in secrets if _signed(body, header, secret, None)), None)
    if secret is None:
        raise EventRefused("It is not signed with a secret we know.")
    if not _signed(body, header, secret, TOLERANCE_SECONDS):
        raise EventRefused(f"It was signed more than {TOLERANCE_SECONDS} seconds ago.")


def _signed(body: bytes, header: str, secret: str, tolerance: int | None) -> bool:
    try:
        return stripe.WebhookSignature.verify_header(body, header, secret, tolerance)
    except stripe.SignatureVerificationError:
        return False


def _event(body: bytes) -> Event:
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        raise EventRefused("It is not JSON.") from None
    try:
        if raw["object"] != "event" or not isinstance(raw["data"]["object"], dict):
            raise EventRefused("It is no event.")
        _refuse_unstorable(raw)
        _short(raw["data"]["object"].get("id"), 255)
        return Event(
            id=_short(raw["id"], 255),
            type=_short(raw["type"], 80),
            created=datetime.fromtimestamp(raw["created"], UTC),
            livemode=bool(raw["livemode"]),
            object=raw["data"]["object"],
            raw=raw,
        )
    except (KeyError, TypeError, ValueError, OverflowError, OSError, RecursionError):
        raise EventRefused("It is no event.") from None


def _refuse_unstorable(raw: dict[str, Any]) -> None:
    """Raise ValueError for JSON that PostgreSQL does not take: null characters, half characters, no number."""
    text = json.dumps(raw, ensure_ascii=False, allow_nan=False)
    text.encode()
    if "\\u0000" in text:
        raise ValueError("It holds a null character.")


def _short(value: object, limit: int) -> str:
    if len(text := str(value)) > limit:
        raise ValueError("It is longer than any of Stripe's.")
    return text
