"""What happens around every call of a vendor's API: counting, and the faults that were asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from flask import Response, g, jsonify, request

from sandbox.faults import Fault
from sandbox.state import State

BREAK = "sandbox.break"  # set in the WSGI environment: the server closes the connection without answering
# Ids in a path are folded, so that calls can be counted by what they are.
FIXED = {
    "v1",
    "crm",
    "v3",
    "checkout",
    "sessions",
    "line_items",
    "expire",
    "objects",
    "contacts",
    "batch",
    "groups",
} | {
    "upsert",
    "read",
    "gdpr-delete",
}


def counted_as(method: str, path: str) -> str:
    """`POST /stripe/v1/customers/:id`: the call with its ids folded."""
    parts = path.strip("/").split("/")
    known = 3 if path.startswith("/stripe") else 5
    folded = [part if place < known or part in FIXED else ":id" for place, part in enumerate(parts)]
    return f"{method} /{'/'.join(folded)}"


def before_call(state: State) -> Response | None:
    """Count the call and draw its faults; an answer when a fault takes the place of the API."""
    vendor = request.path.split("/", 2)[1]
    if vendor not in ("stripe", "hubspot"):
        return None
    with state.lock:
        state.calls[counted_as(request.method, request.path)] += 1
    path = request.path.removeprefix(f"/{vendor}")
    g.faults = state.faults.draw(vendor, request.method, path)
    for fault in g.faults:
        if fault.kind in ("reset", "lost"):
            request.environ[BREAK] = True
        if fault.kind == "reset":
            return Response(status=500)
        if fault.kind in ANSWERS:
            return ANSWERS[fault.kind](vendor, fault)
    return None


def struck_inside(error: Callable[[], Exception]) -> None:
    """The faults that happen after the key was checked: wait, or fail with the vendor's own error 500."""
    for fault in g.get("faults", []):
        if fault.kind == "latency":
            time.sleep(fault.seconds)
    for fault in g.get("faults", []):
        if fault.kind == "500":
            raise error()


def _too_many(vendor: str, fault: Fault) -> Response:
    wait = {"Retry-After": str(max(1, round(fault.seconds)))}
    if vendor == "stripe":
        error = {
            "code": "rate_limit",
            "doc_url": "https://stripe.com/docs/error-codes/rate-limit",
            "message": "Too many requests hit the API too quickly. We recommend an exponential backoff.",
            "type": "invalid_request_error",
        }
        return _json({"error": error}, 429, wait)
    body = {
        "status": "error",
        "message": "You have reached your ten_secondly_rolling limit.",
        "errorType": "RATE_LIMIT",
        "correlationId": "00000000-0000-4000-8000-000000000429",
        "policyName": "TEN_SECONDLY_ROLLING",
        "category": "RATE_LIMITS",
    }
    return _json(body, 429, wait)


def _refused(vendor: str, fault: Fault) -> Response:
    del fault
    if vendor == "stripe":
        error = {"message": "Invalid API Key provided: sk_test_********", "type": "invalid_request_error"}
        return _json({"error": error}, 401)
    body = {
        "status": "error",
        "message": "Authentication credentials not found. (The sandbox was asked for this.)",
        "correlationId": "00000000-0000-4000-8000-000000000401",
        "category": "INVALID_AUTHENTICATION",
    }
    return _json(body, 401)


def _edge(vendor: str, fault: Fault) -> Response:
    del vendor, fault
    return Response("<html><body><h1>503 Service Unavailable</h1></body></html>", 503, mimetype="text/html")


def _page(vendor: str, fault: Fault) -> Response:
    del fault
    return Response(f"<html><body>Welcome to {vendor}</body></html>", 200, mimetype="text/html")


ANSWERS: dict[str, Callable[[str, Fault], Response]] = {
    "429": _too_many,
    "401": _refused,
    "503": _edge,
    "html": _page,
}


def _json(body: dict[str, Any], status: int, headers: dict[str, str] | None = None) -> Response:
    response = jsonify(body)
    response.status_code = status
    response.headers.update(headers or {})
    return response


class Breaking:
    """WSGI middleware: where a fault says so, the answer is thrown away and the connection breaks."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer = self._app(environ, start_response)
        if environ.get(BREAK):
            close = getattr(answer, "close", None)
            if close:
                close()
            raise ConnectionResetError("The sandbox was asked to break this connection.")
        return answer
