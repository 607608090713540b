"""What was paid on the site that stood here before: Checkout sessions without a mark of ours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from membership.errors import TransportError
from membership.stripe_gateway.checkout import PAGE_SIZE, id_of, is_ours
from membership.stripe_gateway.client import calling, client, page_of

DEED = "list Checkout sessions"
# Payment, charge, customer and what was bought come with each session: a hundred payments are one call.
EXPAND = ["data.customer", "data.payment_intent.latest_charge", "data.line_items"]


@dataclass(frozen=True)
class OldPayment:
    """A paid session that did not begin on our form. Amounts are in cents, `paid_at` is UTC.

    `customer_id` is empty where the customer was deleted at Stripe. `payer_name` and `payer_email` were typed on
    Stripe's page; `metadata` is what the other site wrote. `items` are the names of what was bought.
    """

    session_id: str
    payment_intent_id: str
    customer_id: str
    amount_cents: int
    currency: str
    discount_cents: int
    paid_at: datetime
    livemode: bool
    metadata: dict[str, str]
    payer_name: str = ""
    payer_email: str = ""
    items: tuple[str, ...] = ()
    quantity: int = 1
    refunded_cents: int = 0
    disputed: bool = False


def list_old_payments(*, created_since: datetime) -> Iterator[OldPayment]:
    """Every session paid since then that is not ours, newest first: the old site's, and those of other things.

    https://docs.stripe.com/api/checkout/sessions/list, https://docs.stripe.com/expand
    """
    parameters: dict[str, Any] = {
        "created": {"gte": int(created_since.timestamp())},
        "status": "complete",
        "limit": PAGE_SIZE,
        "expand": EXPAND,
    }
    more = True
    while more:
        with calling(DEED):
            answer = client().v1.checkout.sessions.list(cast("Any", parameters))
        objects, more = page_of(answer, DEED)
        for obj in objects:
            if _is_paid(obj) and not is_ours(obj.get("metadata") or {}):
                yield _old_payment(obj)
        if more:
            if not objects:
                raise TransportError(f"Stripe did not {DEED}: it has more, but shows none.")
            parameters = {**parameters, "starting_after": str(objects[-1].get("id"))}


def _is_paid(obj: dict[str, Any]) -> bool:
    return obj.get("mode") == "payment" and obj.get("payment_status") == "paid"


def _old_payment(obj: dict[str, Any]) -> OldPayment:
    try:
        customer = obj.get("customer") or {}
        details = obj.get("customer_details") or {}
        intent = obj.get("payment_intent") or {}
        charge = (intent.get("latest_charge") or {}) if isinstance(intent, dict) else {}
        items = (obj.get("line_items") or {}).get("data") or []
        is_gone = isinstance(customer, dict) and bool(customer.get("deleted"))
        return OldPayment(
            session_id=str(obj["id"]),
            payment_intent_id=id_of(intent) or "",
            customer_id="" if is_gone else id_of(customer) or "",
            amount_cents=int(obj.get("amount_total") or 0),
            currency=str(obj.get("currency") or ""),
            discount_cents=int((obj.get("total_details") or {}).get("amount_discount") or 0),
            paid_at=datetime.fromtimestamp(obj["created"], UTC),
            livemode=bool(obj["livemode"]),
            metadata={str(key): str(value) for key, value in (obj.get("metadata") or {}).items()},
            payer_name=str(details.get("name") or ""),
            payer_email=str(details.get("email") or obj.get("customer_email") or ""),
            items=tuple(str(item.get("description") or "") for item in items),
            quantity=sum(int(item.get("quantity") or 1) for item in items) if items else 1,
            refunded_cents=int(charge.get("amount_refunded") or 0),
            disputed=bool(charge.get("disputed")),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise TransportError(f"Stripe did not {DEED}: its answer makes no sense.") from None
