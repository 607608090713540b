"""Declared shapes of HubSpot's request bodies; what does not fit is refused."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sandbox.hubspot_api.errors import HubSpotError


@dataclass(frozen=True)
class Shape:
    """Fields of an object by name, each with its JSON type: str, bool, int, dict, or a list of a Shape or of str."""

    fields: dict[str, Any]
    required: tuple[str, ...] = ()


UPSERT_INPUT = Shape(
    {"id": str, "idProperty": str, "properties": dict, "objectWriteTraceId": str}, ("id", "properties")
)
ID_INPUT = Shape({"id": str}, ("id",))
CREATE = Shape({"properties": dict, "associations": list}, ("properties",))
UPDATE = Shape({"properties": dict}, ("properties",))
BATCH_UPSERT = Shape({"inputs": [UPSERT_INPUT]}, ("inputs",))
BATCH_READ = Shape(
    {"inputs": [ID_INPUT], "properties": [str], "propertiesWithHistory": [str], "idProperty": str}, ("inputs",)
)
GDPR = Shape({"objectId": str, "idProperty": str}, ("objectId",))
MERGE = Shape({"primaryObjectId": str, "objectIdToMerge": str}, ("primaryObjectId", "objectIdToMerge"))
OPTION = Shape(
    {"label": str, "value": str, "hidden": bool, "displayOrder": int, "description": str},
    ("label", "value", "hidden"),
)
_PROPERTY = {
    "label": str,
    "groupName": str,
    "type": str,
    "fieldType": str,
    "description": str,
    "displayOrder": int,
    "formField": bool,
    "hidden": bool,
    "options": [OPTION],
}
PROPERTY_CREATE = Shape(
    {**_PROPERTY, "name": str, "hasUniqueValue": bool}, ("name", "label", "type", "fieldType", "groupName")
)
PROPERTY_UPDATE = Shape(_PROPERTY)
GROUP_CREATE = Shape({"name": str, "label": str, "displayOrder": int}, ("name", "label"))
GROUP_UPDATE = Shape({"label": str, "displayOrder": int})

_NAMES = {str: "string", bool: "boolean", int: "integer", dict: "object", list: "array"}


def read(raw: bytes, shape: Shape) -> dict[str, Any]:
    """The body as that shape; HubSpotError 400 says what does not fit."""
    try:
        body = json.loads(raw or b"null")
    except ValueError as error:
        raise HubSpotError(f"Invalid input JSON: {error}") from error
    return _object(body, shape, "")


def _object(value: Any, shape: Shape, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise HubSpotError(f"Invalid input JSON{_at(where)}: expected an object.")
    unknown = sorted(set(value) - set(shape.fields))
    if unknown:
        raise HubSpotError(f"Invalid input JSON{_at(where)}: unknown field {', '.join(unknown)}.")
    missing = [name for name in shape.required if value.get(name) is None]
    if missing:
        raise HubSpotError(
            f"Invalid input JSON{_at(where)}: some required fields were not set: {missing}.",
            errors=[{"message": f"Some required fields were not set: {missing}.", "code": "REQUIRED_FIELD"}],
        )
    return {
        name: _value(item, shape.fields[name], f"{where}.{name}") for name, item in value.items() if item is not None
    }


def _value(value: Any, kind: Any, where: str) -> Any:
    if isinstance(kind, list):
        if not isinstance(value, list):
            raise HubSpotError(f"Invalid input JSON{_at(where)}: expected an array.")
        inner = kind[0]
        return [
            _object(item, inner, f"{where}[{n}]")
            if isinstance(inner, Shape)
            else _value(item, inner, f"{where}[{n}]")
            for n, item in enumerate(value)
        ]
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise HubSpotError(f"Invalid input JSON{_at(where)}: expected {_NAMES[kind]}.")
    return value


def _at(where: str) -> str:
    return f" at {where.lstrip('.')}" if where else ""
