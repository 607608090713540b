"""Stripe, as far as joining needs it: sessions in a dictionary, with Stripe's rule for idempotency keys."""

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils import timezone

from membership import stripe_gateway
from membership.errors import TransportError
from membership.stripe_gateway import CheckoutSession, Said


class FakeStripe:
    """Put in place of the gateway's calls by the fixture `stripe`. `away` is raised by every call while it is set."""

    def __init__(self):
        self.sessions = {}
        self.by_key = {}
        self.calls = []
        self.away = None
        self.slow = 0.0
        self.outcomes = {}
        self.contests = []
        self.lock = threading.Lock()
        self.busy = set()

    def install(self, monkeypatch):
        self.outside = len(connection.atomic_blocks)  # what the test itself is wrapped in
        for name in (
            "open_checkout",
            "retrieve_session",
            "expire_session",
            "list_sessions",
            "payment_outcome",
            "list_refunds",
            "list_disputes",
            "list_fraud_warnings",
        ):
            monkeypatch.setattr(stripe_gateway, name, getattr(self, name))

    def _called(self, name):
        assert len(connection.atomic_blocks) <= self.outside, "Stripe was called inside a database transaction"
        self.calls.append(name)
        if self.away:
            raise self.away

    def open_checkout(self, parameters, *, idempotency_key):
        self._called("open")
        with self.lock:
            if idempotency_key in self.busy:
                raise TransportError("Stripe did not open a Checkout session: HTTP 409, idempotency_key_in_use.")
            self.busy.add(idempotency_key)
        try:
            time.sleep(self.slow)
            if idempotency_key in self.by_key:
                known, session_id = self.by_key[idempotency_key]
                if known != parameters:
                    raise TransportError("HTTP 400, idempotency_error", permanent=True)
                return self.sessions[session_id]
            session = self._new(parameters)
            self.by_key[idempotency_key] = (parameters, session.id)
            return session
        finally:
            self.busy.discard(idempotency_key)

    def _new(self, parameters):
        number = len(self.sessions) + 1
        item = parameters["line_items"][0]["price_data"]
        session = CheckoutSession(
            id=f"cs_test_{number}",
            url=f"https://checkout.stripe.com/c/pay/cs_test_{number}",
            status="open",
            payment_status="unpaid",
            amount_total=item["unit_amount"],
            currency=item["currency"],
            client_reference_id=parameters["client_reference_id"],
            metadata=parameters["metadata"],
            customer_id=None,
            payment_intent_id=None,
            livemode=False,
            expires_at=datetime.fromtimestamp(parameters["expires_at"], UTC),
            created=timezone.now(),
        )
        self.sessions[session.id] = session
        return session

    def pay(self, session_id, **changes):
        """The person pays: the session is complete."""
        made = {"status": "complete", "payment_status": "paid", "url": None}
        made |= {"customer_id": f"cus_{session_id}", "payment_intent_id": f"pi_{session_id}"}
        self.sessions[session_id] = replace(self.sessions[session_id], **(made | changes))
        return self.sessions[session_id]

    def run_out(self, session_id):
        """The session's hour is over."""
        past = timezone.now() - timedelta(minutes=1)
        self.sessions[session_id] = replace(self.sessions[session_id], status="expired", url=None, expires_at=past)
        return self.sessions[session_id]

    def retrieve_session(self, session_id):
        self._called("retrieve")
        if session_id not in self.sessions:
            raise TransportError("Stripe did not show a Checkout session: HTTP 404.", permanent=True, gone="session")
        return self.sessions[session_id]

    def expire_session(self, session_id):
        self._called("expire")
        if self.sessions[session_id].status != "open":
            raise TransportError("Stripe did not close a Checkout session: HTTP 400.", permanent=True)
        self.run_out(session_id)

    def list_sessions(self, *, created_since, complete_only=False):
        self._called("list")
        for session in sorted(self.sessions.values(), key=lambda one: one.created, reverse=True):
            if session.created >= created_since and (session.status == "complete" or not complete_only):
                yield session

    def payment_outcome(self, payment_intent_id):
        self._called("outcome")
        return self.outcomes[payment_intent_id]

    def list_refunds(self, *, created_since):
        self._called("refunds")
        return iter([said for said in self.contests if said.object["object"] == "refund"])

    def list_disputes(self, *, created_since):
        self._called("disputes")
        return iter([said for said in self.contests if said.object["object"] == "dispute"])

    def list_fraud_warnings(self, *, created_since):
        self._called("warnings")
        return iter([said for said in self.contests if said.object["object"] == "radar.early_fraud_warning"])

    def say(self, kind, status, session, **changes):
        """Stripe knows of a refund or a dispute of what was paid in `session`, and sent no event."""
        intent = session if isinstance(session, str) else session.payment_intent_id
        made = {"id": f"{kind}_{len(self.contests)}", "object": kind, "status": status, "payment_intent": intent}
        made |= {"amount": 1500} | changes
        self.contests.append(Said(made["id"], intent, status, made))
        return made["id"]
