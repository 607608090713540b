"""How the site hears of what happened, and what it does about it: late, twice, out of order, or not at all."""

import json
import logging
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any
from unittest import mock

from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from membership import contact_batches, housekeeping, inbox, reconciliation
from membership.errors import TransportError
from membership.stripe_gateway import EVENT_TYPES
from outbox import worker
from outbox.models import ChannelPause, Delivery
from outbox.schedule import run_due_tasks
from sandbox.stripe_api.events import PRESET_SECRET
from sandbox.webhooks import signature

EVER = 4000  # days: whatever happened in a world is younger
TOO_OLD = 300  # seconds after which a signature is no longer taken


class Post:
    """What is between Stripe and the site, and the site's own work. `faults` strike while the site works."""

    def __init__(self, state, clock) -> None:
        self.state, self.clock = state, clock
        self.heard: set[str] = set()
        self.dropped: set[str] = set()
        self.stumbled: set[str] = set()
        self.faults: list[dict[str, Any]] = []
        self._client = Client(raise_request_exception=True)

    # Stripe's post

    def events(self) -> list[dict[str, Any]]:
        """All that Stripe tells the site of, oldest first."""
        return [event for event in self.state["event"].oldest_first() if event["type"] in EVENT_TYPES]

    def on_the_way(self) -> list[dict[str, Any]]:
        gone = self.heard | self.dropped
        return [event for event in self.events() if event["id"] not in gone]

    def tell(self, event: dict[str, Any]) -> None:
        """Deliver one event, as Stripe does: signed with its own clock."""
        body = json.dumps(event).encode()
        header = {"Stripe-Signature": signature(PRESET_SECRET, body, self.state.now())}
        answer = self._client.post("/webhooks/stripe/", body, content_type="application/json", headers=header)
        too_old = self.state.ahead < -TOO_OLD
        assert answer.status_code == (400 if too_old else 200), answer.content
        if not too_old:
            self.heard.add(event["id"])

    def tell_in_vain(self, event: dict[str, Any]) -> None:
        """Deliver one event while the site is broken. Stripe is told so, and will come again."""
        client = Client(raise_request_exception=False)
        body = json.dumps(event).encode()
        header = {"Stripe-Signature": signature(PRESET_SECRET, body, int(time.time()))}
        with mock.patch.object(inbox, "_outcome_of", side_effect=RuntimeError("The disk is full.")), _quiet():
            answer = client.post("/webhooks/stripe/", body, content_type="application/json", headers=header)
        assert answer.status_code == 500
        self.stumbled.add(event["id"])

    def may_be_lost(self) -> list[dict[str, Any]]:
        """What is on its way and would be found without it. Where the site stumbled, Stripe goes on."""
        return [event for event in self.on_the_way() if event["id"] not in self.stumbled]

    def drop(self, event: dict[str, Any]) -> None:
        """It never arrives."""
        self.dropped.add(event["id"])

    def tell_all(self, chance: random.Random | None = None, copies: int = 1) -> None:
        """All that is on its way arrives, in any order."""
        events = self.on_the_way() * copies
        if chance:
            chance.shuffle(events)
        for event in events:
            self.tell(event)

    def tell_all_of(self, uuid: str) -> None:
        """All that there is of one form arrives, what was lost too: somebody at Stripe sends it again."""
        ahead, clock = self.state.ahead, self.state.clock
        self.state.ahead, self.state.clock = 0.0, time.time
        for event in self.events():
            thing = event["data"]["object"]
            if event["id"] not in self.heard and self._form_of(thing) == uuid:
                self.tell(event)
        self.state.ahead, self.state.clock = ahead, clock

    def _form_of(self, thing: dict[str, Any]) -> str:
        marks = thing.get("metadata") or {}
        if "signup" in marks:
            return str(marks["signup"])
        intent = self.state["payment_intent"].get(thing.get("payment_intent"))
        return str(intent["metadata"].get("signup", "")) if intent else ""

    # The site's own work

    def work(self) -> None:
        """The worker does what is due."""
        with self._faults():
            worker.drain()

    def keep_schedule(self) -> None:
        """The worker does what the clock asks for, and what follows."""
        with self._faults():
            run_due_tasks()
            worker.drain()

    def reconcile(self) -> reconciliation.Report:
        report = reconciliation.Report()
        with self._faults():
            try:
                reconciliation.reconcile(days=EVER, report=report)
            except TransportError:
                assert self.faults, "nothing is wrong at Stripe, but it cannot be compared"
        assert report.failed == []
        return report

    def night(self) -> None:
        """What happens every night besides reconciling."""
        with self._faults():
            housekeeping.tell_of_ended()
            contact_batches.begin_check()
            worker.drain()

    def work_until_done(self) -> None:
        """Let time pass until nothing waits for another try."""
        for _ in range(100):
            worker.drain()
            waiting = Delivery.objects.exclude(state__in=[Delivery.State.DONE, Delivery.State.DEAD])
            if not waiting.exists():
                return
            moments = [*waiting.values_list("due_at", flat=True)]
            moments += ChannelPause.objects.values_list("waits_until", flat=True)
            later = [moment for moment in moments if moment > timezone.now()]
            self.clock.shift((min(later) - timezone.now() if later else timedelta(0)) + timedelta(seconds=1))
        raise AssertionError("the worker is never done")

    def work_through_pauses(self) -> None:
        """The partners are well, and a maintainer lets the worker try at once all that waits for its next try."""
        for _ in range(10):
            ChannelPause.objects.all().delete()
            waiting = Delivery.objects.filter(state=Delivery.State.WAITING)
            waiting.update(due_at=timezone.now())
            worker.drain()
            if not waiting.exists():
                return
        raise AssertionError("the worker is never done")

    def _faults(self) -> "_Faults":
        return _Faults(self)


class _Faults:
    def __init__(self, post: Post) -> None:
        self.post = post

    def __enter__(self) -> None:
        for fault in self.post.faults:
            if fault["vendor"] == "mail":
                Mailbox.away = fault["times"]
            else:
                self.post.state.faults.add(fault)

    def __exit__(self, *_: object) -> None:
        self.post.state.faults.clear()
        Mailbox.away = 0


class Mailbox(EmailBackend):
    """Keeps mails in memory; `away` is how often it will not be there."""

    away = 0

    def send_messages(self, messages: Any) -> int:
        if Mailbox.away:
            Mailbox.away -= 1
            raise SMTPServerDisconnected("The mailbox is away.")
        return super().send_messages(messages)


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the trace of an error that is meant to be."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
