"""The sandbox's objects have every field of Stripe's own examples."""

from __future__ import annotations

import pytest
import requests
import stripe

from sandbox.stripe_api import shapes
from sandbox.tests.conftest import pay
from sandbox.tests.vendor_data import read

# Nested objects that depend on what an account has switched on, and of which an example shows one case.
DEEP = {
    "charge": {"billing_details", "payment_method_details", "outcome"},
    "checkout.session": {
        "automatic_tax",
        "collected_information",
        "custom_text",
        "customer_details",
        "total_details",
    },
    "customer": {"invoice_settings"},
    "dispute": {"evidence", "evidence_details", "payment_method_details"},
    "event": {"request"},
}


CLASSES = {
    "checkout.session": stripe.checkout.Session,
    "customer": stripe.Customer,
    "payment_intent": stripe.PaymentIntent,
    "charge": stripe.Charge,
    "item": stripe.LineItem,
    "price": stripe.Price,
    "product": stripe.Product,
    "refund": stripe.Refund,
    "dispute": stripe.Dispute,
    "coupon": stripe.Coupon,
    "promotion_code": stripe.PromotionCode,
    "balance_transaction": stripe.BalanceTransaction,
    "radar.early_fraud_warning": stripe.radar.EarlyFraudWarning,
    "event": stripe.Event,
    "webhook_endpoint": stripe.WebhookEndpoint,
}


@pytest.fixture
def ours(api, open_session, sandbox) -> dict[str, dict]:
    """One object of each kind, as a paid and refunded session leaves them."""
    session = open_session(customer_creation="always")
    pay(session)
    paid = api.checkout.sessions.retrieve(
        session.id, {"expand": ["customer", "payment_intent.latest_charge", "line_items.data.price.product"]}
    ).to_dict()
    intent = paid["payment_intent"]
    item = paid["line_items"]["data"][0]
    charge = intent["latest_charge"]["id"]
    for action in ("warn", "dispute"):
        requests.post(f"{sandbox.url}/charges/{charge}/{action}", timeout=5)
    dispute = api.disputes.list({"charge": charge}).data[0].to_dict()
    requests.post(f"{sandbox.url}/disputes/{dispute['id']}/close", data={"outcome": "won"}, timeout=5)
    coupon = api.coupons.create({"percent_off": 100}).to_dict()
    code = api.promotion_codes.create({"promotion": {"type": "coupon", "coupon": coupon["id"]}})
    return {
        "coupon": coupon,
        "promotion_code": code.to_dict(),
        "dispute": dispute,
        "balance_transaction": api.balance_transactions.list({"type": "charge"}).data[0].to_dict(),
        "radar.early_fraud_warning": api.radar.early_fraud_warnings.list().data[0].to_dict(),
        "checkout.session": paid,
        "customer": paid["customer"],
        "payment_intent": intent,
        "charge": intent["latest_charge"],
        "item": item,
        "price": item["price"],
        "product": item["price"]["product"],
        "refund": api.refunds.create({"payment_intent": intent["id"]}).to_dict(),
        "event": api.events.list({"type": "checkout.session.completed"}).data[0].to_dict(),
        "webhook_endpoint": api.webhook_endpoints.list().data[0].to_dict(),
    }


def test_every_field_of_the_examples_is_there(ours):
    examples = read("stripe/example-objects.json")["resources"]
    for kind, own in ours.items():
        assert own["object"] == kind
        if kind not in examples:
            assert kind == "radar.early_fraud_warning", "of all others there is an example"
            continue
        assert set(examples[kind]) - set(own) == set(), kind
        for name in DEEP.get(kind, set()):
            assert set(examples[kind][name]) - set(own[name]) == set(), f"{kind}.{name}"


@pytest.mark.parametrize("kind", CLASSES)
def test_no_field_is_one_that_stripe_does_not_have(ours, kind):
    assert set(ours[kind]) - set(CLASSES[kind].__annotations__) == set()


def test_the_version_is_the_one_the_library_speaks():
    assert stripe.api_version == shapes.API_VERSION
