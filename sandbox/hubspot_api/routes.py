"""The calls of HubSpot's API."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request

from sandbox.calls import struck_inside
from sandbox.collection import Row
from sandbox.hubspot_api import body as b
from sandbox.hubspot_api import contacts, properties
from sandbox.hubspot_api.errors import HubSpotError, not_found
from sandbox.hubspot_api.values import stamp
from sandbox.state import State

Answer = tuple[int, Row | None]
CONTACTS = "/crm/v3/objects/contacts"
PROPERTIES = "/crm/v3/properties/contacts"
MOST = 100  # inputs of a batch


def create(state: State) -> Answer:
    sent = b.read(request.data, b.CREATE)
    if sent.get("associations"):
        raise HubSpotError("The sandbox has contacts only: associations must be empty.")
    return 201, contacts.shown(contacts.create(state, sent["properties"]))


def index(state: State) -> Answer:
    _only("limit", "after", "properties", "archived")
    limit = request.args.get("limit", 10, type=int)
    if not 1 <= limit <= 100:
        raise HubSpotError("limit must be between 1 and 100.")
    archived, after = _flag("archived"), request.args.get("after")
    found = []
    for contact in state["contact"].oldest_first(after if after and after in state["contact"] else None):
        if contact["archived"] == archived:
            found.append(contact)
            if len(found) > limit:
                break
    answer: Row = {"results": [contacts.shown(row, _names(), state["property"]) for row in found[:limit]]}
    if len(found) > limit:
        answer["paging"] = {"next": {"after": found[limit - 1]["id"]}}
    return 200, answer


def retrieve(state: State, contact_id: str) -> Answer:
    _only("properties", "idProperty", "archived")
    contact = contacts.need(state, contact_id, request.args.get("idProperty"), _flag("archived"))
    return 200, contacts.shown(contact, _names(), state["property"])


def update(state: State, contact_id: str) -> Answer:
    _only("idProperty")
    sent = b.read(request.data, b.UPDATE)
    contact = contacts.need(state, contact_id, request.args.get("idProperty"))
    return 200, contacts.shown(contacts.update(state, contact, sent["properties"]))


def archive(state: State, contact_id: str) -> Answer:
    contact = contacts.find(state, contact_id, None)
    if contact:
        contacts.archive(state, contact)
    return 204, None


def batch_upsert(state: State) -> Answer:
    inputs = _inputs(b.read(request.data, b.BATCH_UPSERT))
    for item in inputs:
        # A property that does not exist is the caller's mistake and fails the whole batch.
        contacts.checked(state, item["properties"], unknown_only=True)
    started, results, errors = state.clock(), [], []
    for item in inputs:
        try:
            results.append(contacts.upsert(state, item["id"], item.get("idProperty"), item["properties"]))
        except HubSpotError as error:
            errors.append(error.in_batch(item["id"]))
    return _batch(state, started, results, errors)


def batch_read(state: State) -> Answer:
    sent = b.read(request.data, b.BATCH_READ)
    if sent.get("propertiesWithHistory"):
        raise HubSpotError("The sandbox keeps no history of properties: propertiesWithHistory must be empty.")
    inputs, started = _inputs(sent), state.clock()
    results, missing = [], []
    for item in inputs:
        contact = contacts.find(state, item["id"], sent.get("idProperty"), _flag("archived"))
        if contact:
            results.append(contacts.shown(contact, sent.get("properties", []), state["property"]))
        else:
            missing.append(item["id"])
    errors = []
    if missing:
        text = "Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid."
        errors = [{**not_found(text).in_batch(""), "context": {"ids": missing}}]
    return _batch(state, started, results, errors)


def gdpr_delete(state: State) -> Answer:
    sent = b.read(request.data, b.GDPR)
    id_property = sent.get("idProperty")
    if id_property not in (None, "email"):
        raise HubSpotError("idProperty must be email or left out.")
    contact = contacts.find(state, sent["objectId"], id_property)
    contact = contact or contacts.find(state, sent["objectId"], id_property, archived=True)
    if contact:
        contacts.erase(state, contact)
    elif id_property == "email":
        # An unknown address is blocked for good, as HubSpot does.
        state["erased_email"].put({"id": sent["objectId"].strip().lower()})
    else:
        raise not_found()
    return 204, None


def merge(state: State) -> Answer:
    sent = b.read(request.data, b.MERGE)
    primary, other = (contacts.need(state, sent[name]) for name in ("primaryObjectId", "objectIdToMerge"))
    return 200, contacts.shown(contacts.merge(state, primary, other))


def list_properties(state: State) -> Answer:
    _only("archived")
    return 200, {"results": properties.index(state, _flag("archived"))}


def create_property(state: State) -> Answer:
    return 201, properties.create(state, b.read(request.data, b.PROPERTY_CREATE))


def retrieve_property(state: State, name: str) -> Answer:
    _only("archived")
    return 200, properties.retrieve(state, name, _flag("archived"))


def update_property(state: State, name: str) -> Answer:
    return 200, properties.update(state, name, b.read(request.data, b.PROPERTY_UPDATE))


def archive_property(state: State, name: str) -> Answer:
    properties.archive(state, name)
    return 204, None


def list_groups(state: State) -> Answer:
    return 200, {"results": properties.groups(state)}


def create_group(state: State) -> Answer:
    return 201, properties.create_group(state, b.read(request.data, b.GROUP_CREATE))


def retrieve_group(state: State, name: str) -> Answer:
    return 200, properties.retrieve_group(state, name)


def update_group(state: State, name: str) -> Answer:
    return 200, properties.update_group(state, name, b.read(request.data, b.GROUP_UPDATE))


def archive_group(state: State, name: str) -> Answer:
    properties.archive_group(state, name)
    return 204, None


ROUTES: list[tuple[str, str, Callable[..., Answer]]] = [
    ("POST", CONTACTS, create),
    ("GET", CONTACTS, index),
    ("GET", f"{CONTACTS}/<contact_id>", retrieve),
    ("PATCH", f"{CONTACTS}/<contact_id>", update),
    ("DELETE", f"{CONTACTS}/<contact_id>", archive),
    ("POST", f"{CONTACTS}/batch/upsert", batch_upsert),
    ("POST", f"{CONTACTS}/batch/read", batch_read),
    ("POST", f"{CONTACTS}/gdpr-delete", gdpr_delete),
    ("POST", f"{CONTACTS}/merge", merge),
    ("GET", PROPERTIES, list_properties),
    ("POST", PROPERTIES, create_property),
    ("GET", f"{PROPERTIES}/<name>", retrieve_property),
    ("PATCH", f"{PROPERTIES}/<name>", update_property),
    ("DELETE", f"{PROPERTIES}/<name>", archive_property),
    ("GET", f"{PROPERTIES}/groups", list_groups),
    ("POST", f"{PROPERTIES}/groups", create_group),
    ("GET", f"{PROPERTIES}/groups/<name>", retrieve_group),
    ("PATCH", f"{PROPERTIES}/groups/<name>", update_group),
    ("DELETE", f"{PROPERTIES}/groups/<name>", archive_group),
]


def blueprint(state: State) -> Blueprint:
    """HubSpot's API, to be mounted under /hubspot."""
    routes = Blueprint("hubspot", __name__)

    def view(operation: Callable[..., Answer]) -> Callable[..., Response]:
        def answer(**ids: str) -> Response:
            try:
                _authenticate()
                struck_inside(_internal_error)
                if request.method in ("POST", "PATCH") and not request.is_json:
                    raise HubSpotError("Unsupported Media Type: send application/json.", status=415)
                with state.change():
                    status, body = operation(state, **ids)
                    text = json.dumps(body) if body is not None else ""
                return Response(text, status, mimetype="application/json")
            except HubSpotError as error:
                return Response(json.dumps(error.body()), error.status, mimetype="application/json")

        return answer

    for number, (method, path, operation) in enumerate(ROUTES):
        routes.add_url_rule(path, f"call{number}", view(operation), methods=[method])

    @routes.route("/<path:path>", methods=["GET", "POST", "PATCH", "PUT", "DELETE"])
    def unknown(path: str) -> Response:
        error = HubSpotError(
            f"Unable to find {request.method} /{path}. The sandbox has a part of HubSpot's API: see its README.",
            status=404,
            category="OBJECT_NOT_FOUND",
        )
        return Response(json.dumps(error.body()), 404, mimetype="application/json")

    return routes


