"""What can go wrong while joining, in the words of the club."""

from outbox.errors import TransportError

__all__ = ["EventRefused", "JoiningClosed", "LevelClosed", "NeedsAPerson", "TransportError"]


class EventRefused(Exception):
    """A webhook's body is not what Stripe signed with one of our secrets, or is no event at all."""


class JoiningClosed(Exception):
    """An executive has closed joining."""


class LevelClosed(Exception):
    """The level is closed or gone, or its price is no longer the one the visitor saw."""


class NeedsAPerson(Exception):
    """Money or identity does not add up (amount, currency, level, mode): an executive decides. Never retried."""
