"""Signs of life to a watchman outside, who tells people when they stop: the one alarm that needs nothing of ours."""

import logging
from datetime import datetime, timedelta

import requests
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from outbox.deliver import TOLD_BY_MAIL
from outbox.figures import LATE, LONGEST_WAIT, queue_age
from outbox.models import Delivery
from outbox.outcomes import where

logger = logging.getLogger(__name__)

SECONDS = 5
# Long enough for a watchman to notice; what was given up stays in the list of deliveries.
SILENT_AFTER_GIVING_UP = timedelta(days=1)


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
    """Ping for the worker, as long as it delivers: when the queue stands still, so does the ping.

    So it does when what the club has to be told does not get out: a mail server that refuses us, or is away, cannot
    be told of by mail.
    """
    if queue_age() < LONGEST_WAIT and not _is_nobody_told(timezone.now()):
        ping("worker", settings.PING_WORKER_URL)


def _is_nobody_told(now: datetime) -> bool:
    """Whether an alert or digest has been waiting for an hour, or was given up within the day."""
    waits = Q(state__in=[Delivery.State.WAITING, Delivery.State.RUNNING], trying_since__lt=now - LATE)
    given_up = Q(state=Delivery.State.DEAD, due_at__gt=now - SILENT_AFTER_GIVING_UP)
    return Delivery.objects.filter(waits | given_up, kind__in=TOLD_BY_MAIL).exists()


def payments_were_compared() -> None:
    """Ping for the comparison with Stripe, called when it ended well."""
    ping("reconcile", settings.PING_RECONCILE_URL)
