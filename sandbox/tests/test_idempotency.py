"""Idempotency keys keep Stripe's rules."""

from __future__ import annotations

import threading
import time

import pytest
import stripe

from sandbox.stripe_api.idempotency import LIFETIME
from sandbox.tests.conftest import eventually, session_params


def create(api, key: str, **more):
    return api.checkout.sessions.create(session_params(**more), {"idempotency_key": key})


def test_the_same_key_and_parameters_give_the_same_session(sandbox, api):
    first = create(api, "signup-1")
    second = create(api, "signup-1")
    assert second.id == first.id
    assert "Idempotent-Replayed" not in first.last_response.headers
    assert second.last_response.headers["Idempotent-Replayed"] == "true"
    assert len(sandbox.state["checkout.session"]) == 1


def test_the_same_key_with_other_parameters_is_refused(sandbox, api):
    create(api, "signup-1")
    with pytest.raises(stripe.IdempotencyError) as caught:
        create(api, "signup-1", client_reference_id="other")
    assert caught.value.http_status == 400
    assert len(sandbox.state["checkout.session"]) == 1


def test_the_replayed_answer_is_the_old_one(api):
    session = create(api, "signup-1")
    api.checkout.sessions.expire(session.id)
    assert create(api, "signup-1").status == "open"


def test_after_24_hours_the_key_is_forgotten(sandbox, api):
    first = create(api, "signup-1")
    sandbox.state.clock = lambda: time.time() + LIFETIME + 1
    assert create(api, "signup-1").id != first.id


def test_a_stored_500_is_replayed(sandbox, api):
    sandbox.state.faults.add({"vendor": "stripe", "kind": "500", "times": 1})
    for _ in range(2):
        with pytest.raises(stripe.APIError) as caught:
            create(api, "signup-1")
        assert caught.value.http_status == 500
    assert len(sandbox.state["checkout.session"]) == 0
    assert create(api, "signup-2").status == "open"


def test_refused_parameters_are_not_stored(api):
    with pytest.raises(stripe.InvalidRequestError):
        create(api, "signup-1", mode="gift")
    assert create(api, "signup-1").status == "open"


def test_the_same_key_while_the_first_call_is_under_way_is_409(sandbox, api):
    sandbox.state.faults.add({"vendor": "stripe", "kind": "latency", "seconds": 0.5, "times": 1})
    made = []
    first = threading.Thread(target=lambda: made.append(create(api, "signup-1")))
    first.start()
    eventually(lambda: sandbox.state.faults.all()[0].hits)
    with pytest.raises(stripe.APIError) as caught:
        create(api, "signup-1")
    assert caught.value.http_status == 409
    assert caught.value.json_body["error"]["code"] == "idempotency_key_in_use"
    first.join()
    assert len(made) == 1
    assert len(sandbox.state["checkout.session"]) == 1
