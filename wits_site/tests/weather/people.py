"""Who lives in a world, what they can join for, and the forms they sent. All of them are invented."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

LEVELS: dict[str, dict[str, Any]] = {
    "general": {"name": "General member", "price_cents": 0, "term": "none", "sort_order": 1},
    "wits-member": {"name": "WITS member", "price_cents": 1500, "term": "academic_year", "sort_order": 2},
    "half-year": {"name": "Guest", "price_cents": 900, "term": "months", "term_months": 6, "sort_order": 3},
}
COUPONS = {"WELCOME": 100, "HALF": 50}  # percent off


@dataclass(frozen=True)
class Person:
    first_name: str
    last_name: str
    addresses: tuple[str, ...]  # one address, as it is typed at different times
    newsletter: bool

    @property
    def key(self) -> str:
        return self.addresses[0]


PEOPLE = (
    Person("Maya", "Okoro", ("maya@uwo.example", "Maya@UWO.example"), True),
    Person("Robin", "Tremblay", ("robin@uwo.example", "ROBIN@uwo.example "), False),
    Person("Zoë", "García", ("zoe@uwo.example",), True),
)
# Paid on another copy of the site, or in the club's shop.
STRANGER = Person("Sasha", "Novak", ("sasha@uwo.example",), False)
EVERYBODY = (*PEOPLE, STRANGER)


@dataclass
class Form:
    """A join form somebody sent. `uuid` is what the site made of it."""

    person: Person
    level: str
    nonce: str
    uuid: str
    sent_at: datetime
    price: int  # cents
    confirmed: bool = False
    in_trouble: bool = False  # Stripe failed when it was sent: the site may not know of its first visit
    adopted: bool = False  # an executive had it made again, from what Stripe kept of its payment


@dataclass(frozen=True)
class ByHand:
    """A membership that the treasurer wrote down."""

    person: Person
    level: str
    cents: int
    nonce: uuid.UUID
