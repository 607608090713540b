"""Many contacts at once: HubSpot takes a hundred in a call, and counts calls."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from membership.errors import TransportError
from membership.hubspot_gateway.client import Answer, apis, call, rows_of
from membership.hubspot_gateway.contacts import BATCH_SIZE, Contact, properties_of

READ = ["hs_email_optout"]


@dataclass(frozen=True)
class Found:
    """A contact as HubSpot has it: its properties are those we own, "" where there is no value."""

    id: str
    opted_out: bool
    properties: dict[str, str]

    @property
    def email(self) -> str:
        """Its first address, in lower case."""
        return self.properties["email"].casefold()

    def differs_from(self, contact: Contact) -> bool:
        """Whether a person looking at HubSpot would read something else than what is true of the member."""
        ours = properties_of(contact)
        return any(_plain(name, value) != _plain(name, self.properties[name]) for name, value in ours.items())


def read_many(keys: Sequence[str], *, by: Literal["id", "email"]) -> list[Found]:
    """The contacts with those ids, or (first or additional) addresses: a hundred at most, in one call.

    Those that are gone are not among them; one that was merged may come under its new id.
    https://developers.hubspot.com/docs/guides/api/crm/objects/contacts#retrieve-contacts
    """
    if not keys:
        return []
    if len(keys) > BATCH_SIZE:
        raise ValueError(f"HubSpot takes {BATCH_SIZE} at once.")
    deed = "show contacts"
    question = {
        "inputs": [{"id": key} for key in keys],
        "properties": [*OWN_NAMES, *READ],
        "propertiesWithHistory": [],
    }
    if by == "email":
        question["idProperty"] = "email"
    answer = call(deed, apis().batch.read, question)
    if answer.is_not_found and "results" not in answer.body:  # none of them is there
        return []
    body = answer.body if answer.is_not_found else answer.good(deed)
    return [_found(row, deed) for row in rows_of(body, deed)]


def upsert_many(contacts: Sequence[Contact]) -> dict[str, str]:
    """Create the contacts with those addresses, or write ours into those there are: a hundred at most, in one call.

    The contact's id for each member's id. Who is missing from it was refused: push that one alone, to hear why.
    https://developers.hubspot.com/docs/guides/api/crm/objects/contacts#upsert-contacts
    """
    if not contacts:
        return {}
    if len(contacts) > BATCH_SIZE:
        raise ValueError(f"HubSpot takes {BATCH_SIZE} at once.")
    deed = "create or update contacts"
    records = [
        {"id": contact.email, "idProperty": "email", "properties": properties_of(contact)} for contact in contacts
    ]
    answer: Answer = call(deed, apis().batch.upsert, {"inputs": records})
    body = answer.body if answer.status == 207 else answer.good(deed)
    ids = {}
    for row in rows_of(body, deed):
        match row:
            case {"id": str(contact_id), "properties": {"wits_member_id": str(member_id)}}:
                ids[member_id] = contact_id
    return ids


NOBODY = Contact("", "", "", "", "", "", until=None, newsletter=False, newsletter_at=None)
OWN_NAMES = tuple(properties_of(NOBODY))


def _found(row: object, deed: str) -> Found:
    match row:
        case {"id": str(contact_id), "properties": {**values}}:
            return Found(
                id=contact_id,
                opted_out=values.get("hs_email_optout") == "true",
                properties={name: str(values.get(name) or "") for name in OWN_NAMES},
            )
    raise TransportError(f"HubSpot did not {deed}: its answer makes no sense.")


def _plain(name: str, value: str) -> str:
    """A value without what HubSpot changes by itself: the case of addresses, white space, how a moment is written."""
    value = value.strip()
    if name == "email":
        return value.casefold()
    if name.endswith("_at") and value:
        try:
            return str(int(datetime.fromisoformat(value).timestamp()))
        except ValueError:
            return value
    return value
