"""Contacts: one for each member, current, and with an unsubscribe respected."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial

from membership.errors import SharedContact, TransportError
from membership.hubspot_gateway.client import Answer, apis, call, rows_of

BATCH_SIZE = 100  # the most that HubSpot takes at once
READ = ["email", "hs_email_optout", "wits_member_id"]


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


@dataclass(frozen=True)
class _Known:
    """What HubSpot has of a contact that a push has to respect."""

    id: str
    email: str
    member_id: str
    opted_out: bool


def push_contact(contact: Contact, *, contact_id: str = "", former_mark: str = "") -> Pushed:
    """Bring HubSpot up to date: by the contact's id where we know it, by its address the first time.

    A yes to the newsletter is never written over an unsubscribe made in HubSpot: then our property says no, and the
    answer says `opted_out`. Raises TransportError, and SharedContact where two members would share one contact.
    `former_mark` is a mark that the caller knows nobody has any more: it stops nothing.
    """
    known = _find(contact_id) if contact_id else None
    if known is None or _is_of_another(known, contact, former_mark):
        # Our id leads to another member's contact after a merge; for ever, also when the addresses are apart again.
        known = _find_by_email(contact.email)
    if known is None:
        return _upsert(contact)
    _refuse_that_of_another(known, contact, former_mark)
    return _update(known.id, contact, known.opted_out)


def properties_of(contact: Contact) -> dict[str, str]:
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


def _upsert(contact: Contact) -> Pushed:
    """HubSpot takes no partial upsert by address, so every property we own goes with it.

    https://developers.hubspot.com/docs/guides/api/crm/objects/contacts#upsert-contacts
    """
    deed = "create or update a contact"
    record = {"id": contact.email, "idProperty": "email", "properties": properties_of(contact)}
    answer = call(deed, apis().batch.upsert, {"inputs": [record]})
    if answer.existing_id:
        return _adopt(answer.existing_id, contact)
    match answer.good(deed).get("results"):
        case [{"id": str(contact_id)}]:
            return Pushed(contact_id)
    raise TransportError(f"HubSpot did not {deed}: its answer makes no sense.")


def _update(contact_id: str, contact: Contact, opted_out: bool) -> Pushed:
    """Update by id, so that a changed address moves the contact.

    The id is another afterwards where the contact was merged, was deleted (then it is made again), or where the new
    address belonged to a contact already: that one is adopted, and the old one no longer counts as a member's.
    https://developers.hubspot.com/docs/guides/api/crm/objects/contacts#update-contacts
    """
    answer = _write(contact_id, contact, opted_out)
    if answer.is_not_found:
        return _upsert(contact)
    if answer.existing_id not in ("", contact_id):
        adopted = _adopt(answer.existing_id, contact)
        _release(contact_id)
        return adopted
    return _pushed(answer, contact_id, contact, opted_out)


def _adopt(contact_id: str, contact: Contact) -> Pushed:
    """Write the member into the contact that has their address already."""
    known = _find(contact_id)
    if known is None:
        raise TransportError(f"HubSpot did not update contact {contact_id}: it is gone, but still has the address.")
    _refuse_that_of_another(known, contact)
    return _pushed(_write(known.id, contact, known.opted_out), known.id, contact, known.opted_out)


def _release(contact_id: str) -> None:
    """Take our marks off a contact that is no longer a member's, so that a person is in the lists once."""
    deed = f"release contact {contact_id}"
    nobody = Contact("", "", "", "", "", "", until=None, newsletter=False, newsletter_at=None)
    marks = {name: value for name, value in properties_of(nobody).items() if name.startswith("wits_")}
    answer = call(deed, apis().basic.update, contact_id, {"properties": marks})
    if not answer.is_not_found:
        answer.good(deed)


def _write(contact_id: str, contact: Contact, opted_out: bool) -> Answer:
    agreed = replace(contact, newsletter=contact.newsletter and not opted_out)
    return call(
        f"update contact {contact_id}", apis().basic.update, contact_id, {"properties": properties_of(agreed)}
    )


def _pushed(answer: Answer, contact_id: str, contact: Contact, opted_out: bool) -> Pushed:
    body = answer.good(f"update contact {contact_id}")
    return Pushed(str(body.get("id") or contact_id), opted_out and contact.newsletter)


def _refuse_that_of_another(known: _Known, contact: Contact, former_mark: str = "") -> None:
    if _is_of_another(known, contact, former_mark):
        raise SharedContact(known.id, known.member_id)


def _is_of_another(known: _Known, contact: Contact, former_mark: str) -> bool:
    """A contact marked as another member's, under another address: merged, or our address is its second one.

    Under our own address the mark is only an old one, since no two members have the same address.
    """
    ours = ("", contact.member_id, former_mark)
    return known.member_id not in ours and known.email.casefold() != contact.email.casefold()


def _find(contact_id: str) -> _Known | None:
    """The contact of that id, or the one it was merged into; None if it is gone.

    https://developers.hubspot.com/docs/guides/api/crm/objects/contacts#retrieve-contacts
    """
    deed = f"show contact {contact_id}"
    answer = call(deed, partial(apis().basic.get_by_id, properties=READ), contact_id)
    return None if answer.is_not_found else _known(answer.good(deed), deed)


def _find_by_email(email: str) -> _Known | None:
    """The contact with that address, its first or an additional one; None if there is none.

    Asked as a batch of one, since the address would otherwise stand in an URL, and URLs in logs.
    https://developers.hubspot.com/docs/guides/api/crm/objects/contacts#retrieve-contacts
    """
    deed = "look for a contact"
    question = {"inputs": [{"id": email}], "idProperty": "email", "properties": READ, "propertiesWithHistory": []}
    answer = call(deed, apis().batch.read, question)
    if answer.is_not_found:
        return None
    found = rows_of(answer.good(deed), deed)
    return _known(found[0], deed) if found else None


def _known(found: object, deed: str) -> _Known:
    match found:
        case {"id": str(contact_id), "properties": {**properties}}:
            return _Known(
                id=contact_id,
                email=str(properties.get("email") or ""),
                member_id=str(properties.get("wits_member_id") or ""),
                opted_out=properties.get("hs_email_optout") == "true",
            )
    raise TransportError(f"HubSpot did not {deed}: its answer makes no sense.")
