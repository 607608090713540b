"""Sends events to their endpoints: signed, each until it is taken or given up.

https://docs.stripe.com/webhooks (signatures, retries)
"""

from __future__ import annotations

import hashlib
import heapq
import hmac
import http.client
import json
import threading
import time
from urllib.parse import urlsplit

from sandbox.collection import Row
from sandbox.state import State

TIMEOUT = 20  # seconds an endpoint has to answer
# Seconds before each further try. Stripe goes on for three days with growing pauses; the first ones are shorter here.
DELAYS = (5, 30, 120, 600, 3600, 10_800, 21_600, 43_200, 86_400, 86_400)
SENDERS = 8


def signature(secret: str, body: bytes, at: int) -> str:
    """The Stripe-Signature header: HMAC-SHA256 of `<time>.<body>`, under the endpoint's secret."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


class Sender:
    """Threads that send what is due. Deliveries are rows of the state, so a restart goes on where it stopped."""

    def __init__(self, state: State, delays: tuple[float, ...] = DELAYS, senders: int = SENDERS) -> None:
        self._state = state
        self._delays = delays
        self._due: list[tuple[float, str]] = []
        self._wake = threading.Condition()
        self._stopping = False
        self._threads = [
            threading.Thread(target=self._work, name=f"sandbox-webhook-{n}", daemon=True) for n in range(senders)
        ]

    def start(self) -> None:
        self._state.on_delivery = self.add
        with self._state.change():
            for delivery in self._state["delivery"].find("waiting", True):
                if delivery["next_at"] is None:  # it was being sent when the last run ended
                    self._state["delivery"].put({**delivery, "next_at": self._state.clock()})
                self.add(delivery["id"])
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        with self._wake:
            self._stopping = True
            self._wake.notify_all()

    def add(self, delivery_id: str) -> None:
        """Send this delivery when its time has come."""
        delivery = self._state["delivery"].get(delivery_id)
        if delivery and delivery["next_at"] is not None:
            with self._wake:
                heapq.heappush(self._due, (delivery["next_at"], delivery_id))
                self._wake.notify()

    def resend(self, delivery_id: str) -> None:
        """Send once more, at once, whatever came of it before."""
        with self._state.change():
            delivery = self._state["delivery"].need(delivery_id)
            self._state["delivery"].put({**delivery, "next_at": self._state.clock()})
        self.add(delivery_id)

    def _work(self) -> None:
        while True:
            with self._wake:
                while not self._stopping and not (self._due and self._due[0][0] <= self._state.clock()):
                    wait = self._due[0][0] - self._state.clock() if self._due else None
                    self._wake.wait(min(wait, 1.0) if wait is not None else None)
                if self._stopping:
                    return
                _, delivery_id = heapq.heappop(self._due)
            self._send(delivery_id)

    def _send(self, delivery_id: str) -> None:
        state = self._state
        with state.change():
            delivery = state["delivery"].get(delivery_id)
            if delivery is None or delivery["next_at"] is None or delivery["next_at"] > state.clock():
                return  # forgotten by a reset, taken by another thread, or due later by now
            event, endpoint = (
                state["event"].get(delivery["event"]),
                state["webhook_endpoint"].get(delivery["endpoint"]),
            )
            secret = state["endpoint_secret"].get(delivery["endpoint"])
            state["delivery"].put({**delivery, "next_at": None, "state": "sending"})
            if event is None or endpoint is None or secret is None:
                state["delivery"].put({**delivery, "next_at": None, "state": "given_up"})
                return
            body = json.dumps(
                {**event, "api_version": endpoint["api_version"] or event["api_version"]}, indent=2
            ).encode()
            header = signature(secret["secret"], body, state.now())
            url = endpoint["url"]
        started = time.monotonic()
        status, error = post(url, body, header)
        attempt = {
            "at": state.clock(),
            "ms": round((time.monotonic() - started) * 1000),
            "status": status,
            "error": error,
        }
        with state.change():
            self._record(delivery_id, attempt)

    def _record(self, delivery_id: str, attempt: Row) -> None:
        delivery = self._state["delivery"].get(delivery_id)
        if delivery is None:
            return
        taken = attempt["status"] is not None and 200 <= attempt["status"] < 300
        was_taken = any(known["status"] and 200 <= known["status"] < 300 for known in delivery["attempts"])
        delivery = {**delivery, "attempts": [*delivery["attempts"], attempt]}
        tries = len(delivery["attempts"])
        if taken or was_taken:
            delivery.update(state="delivered", next_at=None)
        elif tries > len(self._delays):
            delivery.update(state="given_up", next_at=None)
        else:
            delivery.update(state="waiting", next_at=self._state.clock() + self._delays[tries - 1])
        self._state["delivery"].put(delivery)
        event = self._state["event"].get(delivery["event"])
        if event and taken and not was_taken:
            self._state["event"].put({**event, "pending_webhooks": max(0, event["pending_webhooks"] - 1)})
        self.add(delivery_id)


def post(url: str, body: bytes, signed: str) -> tuple[int | None, str | None]:
    """(status, None) of the answer, or (None, why there was none). Redirects are not followed: they are failures."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signed,
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks) sandbox",
    }
    connection = kind(parts.netloc, timeout=TIMEOUT)
    try:
        connection.request("POST", parts.path or "/", body, headers)
        response = connection.getresponse()
        response.read()
        return response.status, None
    except (OSError, http.client.HTTPException) as error:
        return None, f"{type(error).__name__}: {error}"[:200]
    finally:
        connection.close()
