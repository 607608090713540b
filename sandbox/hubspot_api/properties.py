"""Properties of contacts and their groups.

https://developers.hubspot.com/docs/api-reference/crm-properties-v3
"""

from __future__ import annotations

import re
from typing import Any

from sandbox.collection import Row
from sandbox.hubspot_api.definitions import BUILT_IN, GROUPS, built_in, definition
from sandbox.hubspot_api.errors import HubSpotError, not_found
from sandbox.hubspot_api.values import stamp
from sandbox.state import State

_NAME = re.compile(r"^[a-z][a-z0-9_]{0,99}$")
# Which field of a form may show which type of value.
FIELD_TYPES: dict[str, tuple[str, ...]] = {
    "bool": ("booleancheckbox", "calculation_equation"),
    "enumeration": ("booleancheckbox", "checkbox", "radio", "select", "calculation_equation"),
    "date": ("date",),
    "datetime": ("date",),
    "number": ("number", "calculation_equation"),
    "phone_number": ("phonenumber",),
    "string": ("file", "text", "textarea", "html", "phonenumber", "calculation_equation"),
}


def ensure_built_in(state: State) -> None:
    """The properties and groups that every account has."""
    with state.change():
        for name in BUILT_IN:
            if name not in state["property"]:
                state["property"].put({"id": name, "body": built_in(name)})
        for name, label in GROUPS.items():
            if name not in state["property_group"]:
                group = {"name": name, "label": label, "displayOrder": 0, "archived": False}
                state["property_group"].put({"id": name, "body": group})


def retrieve(state: State, name: str, archived: bool = False) -> Row:
    row = state["property"].get(name)
    if row is None or row["body"]["archived"] != archived:
        raise not_found(f"Property {name} does not exist")
    return dict(row["body"])


def index(state: State, archived: bool) -> list[Row]:
    return [row["body"] for row in state["property"].oldest_first() if row["body"]["archived"] == archived]


def create(state: State, body: dict[str, Any]) -> Row:
    name = body["name"]
    if not _NAME.match(name):
        raise HubSpotError(f"Property name {name} is not valid: lower case letters, digits and _, a letter first.")
    known = state["property"].get(name)
    if known and not known["body"]["archived"]:
        raise HubSpotError(f"A property named '{name}' already exists.", status=409, category="CONFLICT")
    _check(state, body)
    now = stamp(state.clock())
    row = definition(now, **{**body, "options": _options(body)})
    state["property"].put({"id": name, "body": row})
    return row


def update(state: State, name: str, body: dict[str, Any]) -> Row:
    row = retrieve(state, name)
    if row["modificationMetadata"]["readOnlyDefinition"]:
        raise HubSpotError(f"Property {name} is defined by HubSpot and cannot be changed.")
    merged = {**row, **body}
    _check(state, merged)
    merged.update(options=_options(merged), updatedAt=stamp(state.clock()))
    state["property"].put({"id": name, "body": merged})
    return merged


def archive(state: State, name: str) -> None:
    row = retrieve(state, name)
    if not row["modificationMetadata"]["archivable"]:
        raise HubSpotError(f"Property {name} is defined by HubSpot and cannot be archived.")
    state["property"].put({"id": name, "body": {**row, "archived": True, "archivedAt": stamp(state.clock())}})


def retrieve_group(state: State, name: str) -> Row:
    row = state["property_group"].get(name)
    if row is None:
        raise not_found(f"Property group {name} does not exist")
    return dict(row["body"])


def groups(state: State) -> list[Row]:
    return [row["body"] for row in state["property_group"].oldest_first()]


def create_group(state: State, body: dict[str, Any]) -> Row:
    name = body["name"]
    if not _NAME.match(name):
        raise HubSpotError(f"Group name {name} is not valid: lower case letters, digits and _, a letter first.")
    if name in state["property_group"]:
        raise HubSpotError(f"A property group named '{name}' already exists.", status=409, category="CONFLICT")
    group = {"displayOrder": -1, **body, "archived": False}
    state["property_group"].put({"id": name, "body": group})
    return group


def update_group(state: State, name: str, body: dict[str, Any]) -> Row:
    group = {**retrieve_group(state, name), **body}
    state["property_group"].put({"id": name, "body": group})
    return group


def archive_group(state: State, name: str) -> None:
    retrieve_group(state, name)
    if name in GROUPS or any(row["groupName"] == name for row in index(state, False)):
        raise HubSpotError(f"Property group {name} has properties and cannot be archived.")
    state["property_group"].remove(name)


def _check(state: State, body: dict[str, Any]) -> None:
    kind, field_type = body["type"], body["fieldType"]
    if kind not in FIELD_TYPES:
        raise HubSpotError(f"Invalid type {kind}: one of {', '.join(FIELD_TYPES)}.")
    if field_type not in FIELD_TYPES[kind]:
        raise HubSpotError(f"Invalid fieldType {field_type} for {kind}: one of {', '.join(FIELD_TYPES[kind])}.")
    if body["groupName"] not in state["property_group"]:
        raise HubSpotError(f"Property group {body['groupName']} does not exist.")
    values = [option["value"] for option in body.get("options", [])]
    if len(values) != len(set(values)):
        raise HubSpotError("Property option values must be unique.")
    if kind == "bool" and sorted(values) != ["false", "true"]:
        raise HubSpotError("Boolean properties must have exactly two options, with the values true and false.")
    if kind == "enumeration" and not values:
        raise HubSpotError("Enumeration properties must have options.")
    if kind not in ("bool", "enumeration") and values:
        raise HubSpotError(f"A property of type {kind} has no options.")


def _options(body: dict[str, Any]) -> list[Row]:
    return [
        {"description": "", "displayOrder": place, **option} for place, option in enumerate(body.get("options", []))
    ]