def _authenticate() -> None:
    given = request.authorization
    token = given.token if given and given.type == "bearer" else None
    if not token or not token.startswith("pat-") or len(token) < 10:
        raise HubSpotError(
            "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more "
            "details at https://developers.hubspot.com/docs/methods/auth/oauth-overview",
            status=401,
            category="INVALID_AUTHENTICATION",
        )


def _internal_error() -> HubSpotError:
    return HubSpotError("internal error (the sandbox was asked for this)", status=500, category="INTERNAL_ERROR")


def _inputs(sent: dict[str, Any]) -> list[Row]:
    inputs: list[Row] = sent["inputs"]
    if not 1 <= len(inputs) <= MOST:
        raise HubSpotError(f"The number of inputs must be between 1 and {MOST}.")
    ids = [item["id"].strip().lower() for item in inputs]
    if len(set(ids)) < len(ids):
        raise HubSpotError("Duplicate IDs found in batch input. IDs must be unique.")
    return inputs


def _batch(state: State, started: float, results: list[Row], errors: list[Row]) -> Answer:
    answer: Row = {
        "status": "COMPLETE",
        "results": results,
        "startedAt": stamp(started),
        "completedAt": stamp(state.clock()),
    }
    if errors:
        return 207, {**answer, "numErrors": len(errors), "errors": errors}
    return 200, answer


def _only(*known: str) -> None:
    unknown = sorted(set(request.args) - set(known))
    if unknown:
        raise HubSpotError(f"Unknown query parameter: {', '.join(unknown)}.")


def _names() -> list[str]:
    """`properties=a,b` or `properties=a&properties=b`, as the Python client sends it."""
    return [name for value in request.args.getlist("properties") for name in value.split(",") if name]


def _flag(name: str) -> bool:
    value = request.args.get(name, "false")
    if value not in ("true", "false", "True", "False"):
        raise HubSpotError(f"{name} must be true or false.")
    return value.lower() == "true"
