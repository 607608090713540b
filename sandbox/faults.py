"""Faults on demand: what a partner does wrong, how often, and to which calls."""

from __future__ import annotations

import fnmatch
import random
import threading
from dataclasses import dataclass, field, fields
from typing import Any

VENDORS = ("stripe", "hubspot", "smtp")
HTTP_KINDS = {
    "latency": "answers after the given seconds",
    "429": "too many requests, Retry-After the given seconds",
    "500": "an error of theirs; Stripe remembers it for the idempotency key",
    "503": "an error at their edge, before anything is remembered",
    "401": "the key is refused",
    "reset": "the connection breaks before anything is done",
    "lost": "the work is done, then the connection breaks without an answer",
    "html": "an answer of 200 that is a page and not JSON",
}
SMTP_KINDS = {
    "latency": "answers after the given seconds",
    "451": "not now, try again later",
    "550": "refused for good",
    "lost": "the mail is kept, then the connection breaks without an answer",
}
METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")


class FaultError(ValueError):
    """A fault that cannot be set; the text says why."""


@dataclass
class Fault:
    """One rule. `path` is a pattern with * (matched to what follows /stripe or /hubspot, or to the recipient)."""

    id: int
    vendor: str
    kind: str
    method: str = "*"
    path: str = "*"
    probability: float = 1.0
    times: int | None = None
    seconds: float = 1.0
    seed: int | None = None
    hits: int = 0
    _random: random.Random = field(default_factory=random.Random, repr=False)

    def strikes(self, vendor: str, method: str, path: str) -> bool:
        if self.vendor != vendor or self.method not in ("*", method):
            return False
        if not fnmatch.fnmatchcase(path, self.path):
            return False
        if self.times is not None and self.hits >= self.times:
            return False
        if self.probability < 1.0 and self._random.random() >= self.probability:
            return False
        self.hits += 1
        return True

    def as_json(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "_random"}


class Faults:
    """The rules that hold now. All methods may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: list[Fault] = []
        self._next = 1

    def add(self, values: dict[str, Any]) -> Fault:
        """A new rule from JSON or form values; raises FaultError with what is wrong."""
        rule = _checked(values)
        with self._lock:
            rule.id = self._next
            self._next += 1
            self._rules.append(rule)
        return rule

    def remove(self, fault_id: int) -> bool:
        with self._lock:
            before = len(self._rules)
            self._rules = [rule for rule in self._rules if rule.id != fault_id]
            return len(self._rules) < before

    def clear(self) -> None:
        with self._lock:
            self._rules = []

    def all(self) -> list[Fault]:
        with self._lock:
            return list(self._rules)

    def draw(self, vendor: str, method: str, path: str) -> list[Fault]:
        """The rules that strike this call: all latencies and at most one other, the oldest first."""
        if not self._rules:
            return []
        struck: list[Fault] = []
        with self._lock:
            broken = False
            for rule in self._rules:
                if broken and rule.kind != "latency":
                    continue
                if rule.strikes(vendor, method, path):
                    struck.append(rule)
                    broken = broken or rule.kind != "latency"
        return struck


def _checked(values: dict[str, Any]) -> Fault:
    known = {"vendor", "kind", "method", "path", "probability", "times", "seconds", "seed"}
    unknown = set(values) - known
    if unknown:
        raise FaultError(f"Unknown: {', '.join(sorted(unknown))}. Known: {', '.join(sorted(known))}.")
    given = {name: value for name, value in values.items() if value not in (None, "")}
    vendor = str(given.get("vendor", ""))
    if vendor not in VENDORS:
        raise FaultError(f"vendor must be one of {', '.join(VENDORS)}.")
    kind = str(given.get("kind", ""))
    kinds = SMTP_KINDS if vendor == "smtp" else HTTP_KINDS
    if kind not in kinds:
        raise FaultError(f"kind must be one of {', '.join(kinds)} for {vendor}.")
    method = str(given.get("method", "*")).upper()
    if method not in ("*", *METHODS):
        raise FaultError(f"method must be * or one of {', '.join(METHODS)}.")
    try:
        probability = float(given.get("probability", 1.0))
        times = int(given["times"]) if "times" in given else None
        seconds = float(given.get("seconds", 1.0))
        seed = int(given["seed"]) if "seed" in given else None
    except (TypeError, ValueError) as error:
        raise FaultError(f"Not a number: {error}.") from error
    if not 0 < probability <= 1:
        raise FaultError("probability must be above 0 and at most 1.")
    if times is not None and times < 1:
        raise FaultError("times must be at least 1.")
    if not 0 <= seconds <= 3600:
        raise FaultError("seconds must be between 0 and 3600.")
    rule = Fault(0, vendor, kind, method, str(given.get("path", "*")), probability, times, seconds, seed)
    rule._random.seed(seed)
    return rule
