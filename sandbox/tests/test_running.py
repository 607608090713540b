"""The sandbox as a program: its ready line, what it keeps, how it ends, how fast it is."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
import stripe

from sandbox.server import Sandbox
from sandbox.state import NOWHERE
from sandbox.tests.conftest import eventually, pay, session_params

ROOT = Path(__file__).resolve().parents[2]


def client(sandbox: Sandbox) -> stripe.StripeClient:
    return stripe.StripeClient("sk_test_sandbox", base_addresses={"api": sandbox.stripe_base})


def test_what_happened_is_there_after_a_restart(tmp_path):
    data = tmp_path / "deep" / "sandbox.sqlite3"
    with Sandbox(data=data) as first:
        session = client(first).v1.checkout.sessions.create(session_params(), {"idempotency_key": "k"})
        pay(session)
        before = first.state["checkout.session"].need(session.id)
    with Sandbox(data=data, site=NOWHERE) as second:
        assert second.state["checkout.session"].need(session.id) == before
        again = client(second).v1.checkout.sessions.create(session_params(), {"idempotency_key": "k"})
        assert again.id == session.id
        (endpoint,) = client(second).v1.webhook_endpoints.list().data
        assert endpoint.url == "http://127.0.0.1:9/webhooks/stripe/"


def test_an_event_not_yet_taken_is_sent_after_a_restart(tmp_path, receiver):
    data = tmp_path / "sandbox.sqlite3"
    with Sandbox(data=data, site=NOWHERE, delays=(0.5, 60)) as first:
        client(first).v1.customers.create({"name": "Mara"})
        eventually(lambda: [d for d in first.state["delivery"].oldest_first() if d["attempts"]])
    with Sandbox(data=data, site=receiver.url):
        eventually(lambda: [body for _, body, _ in receiver.received if b"customer.created" in body])


def test_a_reset_forgets_all_but_what_was_there_at_the_start(sandbox, api):
    pay(api.checkout.sessions.create(session_params()))
    requests.post(f"{sandbox.url}/reset", timeout=5)
    state = requests.get(f"{sandbox.url}/state.json", timeout=5).json()
    assert state["sessions"] == state["customers"] == state["events"] == []
    assert len(state["webhook_endpoints"]) == 1
    assert state["calls"] == {}


def test_calls_are_counted_by_what_they_are(sandbox, api):
    session = api.checkout.sessions.create(session_params())
    api.checkout.sessions.retrieve(session.id)
    api.checkout.sessions.retrieve(session.id)
    calls = requests.get(f"{sandbox.url}/state.json", timeout=5).json()["calls"]
    assert calls == {"POST /stripe/v1/checkout/sessions": 1, "GET /stripe/v1/checkout/sessions/:id": 2}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_program_says_where_it_listens_and_ends_when_told(number):
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--smtp-port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        addresses = json.loads(line.removeprefix("sandbox ready "))
        assert requests.get(f"{addresses['url']}/state.json", timeout=5).ok
        started = time.monotonic()
        process.send_signal(number)
        assert process.wait(timeout=5) == 0
        assert time.monotonic() - started < 2


def test_the_sandbox_imports_nothing_of_the_site():
    code = "import sys, sandbox.server; print(sorted({m.split('.')[0] for m in sys.modules}))"
    names = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    for room in ("django", "wagtail", "wits_site", "membership", "outbox", "home", "stripe", "hubspot"):
        assert f"'{room}'" not in names


def test_many_at_once_lose_nothing(sandbox):
    headers = {"Authorization": "Bearer sk_test_sandbox"}

    def one(number: int) -> int:
        form = {"email": f"person{number}@uwo.ca", "name": "Person"}
        return requests.post(
            f"{sandbox.stripe_base}/v1/customers", data=form, headers=headers, timeout=10
        ).status_code

    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(one, range(200))) == {200}
    assert len(sandbox.state["customer"]) == 200
