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
from membership.stripe_gateway.old_site import OldPayment, list_old_payments
from membership.stripe_gateway.payments import PaymentOutcome, payment_outcome, update_customer
from membership.stripe_gateway.refunds import (
    DISPUTE_EVENT,
    WARNING_EVENT,
    Said,
    list_disputes,
    list_fraud_warnings,
    list_refunds,
    make_refund,
    refund_event,
    retrieve_dispute,
    retrieve_refund,
    said_of_payment,
)

__all__ = [
    "DISPUTE_EVENT",
    "EVENT_TYPES",
    "MAX_EVENT_BYTES",
    "WARNING_EVENT",
    "CheckoutSession",
    "Event",
    "OldPayment",
    "PaymentOutcome",
    "Said",
    "Thing",
    "checkout_parameters",
    "drift",
    "ensure_endpoint",
    "ensure_product",
    "expire_session",
    "is_ours",
    "list_disputes",
    "list_fraud_warnings",
    "list_old_payments",
    "list_refunds",
    "list_sessions",
    "make_refund",
    "open_checkout",
    "payment_outcome",
    "read_event",
    "refund_event",
    "retrieve_dispute",
    "retrieve_refund",
    "retrieve_session",
    "said_of_payment",
    "session_from_object",
    "update_customer",
]
