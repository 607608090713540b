"""How Stripe is reached, and what its errors mean to us."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import stripe
from django.conf import settings

from membership.errors import TransportError

# The library logs what Stripe answers, and Stripe's messages quote what was sent: names and addresses.
logging.getLogger("stripe").setLevel(logging.WARNING)
# Else each call would report this machine and the time of the call before it.
stripe.enable_telemetry = False

CONNECT_SECONDS = 4.0
# One more try, with the same idempotency key: enough for a kept connection that was closed meanwhile. What lasts
# longer is the outbox's to repeat, not that of a visitor who waits.
RETRIES = 1
# Refusals of one request that another try may heal, besides every 5xx: time-out, conflict, failed dependency, limit.
PASSING = frozenset({408, 409, 424, 429})


def client() -> stripe.StripeClient:
    """The client for the settings of this moment; one for each process, and its connections one for each thread."""
    return _client(
        settings.STRIPE_SECRET_KEY,
        settings.STRIPE_API_VERSION,
        settings.STRIPE_API_BASE,
        float(settings.STRIPE_TIMEOUT_SECONDS),
    )


@lru_cache(maxsize=8)
def _client(key: str, version: str, base: str, timeout: float) -> stripe.StripeClient:
    # The library puts "/v1/…" after the base, so a path in it stays (http://127.0.0.1:8001/stripe).
    addresses: Any = {"api": base.rstrip("/")} if base else {}
    return stripe.StripeClient(
        key,
        stripe_version=version,
        base_addresses=addresses,
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=(min(CONNECT_SECONDS, timeout), timeout)),
    )


class ReplayedError(TransportError):
    """Stripe repeats that it failed at an earlier try with this idempotency key. What that try did is not known.

    https://docs.stripe.com/error-low-level#server-errors
    """


@contextmanager
def calling(deed: str) -> Iterator[None]:
    """Turn every error of Stripe's library into a TransportError whose message says what was tried.

    `deed` follows "Stripe did not" ("open a Checkout session"). The message names Stripe's code, parameter and
    request id, never its own words, which may quote a name or an address; for the same reason the library's error
    does not stay behind as the cause. https://docs.stripe.com/api/errors
    """
    try:
        yield
    except stripe.StripeError as error:
        raise _transport_error(deed, error) from None
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        # How the library fails at an answer that is JSON, or text, but nothing Stripe would say.
        kind = type(error).__name__
        raise TransportError(f"Stripe did not {deed}: its answer makes no sense ({kind}).") from None


def as_dict(answer: object, deed: str) -> dict[str, Any]:
    """The plain dict of what Stripe answered; TransportError if it is no object at all (a proxy's page, a list)."""
    if not isinstance(answer, stripe.StripeObject):
        raise TransportError(f"Stripe did not {deed}: its answer makes no sense.")
    return answer.to_dict()


def page_of(answer: object, deed: str) -> tuple[list[dict[str, Any]], bool]:
    """The objects on one page of a list, and whether there are more; TransportError if it is no page of a list.

    Nothing is taken for an empty list but an empty list: what is missing from it would be made again.
    """
    match as_dict(answer, deed):
        case {"data": [*objects], "has_more": bool(more)} if all(isinstance(obj, dict) for obj in objects):
            return objects, more
    raise TransportError(f"Stripe did not {deed}: its answer makes no sense.")


def code_of(error: stripe.StripeError) -> str:
    """Stripe's short code of an error ("resource_missing"), or "" where it gave none."""
    code = error.code or (error.error.code if error.error else None)
    return code if isinstance(code, str) else ""


def _transport_error(deed: str, error: stripe.StripeError) -> TransportError:
    status = error.http_status or 0
    headers = {str(name).lower(): str(value) for name, value in (error.headers or {}).items()}
    # A key remembers even a 500 for 24 hours: asking again with the same key only repeats it.
    replayed = status >= 500 and headers.get("idempotent-replayed") == "true"
    # A refusal without Stripe's form of an error is not Stripe's own, but that of something on the way.
    refused = error.error is not None and 400 <= status < 500 and status not in PASSING
    pauses = isinstance(error, stripe.AuthenticationError | stripe.PermissionError)
    limited = isinstance(error, stripe.RateLimitError)
    passing = pauses or limited or headers.get("stripe-should-retry") == "true"
    kind = ReplayedError if replayed else TransportError
    return kind(
        f"Stripe did not {deed}: {_facts(error, status, replayed)}.",
        permanent=replayed or (refused and not passing),
        retry_after=_seconds(headers.get("retry-after")),
        pauses=pauses,
        gone=_param(error) or "id" if code_of(error) == "resource_missing" else "",
    )


def _facts(error: stripe.StripeError, status: int, replayed: bool) -> str:
    param = _param(error)
    facts = [
        f"HTTP {status}" if status else "it could not be reached",
        code_of(error),
        f"parameter {param}" if param else "",
        f"request {error.request_id}" if error.request_id else "",
        "the answer of an earlier try is repeated" if replayed else "",
    ]
    return ", ".join(fact for fact in facts if fact)


def _param(error: stripe.StripeError) -> str:
    param = getattr(error, "param", None)
    return param if isinstance(param, str) else ""


def _seconds(value: str | None) -> float | None:
    """The seconds of a Retry-After header; its form as a date is not used by Stripe."""
    try:
        return max(0.0, float(value)) if value else None
    except ValueError:
        return None
