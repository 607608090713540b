"""Everything the sandbox knows, behind one lock."""

from __future__ import annotations

import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sandbox.carriage import Carriage, Carrier
from sandbox.collection import Collection, Key, Row
from sandbox.faults import Faults
from sandbox.storage import Storage

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789"


def _field(name: str) -> Key:
    def key(row: Row) -> Any:
        return row.get(name)

    return key


def _email(row: Row) -> str | None:
    email = row.get("email")
    return email.lower() if isinstance(email, str) else None


def _code(row: Row) -> str | None:
    return str(row["code"]).lower()


def _contact_email(row: Row) -> str | None:
    email = row["properties"].get("email")
    return email.lower() if email and not row["archived"] else None


def _is_open(row: Row) -> bool | None:
    return True if row["status"] == "open" else None


def _is_waiting(row: Row) -> bool | None:
    return True if row["state"] in ("waiting", "sending") else None


def _is_held(row: Row) -> bool | None:
    return True if row["state"] == "held" else None


# Every kind of row with the fields that it is found by.
KINDS: dict[str, dict[str, Key]] = {
    "checkout.session": {
        "payment_intent": _field("payment_intent"),
        "customer": _field("customer"),
        "open": _is_open,
    },
    "session_input": {},  # what a session was made of and its object does not show: line items, the intent's data
    "customer": {"email": _field("email"), "person": _email},
    "product": {},
    "price": {"lookup_key": _field("lookup_key"), "product": _field("product")},
    "coupon": {},
    "promotion_code": {"code": _code},
    "payment_intent": {"customer": _field("customer")},
    "charge": {"payment_intent": _field("payment_intent"), "customer": _field("customer")},
    "refund": {"charge": _field("charge"), "payment_intent": _field("payment_intent")},
    "dispute": {"charge": _field("charge"), "payment_intent": _field("payment_intent")},
    "radar.early_fraud_warning": {"charge": _field("charge"), "payment_intent": _field("payment_intent")},
    "balance_transaction": {"source": _field("source")},
    "event": {},
    # One event on its way to one endpoint, with every attempt.
    "delivery": {"event": _field("event"), "waiting": _is_waiting, "held": _is_held},
    "webhook_endpoint": {"url": _field("url")},
    "endpoint_secret": {},
    "idempotency_key": {},
    "contact": {"email": _contact_email},
    "additional_email": {},  # by address, with the contact whose it is
    "unsubscribed": {},  # by address: who unsubscribed stays so, also when the contact is made anew
    "merged_contact": {},  # by the old id, with the contact it was merged into
    "erased_email": {},
    "unique_value": {},
    "property": {},
    "property_group": {},
    "mail": {},
    "journal": {},  # one line for each thing that happened to a person, for the overview
}

# Nothing listens there. Only who runs the site beside it says where that is: a sandbox of a test must not send its
# payments to a site that somebody runs on the same machine.
NOWHERE = "http://127.0.0.1:9"


class State:
    """Rows by kind, faults, counters and the clock.

    Use `with state.change():` around whatever reads and writes; on leaving it what changed is on disk.
    `now` is the time in seconds since 1970; tests replace `clock`.
    """

    def __init__(self, site: str = NOWHERE, data: Path | None = None) -> None:
        self.site = site.rstrip("/")
        self.base = "http://127.0.0.1:8001"  # corrected by the server once it listens
        self.clock: Callable[[], float] = time.time
        self.lock = threading.RLock()
        self.ahead = 0.0  # seconds that the clock was set ahead of the time
        self.faults = Faults()
        self.carrier = Carrier()
        self.calls: Counter[str] = Counter()
        self.version = 0  # grows with every change; the overview asks whether it moved
        self.on_delivery: Callable[[str], None] | None = None  # told the id of each new delivery
        self.on_reset: Callable[[], None] | None = None  # puts back what exists from the start
        self._depth = 0
        self._dirty: dict[tuple[str, str], None] = {}
        self._storage = Storage(data) if data else None
        self.rows = {kind: Collection(kind, indexes, self._mark) for kind, indexes in KINDS.items()}
        if self._storage:
            for kind, row in self._storage.load():
                if kind in self.rows:
                    self.rows[kind].put(row)
            self._dirty.clear()

    def __getitem__(self, kind: str) -> Collection:
        return self.rows[kind]

    def now(self) -> int:
        return int(self.clock())

    def new_id(self, prefix: str, length: int = 24) -> str:
        return f"{prefix}_{''.join(secrets.choice(ALPHABET) for _ in range(length))}"

    @contextmanager
    def change(self) -> Iterator[None]:
        """Hold the lock; on leaving the outermost one, write what changed."""
        with self.lock:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._flush()

    def note(self, kind: str, text: str, **about: Any) -> None:
        """Add a line to the journal. `about` names the row it is about: session, customer, contact, mail, event."""
        self["journal"].put(
            {"id": self.new_id("note", 16), "created": self.clock(), "kind": kind, "text": text, **about}
        )

    def reset(self) -> None:
        """Forget everything but the command line."""
        with self.change():
            for collection in self.rows.values():
                collection.clear()
            self.calls.clear()
            self.faults.clear()
            self.carrier.use(Carriage())
            if self.ahead:
                self.ahead, self.clock = 0.0, time.time
            if self.on_reset:
                self.on_reset()

    def close(self) -> None:
        with self.lock:
            self._flush()
            if self._storage:
                self._storage.close()
                self._storage = None

    def _mark(self, kind: str, row_id: str) -> None:
        self.version += 1
        self._dirty[(kind, row_id)] = None

    def _flush(self) -> None:
        if self._storage and self._dirty:
            self._storage.save([(kind, row_id, self.rows[kind].get(row_id)) for kind, row_id in self._dirty])
        self._dirty.clear()
