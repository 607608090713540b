"""All that the site says to HubSpot and hears from it, in the site's own words."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Contact:
    """A member as HubSpot has to know them. `until` is a date in Toronto, `newsletter_at` is UTC."""

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
    """Where a contact is now, and whether an unsubscribe made in HubSpot was stronger than our yes."""

    contact_id: str
    opted_out: bool = False


def push_contact(contact: Contact, *, contact_id: str = "") -> Pushed:
    """Bring HubSpot's contact up to date, by its id where we know it, by its address the first time."""
    raise NotImplementedError


def upsert_contact(contact: Contact) -> str:
    """Create or update the contact with that address; its id."""
    raise NotImplementedError


def update_contact(contact_id: str, contact: Contact) -> str:
    """Update by id; the id it has now, which may be another (merged, adopted, made again)."""
    raise NotImplementedError


def opted_out(contact_id: str) -> bool:
    """Whether the contact unsubscribed from all mail in HubSpot."""
    raise NotImplementedError
