"""Events: what happened, and to which endpoints it goes (https://docs.stripe.com/api/events)."""

from __future__ import annotations

import copy
from typing import Any

from sandbox.collection import Row
from sandbox.state import State
from sandbox.stripe_api import shapes
from sandbox.stripe_api.call import Call
from sandbox.stripe_api.errors import no_such
from sandbox.stripe_api.listing import page

PRESET_ID = "we_sandbox_preset"
PRESET_SECRET = "whsec_sandbox"  # noqa: S105 -- the secret of the sandbox, known to everyone


def preset_url(state: State) -> str:
    return f"{state.site}/webhooks/stripe/"


def ensure_preset(state: State) -> None:
    """An endpoint for the site from the start, with a known secret, so that nothing has to be set up."""
    with state.change():
        endpoints = state["webhook_endpoint"]
        preset = endpoints.get(PRESET_ID)
        if preset and preset["url"] != preset_url(state):
            endpoints.put({**preset, "url": preset_url(state)})
        if len(endpoints) == 0:
            endpoints.put(
                shapes.webhook_endpoint(
                    PRESET_ID,
                    state.now(),
                    api_version=shapes.API_VERSION,
                    description="The site, preset by the sandbox",
                    enabled_events=["*"],
                    url=preset_url(state),
                )
            )
            state["endpoint_secret"].put({"id": PRESET_ID, "secret": PRESET_SECRET})


def emit(state: State, kind: str, about: Row, call: Call | None = None, previous: Row | None = None) -> Row:
    """Record an event with a snapshot of the object, and a delivery to each endpoint that wants it.

    `call`: the request that caused it, if one did. Happens inside `state.change()`.
    """
    data: dict[str, Any] = {"object": copy.deepcopy(about)}
    if previous is not None:
        data["previous_attributes"] = previous
    wanting = [
        endpoint
        for endpoint in state["webhook_endpoint"].oldest_first()
        if endpoint["status"] == "enabled" and ({"*", kind} & set(endpoint["enabled_events"]))
    ]
    event = state["event"].put(
        {
            "id": state.new_id("evt"),
            "object": "event",
            "api_version": shapes.API_VERSION,
            "created": state.now(),
            "data": data,
            "livemode": False,
            "pending_webhooks": len(wanting),
            "request": {
                "id": call.request_id if call else None,
                "idempotency_key": call.idempotency_key if call else None,
            },
            "type": kind,
        }
    )
    for endpoint in wanting:
        for how, wait in state.carrier.plan(kind):
            deliver(state, event, endpoint["id"], how, wait)
    state.note("event", kind, event=event["id"])
    return event


def deliver(state: State, event: Row, endpoint_id: str, how: str, wait: float | None) -> None:
    """A delivery of that event. `how`: waiting, to be sent in `wait` seconds; or held or dropped, with no time."""
    delivery = state["delivery"].put(
        {
            "id": state.new_id("dlv"),
            "event": event["id"],
            "endpoint": endpoint_id,
            "state": how,
            "attempts": [],
            "next_at": None if wait is None else state.clock() + wait,
        }
    )
    if state.on_delivery:
        state.on_delivery(delivery["id"])


def retrieve(call: Call, event_id: str) -> Row:
    event = call.state["event"].get(event_id)
    if event is None:
        raise no_such("event", event_id)
    return event


def index(call: Call) -> Row:
    types = call.params.get("types") or ([call.params["type"]] if "type" in call.params else None)

    def wanted(event: Row) -> bool:
        if types and not any(_matches(event["type"], wish) for wish in types):
            return False
        if "delivery_success" in call.params:
            return bool((event["pending_webhooks"] == 0) == call.params["delivery_success"])
        return True

    return page(call, "event", wanted)


def _matches(kind: str, wish: str) -> bool:
    return kind.startswith(wish[:-1]) if wish.endswith("*") else kind == wish
