"""A worker that is killed (-9) at the first moment of its kind; forked, since eighty starts of Django take long."""

import multiprocessing
import os
import signal
import threading
from dataclasses import replace

from django.db import connections

from outbox import registry
from outbox.models import Delivery
from outbox.worker import Worker

AFTER_CLAIM = "claim"
POINTS = (AFTER_CLAIM, "stripe.customer", "hubspot.contact", "mail.welcome")


def run_until_killed(point: str, seconds: float = 60) -> int:
    """Let a worker of one process run until it kills itself at `point`; its exit code, -9 where it did.

    "claim": a delivery is claimed and nothing done; the others: its effect has happened and is not noted yet. The
    caller must have no other threads, since only a process of one thread forks safely.
    """
    if threading.active_count() > 1:
        raise RuntimeError("Other threads run: this process must not be forked.")
    connections.close_all()
    child = multiprocessing.get_context("fork").Process(target=_work, args=[point])
    child.start()
    child.join(seconds)
    if child.exitcode is None:
        child.terminate()
        child.join(20)
    return child.exitcode if child.exitcode is not None else 0


def _work(point: str) -> None:
    for kind in POINTS[1:]:
        known = registry._registrations[kind]
        registry._registrations[kind] = replace(known, handler=_fatal(kind, known.handler, point))
    worker = Worker()
    signal.signal(signal.SIGTERM, lambda *_: worker.stop())
    worker.run()


def _fatal(kind: str, handler: registry.Handler, point: str) -> registry.Handler:
    def deliver(delivery: Delivery) -> None:
        if point == AFTER_CLAIM:
            os.kill(os.getpid(), signal.SIGKILL)
        handler(delivery)
        if point == kind:
            os.kill(os.getpid(), signal.SIGKILL)

    return deliver
