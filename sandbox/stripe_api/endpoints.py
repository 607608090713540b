"""Webhook endpoints (https://docs.stripe.com/api/webhook_endpoints)."""

from __future__ import annotations

import re

from sandbox.collection import Row
from sandbox.stripe_api import shapes
from sandbox.stripe_api.call import Call
from sandbox.stripe_api.errors import invalid, no_such
from sandbox.stripe_api.events import PRESET_SECRET, preset_url
from sandbox.stripe_api.listing import page

_VERSION = re.compile(r"^20\d\d-\d\d-\d\d(\.[a-z]+)?$")


def create(call: Call) -> Row:
    """A new endpoint. Its secret is in this answer and in no later one."""
    state, params = call.state, call.params
    version = params.get("api_version")
    if version is not None and not _VERSION.match(version):
        raise invalid(f"Invalid API version: {version}", "api_version")
    row = shapes.webhook_endpoint(
        state.new_id("we"),
        state.now(),
        api_version=version,
        enabled_events=params["enabled_events"],
        url=params["url"],
    )
    call.apply(row, "description", "metadata")
    # At the address of the preset endpoint the known secret stays, whatever is set up through the API.
    secret = PRESET_SECRET if params["url"] == preset_url(state) else "whsec_" + state.new_id("x", 32)[2:]
    state["webhook_endpoint"].put(row)
    state["endpoint_secret"].put({"id": row["id"], "secret": secret})
    return {**row, "secret": secret}


def retrieve(call: Call, endpoint_id: str) -> Row:
    row = call.state["webhook_endpoint"].get(endpoint_id)
    if row is None:
        raise no_such("webhook endpoint", endpoint_id, "webhook_endpoint")
    return row


def update(call: Call, endpoint_id: str) -> Row:
    row = dict(retrieve(call, endpoint_id))
    call.apply(row, "description", "enabled_events", "metadata", "url")
    if "disabled" in call.params:
        row["status"] = "disabled" if call.params["disabled"] else "enabled"
    return call.state["webhook_endpoint"].put(row)


def delete(call: Call, endpoint_id: str) -> Row:
    retrieve(call, endpoint_id)
    call.state["webhook_endpoint"].remove(endpoint_id)
    call.state["endpoint_secret"].remove(endpoint_id)
    return {"id": endpoint_id, "object": "webhook_endpoint", "deleted": True}


def index(call: Call) -> Row:
    return page(call, "webhook_endpoint")
