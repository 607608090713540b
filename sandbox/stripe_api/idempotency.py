"""Idempotency keys (https://docs.stripe.com/api/idempotent_requests)."""

from __future__ import annotations

import hashlib
import json

from sandbox.state import State
from sandbox.stripe_api.errors import StripeError

LIFETIME = 24 * 3600  # seconds


def fingerprint(method: str, path: str, pairs: list[tuple[str, str]]) -> str:
    return hashlib.sha256(json.dumps([method, path, sorted(pairs)]).encode()).hexdigest()


class Keys:
    """The answers that are remembered, and the calls under way."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._running: set[str] = set()

    def begin(self, key: str, print_: str) -> tuple[int, str] | None:
        """Claim the key. (status, body) to replay when it was used for the same call.

        Raises StripeError: 400 when it was used for another call, 409 while that call is under way.
        """
        if len(key) > 255:
            raise StripeError("Idempotency keys can be at most 255 characters.", kind="idempotency_error")
        with self._state.change():
            if key in self._running:
                raise StripeError(
                    "There is currently another in-progress request using this Idempotent Key (that probably "
                    f"means you submitted twice, and the other request is still going through): {key}. Please try "
                    "again in a moment.",
                    status=409,
                    kind="idempotency_error",
                    code="idempotency_key_in_use",
                )
            known = self._state["idempotency_key"].get(key)
            if known and known["created"] > self._state.now() - LIFETIME:
                if known["print"] != print_:
                    raise StripeError(
                        "Keys for idempotent requests can only be used with the same parameters they were first used "
                        f"with. Try using a key other than '{key}' if you meant to execute a different request.",
                        kind="idempotency_error",
                    )
                return known["status"], known["body"]
            self._running.add(key)
            return None

    def end(self, key: str, print_: str, status: int, body: str, request_id: str, stored: bool) -> None:
        with self._state.change():
            self._running.discard(key)
            if stored:
                self._state["idempotency_key"].put(
                    {
                        "id": key,
                        "created": self._state.now(),
                        "print": print_,
                        "status": status,
                        "body": body,
                        "request": request_id,
                    }
                )

    def forget_old(self) -> None:
        with self._state.change():
            for row in list(self._state["idempotency_key"].oldest_first()):
                if row["created"] > self._state.now() - LIFETIME:
                    break
                self._state["idempotency_key"].remove(row["id"])
