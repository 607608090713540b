"""Looking where a link leads: one question to a site at a time, with a pause, and following where it sends on."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

from django.conf import settings

from home.broken_links import asking
from home.broken_links.asking import Head, RefusedError, SilentError
from home.broken_links.collecting import host_of
from outbox.outcomes import where

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 1.0
MOST_STEPS = 5
# For the whole way of one link.
MOST_SECONDS = 25.0
REDIRECTS = {301, 302, 303, 307, 308}
GONE = {404, 410}
LATER = {429}


class Verdict(Enum):
    """What one look found."""

    FINE = "fine"
    FAILS = "fails"
    SILENT = "silent"  # fails, unless our own network is away
    UNCLEAR = "unclear"
    LATER = "later"


@dataclass(frozen=True)
class Look:
    """What was found, in words for executives; `after`: the seconds to wait before asking that site again."""

    verdict: Verdict
    why: str = ""
    after: float = 0.0


class Turns:
    """Each site is asked one question at a time, and has a pause after it."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._last: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for this site's turn, and take it."""
        with self._guard:
            lock = self._locks.setdefault(host, threading.Lock())
        with lock:
            time.sleep(max(0.0, self._last.get(host, 0.0) + PAUSE_SECONDS - time.monotonic()))
            try:
                yield
            finally:
                self._last[host] = time.monotonic()


TURNS = Turns()


def look(address: str, turns: Turns = TURNS) -> Look:
    """Where an address outside leads: HEAD first, then GET, as some sites answer only that."""
    ends = time.monotonic() + MOST_SECONDS
    try:
        head = _follow("HEAD", address, turns, ends)
        if head is not None and head.status >= 400 and head.status not in LATER:
            head = _follow("GET", address, turns, ends)
    except RefusedError as refused:
        return Look(Verdict.UNCLEAR, refused.words)
    except SilentError as silent:
        return Look(Verdict.SILENT if silent.ours else Verdict.FAILS, silent.words)
    except Exception as error:  # noqa: BLE001 - however oddly one site answers, the others are looked at
        logger.error("A link could not be looked at: %s", where(error))
        return Look(Verdict.UNCLEAR, "It could not be checked: open it yourself.")
    if head is None:
        return Look(Verdict.UNCLEAR, "It sends visitors on again and again.")
    return judge(head)


def judge(head: Head) -> Look:
    """What the last answer means. A site that keeps robots out says nothing about its page."""
    status = head.status
    if status in LATER or (status == 503 and head.retry_after):
        return Look(Verdict.LATER, "Its site asked us to come back later.", head.retry_after or 0.0)
    if head.challenge:
        return Look(Verdict.UNCLEAR, "Its site lets only people in, so it could not be checked.")
    if status < 400:
        return Look(Verdict.FINE)
    if status in GONE:
        return Look(Verdict.FAILS, f"Its site says that there is no such page ({status}).")
    if 500 <= status < 600:
        return Look(Verdict.FAILS, f"Its site has an error of its own ({status}).")
    return Look(Verdict.UNCLEAR, f"Its site does not let us look ({status}): open it yourself.")


def _follow(method: str, address: str, turns: Turns, ends: float) -> Head | None:
    """The answer at the end of the way; None if there is none. Every step is looked at like the first."""
    for _ in range(MOST_STEPS + 1):
        if host_of(address) == host_of(settings.SITE_URL):
            return Head(200)  # back to us
        if time.monotonic() > ends:
            raise SilentError("It did not answer in time.", ours=False)
        url = asking.taken_apart(address)
        with turns.turn(host_of(address)):
            head = asking.ask(method, url)
        if head.status not in REDIRECTS or not head.location:
            return head
        address = head.location
    return None
