"""Contacts: found by id, by address or by another unique property.

https://developers.hubspot.com/docs/api-reference/crm-contacts-v3
"""

from __future__ import annotations

from typing import Any

from sandbox.collection import Row
from sandbox.hubspot_api import identities
from sandbox.hubspot_api.errors import HubSpotError, bad_values, not_found
from sandbox.hubspot_api.values import BadValue, stamp, stored
from sandbox.state import State

SHOWN_BY_DEFAULT = ("createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname")
ALWAYS_SHOWN = ("createdate", "hs_object_id", "lastmodifieddate")
CREATED_BY_US, CHANGED_BY_US = "Contact created", "Contact updated"
MERGED_BY_SOMEBODY = "Contacts merged in HubSpot"


def shown(contact: Row, names: list[str] | None = None, known: Any = None) -> Row:
    """A contact as the API answers it; `names`: what the caller asked to read, all that is set without."""
    values: dict[str, str | None] = contact["properties"]
    if names is not None:
        wanted = [*(names or SHOWN_BY_DEFAULT), *ALWAYS_SHOWN]
        # Like HubSpot: null for a property without a value, nothing for one that does not exist.
        values = {name: values.get(name) or None for name in sorted(set(wanted)) if known is None or name in known}
    answer = {
        "id": contact["id"],
        "properties": values,
        "createdAt": contact["createdAt"],
        "updatedAt": contact["updatedAt"],
        "archived": contact["archived"],
    }
    return {**answer, "archivedAt": contact["archivedAt"]} if contact["archived"] else answer


def find(state: State, key: str, id_property: str | None, archived: bool = False) -> Row | None:
    """The contact of that id, address or unique value; archived ones only when asked for."""
    if id_property in (None, "hs_object_id"):
        contact = identities.by_id(state, key)
    elif id_property == "email":
        contact = identities.by_address(state, key)
    else:
        definition = _definition(state, str(id_property))
        if definition is None or not definition["hasUniqueValue"]:
            raise HubSpotError(f"idProperty {id_property} is not a unique property of contacts.")
        holder = state["unique_value"].get(f"{id_property}={key}")
        contact = state["contact"].get(holder["contact"]) if holder else None
    return contact if contact is not None and contact["archived"] == archived else None


def need(state: State, key: str, id_property: str | None = None, archived: bool = False) -> Row:
    contact = find(state, key, id_property, archived)
    if contact is None:
        raise not_found()
    return contact


def checked(state: State, properties: dict[str, Any], unknown_only: bool = False) -> dict[str, str]:
    """The values as they are kept. HubSpotError with every problem.

    `unknown_only` looks for the mistakes of a program, and not for those of who typed a value.
    """
    problems: list[tuple[str, str, str]] = []
    values: dict[str, str] = {}
    for name, value in properties.items():
        definition = _definition(state, name)
        if definition is None:
            problems.append((name, "PROPERTY_DOESNT_EXIST", f'Property "{name}" does not exist'))
        elif definition["modificationMetadata"]["readOnlyValue"]:
            problems.append((name, "READ_ONLY_VALUE", f'"{name}" is a read only property; its value cannot be set.'))
        elif not isinstance(value, str):
            problems.append((name, "INVALID_TYPE", f'The value of "{name}" must be a string'))
        elif not unknown_only:
            try:
                values[name] = stored(definition, value)
            except BadValue as error:
                problems.append((name, error.code, str(error)))
    if problems:
        raise bad_values(problems)
    return values


def create(state: State, properties: dict[str, Any]) -> Row:
    values = {name: value for name, value in checked(state, properties).items() if value != ""}
    _check_unique(state, values, None)
    now = stamp(state.clock())
    if values.get("email", "") in state["unsubscribed"]:
        values["hs_email_optout"] = "true"
    row_id = identities.new_id()
    row = {
        "id": row_id,
        "properties": {"createdate": now, "hs_object_id": row_id, **values, "lastmodifieddate": now},
        "createdAt": now,
        "updatedAt": now,
        "archived": False,
        "written": sorted(values),
    }
    _claim(state, row)
    state.note("contact", CREATED_BY_US, contact=row_id, changed=sorted(values))
    return state["contact"].put(row)


def update(state: State, contact: Row, properties: dict[str, Any]) -> Row:
    """Overwrite the given properties, clear the empty ones, leave the others."""
    values = checked(state, properties)
    _keep_stage(state, contact, values)
    _check_unique(state, values, contact["id"])
    now = stamp(state.clock())
    merged = {**contact["properties"], **values}
    row = {
        **contact,
        "properties": {name: value for name, value in merged.items() if value != ""} | {"lastmodifieddate": now},
        "updatedAt": now,
        "written": sorted(set(contact["written"]) | set(values)),
    }
    _release(state, contact)
    row = identities.with_additional(state, row, identities.additional(contact))
    _claim(state, row)
    changed = [name for name, value in values.items() if contact["properties"].get(name, "") != value]
    state.note("contact", CHANGED_BY_US, contact=contact["id"], changed=sorted(changed))
    return state["contact"].put(row)


