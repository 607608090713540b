"""What Stripe would refuse, the sandbox refuses, in Stripe's words and shape."""

from __future__ import annotations

import pytest
import requests
import stripe

from sandbox.tests.conftest import session_params

PRICE_DATA = {"currency": "cad", "unit_amount": 1500, "product_data": {"name": "WITS member"}}

REFUSED = [
    ("unknown", {"colour": "red"}, "parameter_unknown", "colour"),
    (
        "unknown inside",
        {"payment_intent_data": {"colour": "red"}},
        "parameter_unknown",
        "payment_intent_data[colour]",
    ),
    ("missing", {"success_url": None}, "parameter_missing", "success_url"),
    ("missing inside", {"line_items": [{"price_data": PRICE_DATA}]}, "parameter_missing", "line_items[0][quantity]"),
    (
        "not a whole number",
        {"line_items": [{"price_data": {**PRICE_DATA, "unit_amount": 15.5}, "quantity": 1}]},
        "parameter_invalid_integer",
        "line_items[0][price_data][unit_amount]",
    ),
    ("not a choice", {"mode": "gift"}, None, "mode"),
    ("not a list", {"line_items": {"a": {"quantity": 1}}}, None, "line_items"),
    ("not an object", {"payment_intent_data": "x"}, None, "payment_intent_data"),
    (
        "not a boolean",
        {"after_expiration": {"recovery": {"enabled": "yes"}}},
        None,
        "after_expiration[recovery][enabled]",
    ),
    ("what the sandbox has not", {"adaptive_pricing": {"enabled": True}}, None, "adaptive_pricing[enabled]"),
    ("emptied", {"client_reference_id": ""}, "parameter_invalid_empty", "client_reference_id"),
    ("no address", {"customer_email": "mara"}, "email_invalid", "customer_email"),
    ("no ASCII address", {"customer_email": "zoë@uwo.ca"}, "email_invalid", "customer_email"),
    ("no URL", {"success_url": "/welcome/"}, "url_invalid", "success_url"),
    (
        "unknown customer",
        {"customer": "cus_x", "customer_creation": None, "customer_email": None},
        "resource_missing",
        "customer",
    ),
    ("customer and creation", {"customer": "cus_x", "customer_email": None}, None, "customer"),
    ("customer and address", {"customer": "cus_x", "customer_creation": None}, None, "customer"),
    (
        "price and price data",
        {"line_items": [{"price": "price_x", "price_data": PRICE_DATA, "quantity": 1}]},
        None,
        "line_items[0][price]",
    ),
    ("neither of them", {"line_items": [{"quantity": 1}]}, "parameter_missing", "line_items[0][price]"),
    ("too many keys", {"metadata": {f"k{n}": "v" for n in range(51)}}, None, "metadata"),
    ("a long key", {"metadata": {"k" * 41: "v"}}, None, "metadata"),
    ("a long value", {"metadata": {"k": "v" * 501}}, None, "metadata[k]"),
]


@pytest.mark.parametrize(("more", "code", "param"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_wrong_parameter_is_refused_and_nothing_is_made(sandbox, api, more, code, param):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        api.checkout.sessions.create(session_params(**more))
    assert caught.value.http_status == 400
    assert (caught.value.code, caught.value.param) == (code, param)
    assert len(sandbox.state["checkout.session"]) == 0


def test_the_limits_themselves_are_allowed(api):
    metadata = {f"k{n}": "v" * 500 for n in range(49)} | {"k" * 40: "v"}
    assert len(api.checkout.sessions.create(session_params(metadata=metadata)).metadata.to_dict()) == 50


def test_a_name_of_a_customer_has_at_most_256_characters(api):
    assert len(api.customers.create({"name": "é" * 256}).name) == 256
    with pytest.raises(stripe.InvalidRequestError) as caught:
        api.customers.create({"name": "é" * 257})
    assert caught.value.param == "name"


@pytest.mark.parametrize("key", ["sk_live_0123456789", "whatever", ""])
def test_a_key_that_is_no_test_key_is_401(sandbox, key):
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    answer = requests.get(f"{sandbox.stripe_base}/v1/customers", headers=headers, timeout=5)
    assert answer.status_code == 401
    assert answer.json()["error"]["type"] == "invalid_request_error"


def test_a_call_the_sandbox_does_not_know_is_404_in_stripes_shape(sandbox):
    headers = {"Authorization": "Bearer sk_test_sandbox"}
    answer = requests.get(f"{sandbox.stripe_base}/v1/subscriptions", headers=headers, timeout=5)
    assert answer.status_code == 404
    assert "Unrecognized request URL" in answer.json()["error"]["message"]


def test_what_cannot_be_expanded_is_refused(api, open_session):
    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded"):
        api.checkout.sessions.retrieve(open_session().id, {"expand": ["invoice"]})
