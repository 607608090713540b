"""Only what Stripe signed, lately and with a secret of ours, is an event."""

import json
import time

import pytest
from django.core.exceptions import ImproperlyConfigured

from membership.errors import EventRefused
from membership.stripe_gateway import EVENT_TYPES, MAX_EVENT_BYTES, read_event, session_from_object
from membership.tests.stripe_events import (
    PAYLOADS,
    charge_object,
    dispute_object,
    event,
    failed_intent_object,
    fraud_warning_object,
    refund_object,
    session_object,
    signed,
)
from membership.tests.vendors import stripe_example


def read(body, headers):
    return read_event(body, headers["Stripe-Signature"])


def refused(body: bytes, header: str) -> str:
    with pytest.raises(EventRefused) as error:
        read_event(body, header)
    return str(error.value)


def test_there_is_a_sample_of_every_event_we_listen_to():
    assert {file.stem for file in PAYLOADS.glob("*.json")} == set(EVENT_TYPES)


@pytest.mark.parametrize("type", EVENT_TYPES)
def test_a_signed_event_is_read(type):
    sent = event(type)
    heard = read(*signed(sent))
    assert (heard.id, heard.type) == (sent["id"], type)
    assert heard.object == sent["data"]["object"]
    assert heard.raw == sent
    assert heard.livemode is False
    assert heard.created.timestamp() == sent["created"]


@pytest.mark.parametrize("type", [type for type in EVENT_TYPES if type.startswith("checkout.")])
def test_the_sessions_in_the_samples_are_read(type):
    session = session_from_object(event(type)["data"]["object"])
    assert session.metadata["wits"] == "join"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (charge_object, "charge"),
        (failed_intent_object, "payment_intent"),
        (refund_object, "refund"),
        (dispute_object, "dispute"),
    ],
)
def test_our_sample_objects_have_only_fields_that_stripe_has(ours, theirs):
    extra = {"refund": {"failure_reason", "failure_balance_transaction"}}
    unknown = set(ours()) - set(stripe_example(theirs)) - extra.get(theirs, set())
    assert not unknown


def test_the_samples_of_one_signup_belong_together():
    session, charge = session_object(), charge_object()
    assert charge["payment_intent"] == session["payment_intent"] == failed_intent_object()["id"]
    assert refund_object()["charge"] == dispute_object()["charge"] == fraud_warning_object()["charge"] == charge["id"]


def test_every_secret_is_tried_while_rotating(settings):
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_new", "whsec_tests"]
    assert read(*signed(event(EVENT_TYPES[0]), "whsec_new")).type == EVENT_TYPES[0]
    assert read(*signed(event(EVENT_TYPES[0]), "whsec_tests")).type == EVENT_TYPES[0]


def test_another_secret_is_refused():
    body, headers = signed(event(EVENT_TYPES[0]), "whsec_another")
    assert "secret" in refused(body, headers["Stripe-Signature"])


def test_without_a_secret_nothing_is_read(settings):
    body, headers = signed(event(EVENT_TYPES[0]))
    for none in ([], [""], [" "]):
        settings.STRIPE_WEBHOOK_SECRETS = none
        with pytest.raises(ImproperlyConfigured):
            read(body, headers)


def test_a_changed_byte_is_refused():
    body, headers = signed(event(EVENT_TYPES[0]))
    assert refused(body.replace(b"1500", b"1501"), headers["Stripe-Signature"])


def test_an_old_signature_is_refused_and_a_slow_one_is_not():
    now = int(time.time())
    body, headers = signed(event(EVENT_TYPES[0]), timestamp=now - 290)
    assert read(body, headers)
    body, headers = signed(event(EVENT_TYPES[0]), timestamp=now - 310)
    assert "300 seconds" in refused(body, headers["Stripe-Signature"])


@pytest.mark.parametrize(
    "header",
    [
        "",
        "nonsense",
        "t=1,v1=",
        "v1=abc",
        "t=x,v1=abc",
        "t=1",
        "t=" + "9" * 5000 + ",v1=a",
        "t=1,v1=é",
        "t=٣,v1=a",
        "=",
    ],
)
def test_a_header_that_is_no_signature_is_refused(header):
    body, _ = signed(event(EVENT_TYPES[0]))
    assert refused(body, header)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"1",
        b'"event"',
        b"{}",
        b"[" * 100_000,
        b'{"object": "event"}',
        b'{"object": "event", "data": {"object": []}}',
        b'{"object": "v2.core.event", "data": {"object": {}}, "id": "a", "type": "x", "created": 1, "livemode": 0}',
        b'{"object": "event", "data": {"object": {}}, "id": "a", "type": "x", "created": 1e999, "livemode": true}',
        b'{"object": "event", "data": {"object": {}}, "id": "a", "type": "x", "created": "x", "livemode": true}',
        b'{"object": "event", "data": {"object": {}}, "id": "a", "type": "x", "created": 1}',
    ],
)
def test_a_signed_body_that_is_no_event_is_refused(body):
    _, headers = signed(body)
    assert refused(body, headers["Stripe-Signature"])


def test_a_body_that_is_no_text_is_refused():
    _, headers = signed(b"{}")
    assert refused(b"\xff\xfe\x00", headers["Stripe-Signature"])


def test_a_refusal_says_nothing_of_the_body():
    body, headers = signed(event(EVENT_TYPES[0]), "whsec_another")
    reason = refused(body, headers["Stripe-Signature"])
    assert "alice" in body.decode()
    assert "alice" not in reason.lower()


def test_every_sample_is_far_below_the_limit():
    assert all(len(json.dumps(event(type))) < MAX_EVENT_BYTES / 10 for type in EVENT_TYPES)