def archive(state: State, contact: Row) -> None:
    _release(state, contact)
    identities.release(state, contact)
    state["contact"].put({**contact, "archived": True, "archivedAt": stamp(state.clock())})
    state.note("contact", "Contact archived", contact=contact["id"])


def upsert(state: State, key: str, id_property: str | None, properties: dict[str, Any]) -> Row:
    """Update the contact of that key or create it; the answer says `new`."""
    contact = find(state, key, id_property)
    if contact is None and id_property in (None, "hs_object_id"):
        raise not_found(f"Could not get contact {key}: it does not exist.")
    if contact is None:
        return {**shown(create(state, {str(id_property): key, **properties})), "new": True}
    if id_property == "email":
        _refuse_partial(contact, properties)
    return {**shown(update(state, contact, properties)), "new": False}


def merge(state: State, primary: Row, other: Row) -> Row:
    """Make one contact of two, under a new id: the values of `primary`, and of `other` where it has none.

    Both addresses stay, the other's as an additional one; an unsubscribe of either counts. It cannot be undone.
    """
    if primary["id"] == other["id"]:
        raise HubSpotError("Cannot merge an object with itself.")
    for one in (primary, other):
        _release(state, one)
        identities.release(state, one)
        state["contact"].remove(one["id"])
    row_id, now = identities.new_id(), stamp(state.clock())
    values = {**other["properties"], **primary["properties"]}
    if "true" in (other["properties"].get("hs_email_optout"), primary["properties"].get("hs_email_optout")):
        values["hs_email_optout"] = "true"
    merged = [old for one in (primary, other) for old in [*_merged_ids(one), one["id"]]]
    values |= {identities.MERGED: ";".join(merged), "hs_object_id": row_id, "lastmodifieddate": now}
    row = {
        **primary,
        "id": row_id,
        "properties": values,
        "updatedAt": now,
        "written": sorted(set(primary["written"]) | set(other["written"])),
    }
    addresses = [*identities.additional(primary), other["properties"].get("email", ""), *identities.additional(other)]
    row = identities.with_additional(state, row, addresses)
    _claim(state, row)
    for old in (primary["id"], other["id"]):
        state["merged_contact"].put({"id": old, "contact": row_id})
    state.note("contact", MERGED_BY_SOMEBODY, contact=row_id)
    return state["contact"].put(row)


def _merged_ids(contact: Row) -> list[str]:
    return [old for old in (contact["properties"].get(identities.MERGED) or "").split(";") if old]


def erase(state: State, contact: Row) -> None:
    """Delete for good (GDPR): the row and what the journal tells of it."""
    _release(state, contact)
    identities.release(state, contact)
    state["contact"].remove(contact["id"])
    state.note("contact", "Contact erased for good (GDPR)", contact=contact["id"])


def _refuse_partial(contact: Row, properties: dict[str, Any]) -> None:
    """HubSpot takes no partial upsert by address: what was written before must be sent again."""
    held = {name for name in contact["written"] if contact["properties"].get(name)} - {"email"}
    left_out = sorted(held - set(properties))
    if left_out:
        raise HubSpotError(
            "Partial upserts are not supported when using email as the idProperty: send every property, or update by "
            f"id. Missing: {', '.join(left_out)}.",
            context={"propertyName": left_out},
        )


def _definition(state: State, name: str) -> Row | None:
    row = state["property"].get(name)
    return row["body"] if row and not row["body"]["archived"] else None


def _keep_stage(state: State, contact: Row, values: dict[str, str]) -> None:
    """The lifecycle stage only moves forward: an earlier one is passed over in silence."""
    old, new = contact["properties"].get("lifecyclestage"), values.get("lifecyclestage")
    definition = _definition(state, "lifecyclestage")
    if old and new and definition:
        stages = [option["value"] for option in definition["options"]]
        if stages.index(new) < stages.index(old):
            del values["lifecyclestage"]


def _unique_keys(state: State, values: dict[str, str]) -> list[str]:
    found = []
    for name, value in values.items():
        definition = _definition(state, name)
        if value and definition and definition["hasUniqueValue"]:
            found.append(f"{name}={value}")
    return found


def _check_unique(state: State, values: dict[str, str], own_id: str | None) -> None:
    email = values.get("email")
    if email:
        if email in state["erased_email"]:
            raise bad_values([("email", "BLOCKED_EMAIL", "This email address was erased (GDPR) and cannot be used.")])
        other = identities.by_address(state, email)
        if other and other["id"] != own_id:
            raise identities.taken(other)
    for key in _unique_keys(state, values):
        holder = state["unique_value"].get(key)
        if holder and holder["contact"] != own_id:
            name = key.split("=", 1)[0]
            raise HubSpotError(
                f"Cannot set {name}: a contact with this value already exists. Existing ID: {holder['contact']}",
                status=409,
                category="CONFLICT",
                context={"propertyName": [name]},
            )


def _claim(state: State, contact: Row) -> None:
    for key in _unique_keys(state, contact["properties"]):
        state["unique_value"].put({"id": key, "contact": contact["id"]})


def _release(state: State, contact: Row) -> None:
    for key in _unique_keys(state, contact["properties"]):
        state["unique_value"].remove(key)
