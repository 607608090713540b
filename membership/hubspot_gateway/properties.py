"""The properties of a contact that are ours, and their group."""

from typing import Any, Literal

from membership.hubspot_gateway.client import apis, call, rows_of

State = Literal["as it should be", "made", "corrected", "missing", "different", "of the wrong type"]

GROUP = {"name": "wits", "label": "WITS membership"}


def _own(name: str, label: str, description: str, kind: str, field: str, **more: Any) -> dict[str, Any]:
    described = {"name": name, "label": label, "description": description, "type": kind, "fieldType": field}
    return described | {"groupName": GROUP["name"]} | more


_WRITTEN_BY = "Written by the club's site: a change made here is overwritten."
_YES_OR_NO = [
    {"label": "Yes", "value": "true", "displayOrder": 0, "hidden": False},
    {"label": "No", "value": "false", "displayOrder": 1, "hidden": False},
]
OWN_PROPERTIES = (
    _own("wits_member_id", "WITS member", f"The member's id on the site. {_WRITTEN_BY}", "string", "text"),
    _own("wits_membership_status", "WITS membership", f"Whether it runs. {_WRITTEN_BY}", "string", "text"),
    _own("wits_membership_level", "WITS level", f"The level's short name. {_WRITTEN_BY}", "string", "text"),
    _own("wits_member_until", "WITS member until", f"The last day; empty: no end. {_WRITTEN_BY}", "date", "date"),
    _own(
        "wits_newsletter_consent",
        "WITS newsletter",
        f"Agreed to get it, and did not unsubscribe. {_WRITTEN_BY}",
        "bool",
        "booleancheckbox",
        options=_YES_OR_NO,
    ),
    _own(
        "wits_newsletter_consent_at",
        "WITS newsletter since",
        f"When they agreed. {_WRITTEN_BY}",
        "datetime",
        "date",
    ),
)


def ensure_properties(*, look_only: bool = False) -> dict[str, State]:
    """Make or correct our group and properties; what was found or done, by name.

    With `look_only` nothing changes: the state is then "missing" or "different". A property "of the wrong type" is
    never touched, since it holds somebody's data: a person has to delete it in HubSpot's settings first.
    https://developers.hubspot.com/docs/guides/api/crm/properties
    """
    states: dict[str, State] = {f"group {GROUP['name']}": _ensure_group(look_only)}
    deed = "list the contacts' properties"
    listed = rows_of(call(deed, apis().properties.get_all, "contacts").good(deed), deed)
    there = {found.get("name"): found for found in listed}
    for wanted in OWN_PROPERTIES:
        states[wanted["name"]] = _ensure_property(wanted, there.get(wanted["name"]), look_only)
    return states


def _ensure_property(wanted: dict[str, Any], found: dict[str, Any] | None, look_only: bool) -> State:
    name = wanted["name"]
    if found is None:
        if look_only:
            return "missing"
        deed = f"make the property {name}"
        call(deed, apis().properties.create, "contacts", wanted).good(deed)
        return "made"
    if found.get("type") != wanted["type"]:
        return "of the wrong type"
    changes = {
        field: wanted[field]
        for field in ("label", "description", "groupName", "fieldType")
        if found.get(field) != wanted[field]
    }
    if not changes:
        return "as it should be"
    if look_only:
        return "different"
    deed = f"correct the property {name}"
    call(deed, apis().properties.update, "contacts", name, changes).good(deed)
    return "corrected"


def _ensure_group(look_only: bool) -> State:
    deed = "show our group of properties"
    answer = call(deed, apis().groups.get_by_name, "contacts", GROUP["name"])
    if answer.status == 404:
        if look_only:
            return "missing"
        deed = "make our group of properties"
        call(deed, apis().groups.create, "contacts", GROUP).good(deed)
        return "made"
    if answer.good(deed).get("label") == GROUP["label"]:
        return "as it should be"
    if look_only:
        return "different"
    deed = "correct our group of properties"
    call(deed, apis().groups.update, "contacts", GROUP["name"], {"label": GROUP["label"]}).good(deed)
    return "corrected"
