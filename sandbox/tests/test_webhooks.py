"""Events reach their endpoints: signed, retried, logged."""

from __future__ import annotations

import json

import pytest
import requests
import stripe

from sandbox.stripe_api.events import PRESET_ID
from sandbox.tests.conftest import DELAYS, eventually, pay

COMPLETED = "checkout.session.completed"


def received(receiver, kind: str) -> list[dict]:
    return [event for event in (json.loads(body) for _, body, _ in list(receiver.received)) if event["type"] == kind]


def deliveries(sandbox, kind: str) -> list[dict]:
    events = requests.get(f"{sandbox.url}/state.json", timeout=5).json()["events"]
    return [delivery for event in events if event["type"] == kind for delivery in event["deliveries"]]


def in_state(sandbox, state: str) -> list[dict]:
    return [found for found in deliveries(sandbox, "checkout.session.expired") if found["state"] == state]


def test_the_site_receives_what_happened_under_the_known_secret(sandbox, receiver, open_session):
    session = open_session()
    pay(session)
    eventually(lambda: received(receiver, COMPLETED))
    path, body, headers = next(item for item in receiver.received if json.loads(item[1])["type"] == COMPLETED)
    assert path == "/webhooks/stripe/"
    event = stripe.Webhook.construct_event(body, headers["Stripe-Signature"], "whsec_sandbox")
    assert event.data.object.id == session.id
    assert event.data.object.payment_status == "paid"
    assert event.livemode is False
    assert event.pending_webhooks == 1


def test_the_signature_does_not_fit_another_secret_or_body(sandbox, receiver, open_session):
    pay(open_session())
    eventually(lambda: receiver.received)
    _, body, headers = receiver.received[0]
    for wrong_body, secret in ((body, "whsec_other"), (body + b" ", "whsec_sandbox")):
        with pytest.raises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(wrong_body, headers["Stripe-Signature"], secret)


def test_an_event_keeps_the_object_as_it_was(api, open_session):
    customer = api.customers.create({"email": "ines@uwo.ca", "name": "Ines"})
    api.customers.update(customer.id, {"name": "Inès"})
    created = api.events.list({"type": "customer.created"}).data[0]
    updated = api.events.list({"type": "customer.updated"}).data[0]
    assert created.data.object.name == "Ines"
    assert (updated.data.object.name, updated.data.previous_attributes.name) == ("Inès", "Ines")
    assert updated.request.id


def test_a_refused_event_is_tried_again_until_it_is_taken(sandbox, receiver, api, open_session):
    receiver.answers[:] = [500, 503]
    api.checkout.sessions.expire(open_session().id)
    done = eventually(lambda: in_state(sandbox, "delivered"))
    assert [attempt["status"] for attempt in done[0]["attempts"]] == [500, 503, 200]
    assert all(attempt["ms"] >= 0 for attempt in done[0]["attempts"])
    assert len(received(receiver, "checkout.session.expired")) == 3
    assert len({event["id"] for event in received(receiver, "checkout.session.expired")}) == 1
    assert api.events.list({"delivery_success": True}).data[0].pending_webhooks == 0


def test_an_event_that_nobody_takes_is_given_up_and_can_be_sent_again(sandbox, receiver, api, open_session):
    receiver.answers[:] = [500] * (len(DELAYS) + 1)
    api.checkout.sessions.expire(open_session().id)
    lost = eventually(lambda: in_state(sandbox, "given_up"))
    assert api.events.list().data[0].pending_webhooks == 1
    requests.post(f"{sandbox.url}/resend", data={"delivery": lost[0]["id"]}, timeout=5)
    eventually(lambda: in_state(sandbox, "delivered"))
    assert len(received(receiver, "checkout.session.expired")) == len(DELAYS) + 2


def test_a_delivered_event_can_be_sent_once_more(sandbox, receiver, api, open_session):
    api.checkout.sessions.expire(open_session().id)
    done = eventually(lambda: in_state(sandbox, "delivered"))
    requests.post(f"{sandbox.url}/resend", data={"delivery": done[0]["id"]}, timeout=5)
    eventually(lambda: len(received(receiver, "checkout.session.expired")) == 2)


def test_the_preset_endpoint_is_listed_and_can_be_corrected(sandbox, receiver, api, open_session):
    (preset,) = api.webhook_endpoints.list().data
    assert preset.url == f"{receiver.url}/webhooks/stripe/"
    assert preset.api_version == stripe.api_version
    assert "secret" not in preset.to_dict()
    api.webhook_endpoints.update(preset.id, {"enabled_events": [COMPLETED]})
    pay(open_session())
    eventually(lambda: received(receiver, COMPLETED))
    assert len(deliveries(sandbox, "charge.succeeded")) == 0


def test_a_new_endpoint_has_its_own_secret_shown_once(sandbox, receiver, api, open_session):
    made = api.webhook_endpoints.create({"url": f"{receiver.url}/elsewhere/", "enabled_events": [COMPLETED]})
    assert made.secret.startswith("whsec_")
    assert made.secret != "whsec_sandbox"
    assert "secret" not in api.webhook_endpoints.retrieve(made.id).to_dict()
    pay(open_session())
    path, body, headers = eventually(lambda: [item for item in receiver.received if item[0] == "/elsewhere/"])[0]
    assert stripe.Webhook.construct_event(body, headers["Stripe-Signature"], made.secret).type == COMPLETED


def test_a_second_endpoint_at_the_address_of_the_preset_shares_its_secret(receiver, api):
    params = {"url": f"{receiver.url}/webhooks/stripe/", "enabled_events": ["*"], "api_version": stripe.api_version}
    assert api.webhook_endpoints.create(params).secret == "whsec_sandbox"


def test_a_disabled_or_deleted_endpoint_receives_nothing(sandbox, receiver, api, open_session):
    api.webhook_endpoints.update(PRESET_ID, {"disabled": True})
    api.checkout.sessions.expire(open_session().id)
    api.webhook_endpoints.delete(PRESET_ID)
    api.checkout.sessions.expire(open_session().id)
    assert deliveries(sandbox, "checkout.session.expired") == []


def test_an_event_type_that_does_not_exist_is_refused(api):
    with pytest.raises(stripe.InvalidRequestError):
        api.webhook_endpoints.create({"url": "http://site.example/", "enabled_events": ["checkout.completed"]})


def test_events_are_listed_by_types_and_time(api, open_session):
    api.checkout.sessions.expire(open_session().id)
    pay(open_session())
    kinds = [event.type for event in api.events.list({"types": [COMPLETED, "checkout.session.expired"]}).data]
    assert kinds == [COMPLETED, "checkout.session.expired"]
    event = api.events.list({"type": COMPLETED}).data[0]
    assert api.events.retrieve(event.id).to_dict()["data"] == event.to_dict()["data"]
    assert api.events.list({"created": {"gt": event.created + 60}}).data == []
