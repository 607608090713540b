"""Contacts: one for each member, current, and with an unsubscribe respected."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial

from membership.errors import TransportError
from membership.hubspot_gateway.client import apis, call

BATCH_SIZE = 100  # the most that HubSpot takes at once


@dataclass(frozen=True)
class Contact:
    """A member as HubSpot has to know them. `until` is the last day in Toronto, `newsletter_at` is UTC."""

    email: str
    first_name: str
    last_name: str
    member_id: str
    status: str
    level: str
    until: date | None
    newsletter: bool
    newsletter_at: datetime | None


@dataclass(frozen=True)
class Pushed:
    """Where the contact is now, and whether an unsubscribe made in HubSpot was stronger than our yes."""

    contact_id: str
    opted_out: bool = False


def push_contact(contact: Contact, *, contact_id: str = "") -> Pushed:
    """Bring HubSpot up to date: by the contact's id where we know it, by its address the first time.

    A yes to the newsletter is never left standing over an unsubscribe made in HubSpot: then our property says no, and
    the answer says `opted_out`. Raises TransportError; a permanent one where two members would share one contact.
    """
    unsubscribed = False
    if contact_id:
        unsubscribed = contact.newsletter and opted_out(contact_id)
        new_id = update_contact(contact_id, replace(contact, newsletter=contact.newsletter and not unsubscribed))
    else:
        new_id = upsert_contact(contact)
    if new_id != contact_id and contact.newsletter and not unsubscribed:
        # A contact that HubSpot may have had all along. Between the two writes our property says yes, but HubSpot
        # itself sends nothing to somebody who unsubscribed.
        unsubscribed = opted_out(new_id)
        if unsubscribed:
            new_id = update_contact(new_id, replace(contact, newsletter=False))
    return Pushed(new_id, unsubscribed)


def upsert_contact(contact: Contact) -> str:
    """Create the contact with that address, or write ours into the one there is; its id.

    HubSpot takes no partial upsert by address, so every property we own goes with it.
    https://developers.hubspot.com/docs/guides/api/crm/objects/contacts#upsert-contacts
    """
    deed = "create or update a contact"
    record = {"id": contact.email, "idProperty": "email", "properties": _properties(contact)}
    answer = call(deed, apis().batch.upsert, {"inputs": [record]})
    if answer.existing_id:
        return _adopt(answer.existing_id, contact)
    match answer.good(deed).get("results"):
        case [{"id": str(contact_id)}]:
            return contact_id
    raise TransportError(f"HubSpot did not {deed}: its answer makes no sense.")


def update_contact(contact_id: str, contact: Contact) -> str:
    """Update by id, so that a changed address moves the contact; the id it has now.

    It is another where the contact was merged, was deleted (then it is made again), or where the new address belonged
    to a contact already: that one is adopted, and the old one no longer counts as a member's.
    https://developers.hubspot.com/docs/guides/api/crm/objects/contacts#update-contacts
    """
    deed = f"update contact {contact_id}"
    answer = call(deed, apis().basic.update, contact_id, {"properties": _properties(contact)})
    if answer.status == 404:
        return upsert_contact(contact)
    if answer.existing_id not in ("", contact_id):
        adopted = _adopt(answer.existing_id, contact)
        _release(contact_id)
        return adopted
    return str(answer.good(deed).get("id") or contact_id)


def opted_out(contact_id: str) -> bool:
    """Whether the contact unsubscribed from all mail in HubSpot. One that is gone did not.

    https://developers.hubspot.com/docs/guides/api/crm/objects/contacts#retrieve-contacts
    """
    return _read(contact_id, "hs_email_optout") == "true"


def opted_out_among(contact_ids: Iterable[str]) -> set[str]:
    """The ids of those who unsubscribed from all mail in HubSpot, asked a hundred at a time.

    https://developers.hubspot.com/docs/guides/api/crm/objects/contacts#retrieve-contacts
    """
    deed = "say who unsubscribed"
    ids = list(contact_ids)
    found: set[str] = set()
    for start in range(0, len(ids), BATCH_SIZE):
        batch = [{"id": contact_id} for contact_id in ids[start : start + BATCH_SIZE]]
        question = {"inputs": batch, "properties": ["hs_email_optout"], "propertiesWithHistory": []}
        answer = call(deed, apis().batch.read, question)
        # The errors of a 207 name contacts that are gone: no reason to lose the answers about the others.
        body = answer.body if answer.status == 207 else answer.good(deed)
        for contact in body.get("results") or []:
            if (contact.get("properties") or {}).get("hs_email_optout") == "true":
                found.add(str(contact["id"]))
    return found


def _properties(contact: Contact) -> dict[str, str]:
    """Everything we own of a contact, as HubSpot writes it: "" empties, dates and times in ISO 8601.

    `lifecyclestage` is not among it: it only ever moves forward, and memberships end.
    https://developers.hubspot.com/docs/guides/api/crm/properties#add-values-to-date-and-datetime-properties
    """
    consent_at = contact.newsletter_at.astimezone(UTC) if contact.newsletter_at else None
    return {
        "email": contact.email,
        "firstname": contact.first_name,
        "lastname": contact.last_name,
        "wits_member_id": contact.member_id,
        "wits_membership_status": contact.status,
        "wits_membership_level": contact.level,
        "wits_member_until": contact.until.isoformat() if contact.until else "",
        "wits_newsletter_consent": "true" if contact.newsletter else "false",
        "wits_newsletter_consent_at": consent_at.strftime("%Y-%m-%dT%H:%M:%S.000Z") if consent_at else "",
    }


def _adopt(contact_id: str, contact: Contact) -> str:
    """Write the member into the contact that has their address already, unless it is another member's."""
    owner = _read(contact_id, "wits_member_id")
    if owner not in ("", contact.member_id):
        raise TransportError(
            f"HubSpot's contact {contact_id} has the address of member {contact.member_id}, but belongs to member "
            f"{owner}. Take the address off that contact in HubSpot, or correct one member's address here.",
            permanent=True,
        )
    deed = f"update contact {contact_id}"
    answer = call(deed, apis().basic.update, contact_id, {"properties": _properties(contact)})
    return str(answer.good(deed).get("id") or contact_id)


def _release(contact_id: str) -> None:
    """Take our marks off a contact that is no longer a member's, so that a person is in the lists once."""
    deed = f"release contact {contact_id}"
    nobody = Contact("", "", "", "", "", "", until=None, newsletter=False, newsletter_at=None)
    marks = {name: value for name, value in _properties(nobody).items() if name.startswith("wits_")}
    answer = call(deed, apis().basic.update, contact_id, {"properties": marks})
    if answer.status != 404:
        answer.good(deed)


def _read(contact_id: str, name: str) -> str:
    """One property of a contact; "" where it is empty or the contact is gone."""
    deed = f"show contact {contact_id}"
    answer = call(deed, partial(apis().basic.get_by_id, properties=[name]), contact_id)
    if answer.status == 404:
        return ""
    return str((answer.good(deed).get("properties") or {}).get(name) or "")
