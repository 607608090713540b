"""Who a contact is: its id, ids that were merged into it, its address and its additional ones.

https://knowledge.hubspot.com/records/merge-records: a merge gives a new id, and the old ones lead to it. Additional
addresses are as unique as first ones, and a contact is found by any of them.
"""

from __future__ import annotations

import secrets

from sandbox.collection import Row
from sandbox.hubspot_api.errors import HubSpotError
from sandbox.state import State

ADDITIONAL, MERGED = "hs_additional_emails", "hs_merged_object_ids"


def new_id() -> str:
    return str(secrets.randbelow(9 * 10**10) + 10**10)


def by_id(state: State, contact_id: str) -> Row | None:
    """The contact of that id, or the one it was merged into."""
    while (merged := state["merged_contact"].get(contact_id)) is not None:
        contact_id = merged["contact"]
    return state["contact"].get(contact_id)


def by_address(state: State, address: str) -> Row | None:
    """The contact whose first or additional address this is."""
    address = address.strip().lower()
    first = state["contact"].first("email", address)
    held = state["additional_email"].get(address)
    return first or (state["contact"].get(held["contact"]) if held else None)


def additional(contact: Row) -> list[str]:
    """Its additional addresses, in order."""
    return [address for address in (contact["properties"].get(ADDITIONAL) or "").split(";") if address]


def with_additional(state: State, contact: Row, addresses: list[str]) -> Row:
    """The contact with these additional addresses, and no others. HubSpotError 409 where one is another's."""
    wanted = list(dict.fromkeys(address.strip().lower() for address in addresses))
    wanted = [address for address in wanted if address and address != contact["properties"].get("email")]
    for address in wanted:
        other = by_address(state, address)
        if other is not None and other["id"] != contact["id"]:
            raise taken(other)
    release(state, contact)
    for address in wanted:
        state["additional_email"].put({"id": address, "contact": contact["id"]})
    rest = {name: value for name, value in contact["properties"].items() if name != ADDITIONAL}
    return {**contact, "properties": rest | ({ADDITIONAL: ";".join(wanted)} if wanted else {})}


def release(state: State, contact: Row) -> None:
    """Its additional addresses are free for others."""
    for address in additional(contact):
        state["additional_email"].remove(address)


def taken(other: Row) -> HubSpotError:
    """The refusal of an address that belongs to another contact."""
    return HubSpotError(f"Contact already exists. Existing ID: {other['id']}", status=409, category="CONFLICT")
