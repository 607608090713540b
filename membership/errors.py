"""What can go wrong while joining, in the words of the club."""

from outbox.errors import TransportError

__all__ = [
    "EventRefused",
    "JoiningClosed",
    "JoiningLimited",
    "LevelClosed",
    "LinkRefused",
    "NeedsAPerson",
    "NotOurs",
    "PriceChanged",
    "SharedContact",
    "TransportError",
    "WrongAddress",
]


class EventRefused(Exception):
    """A webhook's body is not what Stripe signed with one of our secrets, or is no event at all."""


class JoiningClosed(Exception):
    """An executive has closed joining."""


class JoiningLimited(Exception):
    """Too many forms were not paid lately: from one place, for one address, or `overall`.

    `retry_after`: seconds after which it is worth trying again.
    """

    def __init__(self, *, overall: bool, retry_after: int) -> None:
        super().__init__("too many join forms were not paid lately")
        self.overall = overall
        self.retry_after = retry_after


class LevelClosed(Exception):
    """The level is closed or gone."""


class PriceChanged(Exception):
    """The price is no longer the one the visitor saw; `price_cents` is what it is now."""

    def __init__(self, price_cents: int) -> None:
        super().__init__(f"the price is now {price_cents} cents")
        self.price_cents = price_cents


class SharedContact(Exception):
    """HubSpot's contact `contact_id`, which has the member's address, stands for somebody else.

    `member_id` is the mark it bears: the uuid of that other member, if they are still one.
    """

    def __init__(self, contact_id: str, member_id: str) -> None:
        super().__init__(f"HubSpot's contact {contact_id} stands for member {member_id}")
        self.contact_id = contact_id
        self.member_id = member_id


class LinkRefused(Exception):
    """A mailed link is too old, was made for an address that has since been corrected, or is not ours."""


class NotOurs(Exception):
    """A Checkout session, charge or payment that did not begin on our join form."""


class WrongAddress(ValueError):
    """What was typed is no email address. The message is written for the visitor."""


class NeedsAPerson(Exception):
    """Money or identity does not add up (amount, currency, level, mode): an executive decides. Never retried."""
