"""The worker: claims what is due and delivers it, in a few threads that share nothing but the database."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType

from django.db import InterfaceError, OperationalError, connection, connections
from django.utils import timezone

from outbox import claims
from outbox.claims import Claim
from outbox.deliver import attempt, settle
from outbox.outcomes import where
from outbox.schedule import run_due_tasks
from outbox.systemd import Heartbeat, tell_systemd
from outbox.telling import tell

logger = logging.getLogger(__name__)

IDLE_POLL_SECONDS = 0.5
SCHEDULE_POLL_SECONDS = 5.0
LONGEST_RECONNECT_SECONDS = 2.0
LONGEST_SETTLING_SECONDS = 120.0
# Pictures are heavy work that nobody waits for: a hundred new photos must not hold up a welcome mail.
# Two that look at links would meet at the same site.
MOST_AT_ONCE = {"pictures": 1, "links": 1}


def run_once() -> bool:
    """Claim and make one delivery that is due, in this thread. False when there was none."""
    claim = claims.claim()
    if claim is None:
        return False
    settle(claim, attempt(claim))
    return True


def drain(threads: int = 1) -> int:
    """Deliver all that is due, and what becomes due by it; returns how many attempts were made.

    Alerts are told too. The schedule is left to the running worker. With one thread, it is the caller's own.
    """
    made = 0
    if threads > 1:
        with ThreadPoolExecutor(threads) as pool:
            made = sum(future.result() for future in [pool.submit(_drain_beside) for _ in range(threads)])
    while True:
        while run_once():
            made += 1
        if not tell():
            return made


def _drain_beside() -> int:
    """One thread of several: what another thread makes due after this one is finished, the caller delivers."""
    try:
        return drain()
    finally:
        connections.close_all()


class Worker:
    """Threads that deliver, one that runs the schedule, and a main loop that looks for work and keeps leases."""

    def __init__(self, threads: int = 4) -> None:
        self.threads = threads
        self.asked_to_stop = False
        self.broken: BaseException | None = None
        self.stopping = threading.Event()
        self.work = threading.Event()
        self.claiming = threading.Lock()
        self.running: dict[str, Claim] = {}

    def stop(self) -> None:
        """Begin nothing more; what runs is finished. Safe in a signal handler: it takes no lock."""
        self.asked_to_stop = True

    def run(self) -> None:
        """Deliver until `stop()`, then finish what runs and return."""
        crew = [threading.Thread(target=self._hold, args=[self._deliver]) for _ in range(self.threads)]
        crew.append(threading.Thread(target=self._hold, args=[self._keep_schedule]))
        for thread in crew:
            thread.start()
        tell_systemd("READY=1")
        try:
            self._keep_watch(crew)
        finally:
            # Also where the loop itself breaks: threads that go on without it keep the process from ending.
            self.stopping.set()
            self.work.set()
        connections.close_all()
        if self.broken is not None:
            raise RuntimeError(f"The worker broke: {where(self.broken)}") from self.broken

    def _keep_watch(self, crew: Sequence[threading.Thread]) -> None:
        """The main loop, until every thread has ended."""
        heart = Heartbeat()
        away = DatabaseAway(self.stopping)
        renewed = time.monotonic()
        while any(thread.is_alive() for thread in crew):
            heart.beat()
            if self.asked_to_stop:
                self.stopping.set()
                self.work.set()
            with away:
                if time.monotonic() - renewed >= claims.RENEW_EVERY.total_seconds():
                    renewed = time.monotonic()
                    self._renew()
                if not self.stopping.is_set():
                    if claims.due(timezone.now()):
                        self.work.set()
                    tell()
            if self.stopping.is_set():
                time.sleep(0.05)
            else:
                self.stopping.wait(IDLE_POLL_SECONDS)

    def _hold(self, work: Callable[[], None]) -> None:
        """A thread that breaks ends the worker, loudly: whoever watches it starts it anew."""
        try:
            work()
        except BaseException as error:
            self.broken = error
            self.asked_to_stop = True
            raise
        finally:
            connections.close_all()

    def _deliver(self) -> None:
        away = DatabaseAway(self.stopping)
        while not self.stopping.is_set():
            claim = None
            with away:
                claim = self._claim()
            if claim is None:
                self.work.wait(IDLE_POLL_SECONDS * 4)
                continue
            error = attempt(claim)
            self._settle(claim, error, away)

    def _claim(self) -> Claim | None:
        """One thread claims at a time, so that two do not reach for the same row; no channel takes every thread."""
        with self.claiming:
            if self.stopping.is_set():
                return None
            claim = claims.claim(except_channels=self._full_channels())
            if claim is None:
                self.work.clear()
            else:
                self.running[claim.owner] = claim
            return claim

    def _full_channels(self) -> list[str]:
        """Channels that have all the threads they may have."""
        most = max(1, self.threads - 1)
        busy = Counter(claim.delivery.channel for claim in self.running.values())
        return [channel for channel, count in busy.items() if count >= min(most, MOST_AT_ONCE.get(channel, most))]

    def _settle(self, claim: Claim, error: Exception | None, away: "DatabaseAway") -> None:
        """Write down what became of it, and keep at that while the database is away: else it happens twice."""
        deadline = time.monotonic() + LONGEST_SETTLING_SECONDS
        written = False
        while not written and time.monotonic() < deadline:
            with away:
                settle(claim, error)
                written = True
        with self.claiming:
            del self.running[claim.owner]

    def _renew(self) -> None:
        with self.claiming:
            youngest = timezone.now() - claims.LONGEST_DELIVERY
            owners = [owner for owner, claim in self.running.items() if claim.began_at > youngest]
        if owners:
            claims.renew(owners)

    def _keep_schedule(self) -> None:
        away = DatabaseAway(self.stopping)
        while not self.stopping.is_set():
            with away:
                run_due_tasks(self.stopping)
            self.stopping.wait(SCHEDULE_POLL_SECONDS)


class DatabaseAway:
    """A context that survives the database's absence: logs it once, waits a little longer each time, reconnects."""

    def __init__(self, stopping: threading.Event) -> None:
        self.stopping = stopping
        self.failures = 0

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is None:
            if self.failures:
                logger.info("The database is back.")
            self.failures = 0
            return False
        if not isinstance(error, (OperationalError, InterfaceError)):
            return False
        if not self.failures:
            logger.error("The database is away: %s. Trying again until it is back.", where(error))
        self.failures += 1
        connection.close()
        # A stop is noticed by the loop; the outcome of a delivery is still written down while stopping.
        time.sleep(min(LONGEST_RECONNECT_SECONDS, 0.1 * 2 ** min(self.failures, 6)))
        return True
