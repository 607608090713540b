"""Customers, and what became of a payment."""

from dataclasses import dataclass
from typing import Any

from membership.errors import TransportError
from membership.stripe_gateway.client import as_dict, calling, client
from membership.stripe_gateway.wording import METADATA_LENGTH, NAME_LENGTH, ascii_email, cut


@dataclass(frozen=True)
class PaymentOutcome:
    """`status` is Stripe's ("succeeded", "requires_payment_method", "canceled", …); `disputed` once it ever was.

    https://docs.stripe.com/api/payment_intents/object
    """

    status: str
    amount_refunded_cents: int
    disputed: bool = False


def update_customer(customer_id: str, *, name: str, email: str, metadata: dict[str, str]) -> None:
    """Write who a customer is: the preferred name in place of the one on the card, our address, our ids.

    A customer deleted at Stripe is a permanent TransportError. https://docs.stripe.com/api/customers/update
    """
    # An empty value takes the key away, which is what is meant when there is no more end date.
    marks = {key: cut(value, METADATA_LENGTH) for key, value in metadata.items()}
    parameters: dict[str, Any] = {"name": cut(name, NAME_LENGTH), "metadata": marks}
    if address := ascii_email(email):
        parameters["email"] = address
    with calling("update a customer"):
        client().v1.customers.update(customer_id, parameters)  # type: ignore[arg-type]


def payment_outcome(payment_intent_id: str) -> PaymentOutcome:
    """What became of a payment: paid or not, and how much of it went back (cents).

    https://docs.stripe.com/api/payment_intents/retrieve
    """
    deed = "show a payment"
    with calling(deed):
        answer = client().v1.payment_intents.retrieve(payment_intent_id, {"expand": ["latest_charge"]})
    intent = as_dict(answer, deed)
    try:
        charge = intent.get("latest_charge") or {}
        return PaymentOutcome(
            status=str(intent["status"]),
            amount_refunded_cents=int(charge.get("amount_refunded") or 0),
            disputed=bool(charge.get("disputed")),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise TransportError(f"Stripe did not {deed}: its answer makes no sense.") from None
