"""Faults on demand: each kind as the vendor's own client meets it."""

from __future__ import annotations

import json
import time

import pytest
import requests
import stripe
import urllib3
from hubspot.crm.contacts.exceptions import ApiException

from sandbox.tests.conftest import session_params
from sandbox.tests.test_contacts import MARA, create, upsert


def fault(sandbox, **values) -> None:
    requests.post(f"{sandbox.url}/faults", json=values, timeout=5).raise_for_status()


def test_stripe_asks_to_wait(sandbox, api):
    fault(sandbox, vendor="stripe", kind="429", seconds=7, times=1)
    with pytest.raises(stripe.RateLimitError) as caught:
        api.customers.create({"name": "Mara"})
    assert caught.value.headers["Retry-After"] == "7"
    assert api.customers.create({"name": "Mara"}).name == "Mara"


def test_stripe_refuses_the_key(sandbox, api):
    fault(sandbox, vendor="stripe", kind="401", times=1)
    with pytest.raises(stripe.AuthenticationError):
        api.customers.list()


def test_hubspot_asks_to_wait(sandbox, crm):
    fault(sandbox, vendor="hubspot", kind="429", seconds=3)
    with pytest.raises(ApiException) as caught:
        create(crm, **MARA)
    assert (caught.value.status, caught.value.headers["Retry-After"]) == (429, "3")
    assert json.loads(caught.value.body)["policyName"] == "TEN_SECONDLY_ROLLING"


@pytest.mark.parametrize(("kind", "status"), [("401", 401), ("500", 500), ("503", 503)])
def test_hubspot_fails(sandbox, crm, kind, status):
    fault(sandbox, vendor="hubspot", kind=kind)
    with pytest.raises(ApiException) as caught:
        create(crm, **MARA)
    assert caught.value.status == status
    assert len(sandbox.state["contact"]) == 0


def test_a_503_at_the_edge_is_not_remembered_for_the_key(sandbox, api):
    fault(sandbox, vendor="stripe", kind="503", times=1)
    options = {"idempotency_key": "signup-1"}
    with pytest.raises(stripe.APIError):
        api.checkout.sessions.create(session_params(), options)
    assert api.checkout.sessions.create(session_params(), options).status == "open"


def test_the_connection_breaks_before_anything_is_done(sandbox, api, crm):
    fault(sandbox, vendor="stripe", kind="reset")
    fault(sandbox, vendor="hubspot", kind="reset")
    with pytest.raises(stripe.APIConnectionError):
        api.customers.create({"name": "Mara"})
    with pytest.raises(urllib3.exceptions.HTTPError):
        create(crm, **MARA)
    assert len(sandbox.state["customer"]) == 0
    assert len(sandbox.state["contact"]) == 0


def test_the_answer_is_lost_after_the_work_is_done(sandbox, api, crm):
    fault(sandbox, vendor="stripe", kind="lost", times=1)
    fault(sandbox, vendor="hubspot", kind="lost", times=1)
    options = {"idempotency_key": "signup-1"}
    with pytest.raises(stripe.APIConnectionError):
        api.checkout.sessions.create(session_params(), options)
    with pytest.raises(urllib3.exceptions.HTTPError):
        upsert(crm, MARA)
    assert len(sandbox.state["checkout.session"]) == 1
    assert len(sandbox.state["contact"]) == 1
    api.checkout.sessions.create(session_params(), options)
    assert upsert(crm, MARA).results[0].new is False
    assert len(sandbox.state["checkout.session"]) == 1


def test_an_answer_that_is_no_json(sandbox, api):
    fault(sandbox, vendor="stripe", kind="html", times=1)
    with pytest.raises(stripe.APIError, match="Invalid response body"):
        api.customers.list()


def test_an_answer_comes_late(sandbox, api):
    fault(sandbox, vendor="stripe", kind="latency", seconds=0.3, times=1)
    started = time.monotonic()
    api.customers.list()
    assert time.monotonic() - started >= 0.3


def test_a_fault_strikes_only_the_calls_it_names(sandbox, api):
    fault(sandbox, vendor="stripe", kind="500", method="POST", path="/v1/customers/*")
    customer = api.customers.create({"name": "Mara"})
    assert api.customers.retrieve(customer.id).name == "Mara"
    with pytest.raises(stripe.APIError):
        api.customers.update(customer.id, {"name": "M."})


def test_a_fault_with_a_seed_strikes_the_same_calls_each_time(sandbox, api):
    def pattern() -> list[bool]:
        requests.delete(f"{sandbox.url}/faults", timeout=5)
        fault(sandbox, vendor="stripe", kind="401", probability=0.5, seed=7)
        struck = []
        for _ in range(20):
            try:
                api.customers.list()
                struck.append(False)
            except stripe.AuthenticationError:
                struck.append(True)
        return struck

    first = pattern()
    assert {True, False} == set(first)
    assert pattern() == first


def test_faults_are_listed_and_cleared(sandbox):
    fault(sandbox, vendor="smtp", kind="451", times=2)
    (listed,) = requests.get(f"{sandbox.url}/faults", timeout=5).json()["faults"]
    assert (listed["vendor"], listed["kind"], listed["times"], listed["hits"]) == ("smtp", "451", 2, 0)
    requests.delete(f"{sandbox.url}/faults", timeout=5)
    assert requests.get(f"{sandbox.url}/faults", timeout=5).json()["faults"] == []


@pytest.mark.parametrize(
    "values",
    [
        {"vendor": "paypal", "kind": "500"},
        {"vendor": "stripe", "kind": "451"},
        {"vendor": "stripe", "kind": "500", "probability": 2},
        {"vendor": "stripe", "kind": "500", "times": "often"},
        {"vendor": "stripe", "kind": "500", "colour": "red"},
    ],
)
def test_a_fault_that_cannot_be_is_refused(sandbox, values):
    assert requests.post(f"{sandbox.url}/faults", json=values, timeout=5).status_code == 400
    assert sandbox.state.faults.all() == []
