"""A running sandbox with the vendors' own clients, and a site that receives its webhooks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import hubspot
import pytest
import requests
import stripe

from sandbox.server import Sandbox

DELAYS = (0.05, 0.05, 0.05)  # seconds between tries, in place of Stripe's hours
HOUR = 3600


class Receiver:
    """Stands for the site: keeps each webhook, and answers what `answers` says, then 200."""

    def __init__(self) -> None:
        self.received: list[tuple[str, bytes, dict[str, str]]] = []
        self.answers: list[int] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.received.append((self.path, body, dict(self.headers)))
                self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()


@pytest.fixture(scope="session")
def running() -> Iterator[tuple[Sandbox, Receiver]]:
    receiver = Receiver()
    with Sandbox(site=receiver.url, delays=DELAYS) as sandbox:
        yield sandbox, receiver
    receiver.server.shutdown()


@pytest.fixture
def sandbox(running: tuple[Sandbox, Receiver]) -> Iterator[Sandbox]:
    """The sandbox as it is when it starts, its clock right."""
    sandbox, receiver = running
    sandbox.state.clock = time.time
    eventually(lambda: _reset_when_idle(sandbox))
    receiver.received.clear()
    receiver.answers.clear()
    yield sandbox
    sandbox.state.clock = time.time


def _reset_when_idle(sandbox: Sandbox) -> bool:
    """Forget everything, unless a webhook is under way: it would arrive in the next test."""
    with sandbox.state.lock:
        deliveries = sandbox.state["delivery"].find("waiting", True)
        if any(delivery["state"] == "sending" for delivery in deliveries):
            return False
        sandbox.state.reset()
        return True


@pytest.fixture
def receiver(running: tuple[Sandbox, Receiver], sandbox: Sandbox) -> Receiver:
    return running[1]


@pytest.fixture
def api(sandbox: Sandbox) -> Any:
    """Stripe's own client; `api.checkout.sessions.create(…)`."""
    client = stripe.StripeClient("sk_test_sandbox", base_addresses={"api": sandbox.stripe_base})
    return client.v1


@pytest.fixture
def crm(sandbox: Sandbox) -> Any:
    """HubSpot's own client; `crm.contacts.basic_api.create(…)`."""
    return hubspot.Client.create(access_token="pat-sandbox-1", host=sandbox.hubspot_base).crm


@pytest.fixture
def open_session(api: Any) -> Callable[..., Any]:
    """Opens a session for 15 CAD; keyword arguments are further parameters, None takes one away."""

    def make(**more: Any) -> Any:
        return api.checkout.sessions.create(session_params(**more))

    return make


def session_params(**more: Any) -> dict[str, Any]:
    params = {
        "mode": "payment",
        "line_items": [
            {
                "price_data": {"currency": "cad", "unit_amount": 1500, "product_data": {"name": "WITS member"}},
                "quantity": 1,
            }
        ],
        "success_url": "http://site.example/welcome/?session_id={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://site.example/join/",
        "customer_creation": "always",
        "customer_email": "mara@uwo.ca",
        **more,
    }
    return {name: value for name, value in params.items() if value is not None}


def pay(session: Any, card: str = "4242424242424242", **more: str) -> requests.Response:
    """What the form of the hosted page sends."""
    form = {"card": card, "name": "Mara Okafor", **more}
    return requests.post(session.url, data=form, allow_redirects=False, timeout=5)


def control(session_url: str, action: str, **form: str) -> requests.Response:
    """A button of the sandbox controls of a session."""
    return requests.post(f"{session_url}/{action}", data=form, allow_redirects=False, timeout=5)


def eventually(look: Callable[[], Any], seconds: float = 5.0) -> Any:
    """What `look` returns, as soon as it is true; fails when it never is."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            pytest.fail("It never happened.")
        time.sleep(0.01)


def event_types(sandbox: Sandbox) -> list[str]:
    with sandbox.state.lock:
        return [event["type"] for event in sandbox.state["event"].oldest_first()]
