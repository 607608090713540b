"""All that the site says to Stripe and hears from it, in the site's own words.

Plain values go in and come out, never rows of the database and never Stripe's objects. What goes wrong outside is
one error, `membership.errors.TransportError`. Nothing here may be called inside a database transaction, except for
what only reads or builds (`checkout_parameters`, `session_from_object`, `read_event`, `is_ours`).
"""

from membership.stripe_gateway.catalogue import EVENT_TYPES, Thing, drift, ensure_endpoint, ensure_product
from membership.stripe_gateway.checkout import (
    CheckoutSession,
    checkout_parameters,
    expire_session,
    is_ours,
    list_sessions,
    open_checkout,
    retrieve_session,
    session_from_object,
)
from membership.stripe_gateway.events import MAX_EVENT_BYTES, Event, read_event
from membership.stripe_gateway.payments import PaymentOutcome, payment_outcome, refunded_intents, update_customer

__all__ = [
    "EVENT_TYPES",
    "MAX_EVENT_BYTES",
    "CheckoutSession",
    "Event",
    "PaymentOutcome",
    "Thing",
    "checkout_parameters",
    "drift",
    "ensure_endpoint",
    "ensure_product",
    "expire_session",
    "is_ours",
    "list_sessions",
    "open_checkout",
    "payment_outcome",
    "read_event",
    "refunded_intents",
    "retrieve_session",
    "session_from_object",
    "update_customer",
]
