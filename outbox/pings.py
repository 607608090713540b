"""Signs of life to a watchman outside, who tells people when they stop: the one alarm that needs nothing of ours."""

import logging

import requests
from django.conf import settings

from outbox.figures import LONGEST_WAIT, queue_age
from outbox.outcomes import where

logger = logging.getLogger(__name__)

SECONDS = 5


def ping(name: str, url: str) -> None:
    """Ask for `url`, once, for at most five seconds; nothing without one. It never raises.

    A ping that does not arrive is logged and nothing more: the watchman tells of it, that is what he is for.
    """
    if not url:
        return
    try:
        requests.get(url, timeout=SECONDS, allow_redirects=False).raise_for_status()
    except requests.RequestException as error:
        logger.warning("The ping %s did not arrive: %s", name, where(error))


def worker_is_well() -> None:
    """Ping for the worker, as long as it delivers: when the queue stands still, so does the ping."""
    if queue_age() < LONGEST_WAIT:
        ping("worker", settings.PING_WORKER_URL)


def payments_were_compared() -> None:
    """Ping for the comparison with Stripe, called when it ended well."""
    ping("reconcile", settings.PING_RECONCILE_URL)
