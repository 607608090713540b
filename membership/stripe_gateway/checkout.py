"""Checkout sessions: what is asked of Stripe's payment page, and what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, cast

from membership.errors import TransportError
from membership.stripe_gateway.client import as_dict, calling, client, page_of
from membership.stripe_gateway.wording import ascii_email, metadata_of

PAGE_SIZE = 100  # the most that Stripe lists at once


@dataclass(frozen=True)
class CheckoutSession:
    """One visit to the payment page. https://docs.stripe.com/api/checkout/sessions/object

    `amount_total` is in cents, after the `discount_cents` that promotion codes took off; times are UTC.
    `recovered_from` is the id of the expired session whose recovery link opened this one: such a session carries our
    marks, but we never asked for it. `email` is what was typed there (a wallet may change it): a key to nothing.
    """

    id: str
    url: str | None
    status: Literal["open", "complete", "expired"]
    payment_status: Literal["paid", "unpaid", "no_payment_required"]
    amount_total: int | None
    currency: str | None
    client_reference_id: str | None
    metadata: dict[str, str]
    customer_id: str | None
    payment_intent_id: str | None
    livemode: bool
    expires_at: datetime
    created: datetime
    recovered_from: str | None = None
    discount_cents: int = 0
    email: str = ""


def checkout_parameters(
    *,
    signup_uuid: str,
    level_slug: str,
    level_name: str,
    product_id: str,
    amount_cents: int,
    currency: str,
    first_name: str,
    last_name: str,
    email: str,
    success_url: str,
    cancel_url: str,
    expires_at: datetime,
    customer_id: str = "",
    promotion_codes: bool = False,
) -> dict[str, Any]:
    """What `open_checkout` sends, as plain JSON to be kept: an idempotency key refuses changed parameters.

    The names stand in the session's metadata, so that a payment finds its person even where our own row is gone; the
    payment intent (and with it charge and refund) carries only the marks that say whose it is. `customer_id` is the
    customer of a member who renews; without it Stripe makes one. No `receipt_email`: it would send a receipt whatever
    the account says, and whether to send them is a switch of the club's in Stripe's dashboard.
    https://docs.stripe.com/api/checkout/sessions/create
    """
    marks = {"wits": "join", "signup": signup_uuid, "level": level_slug}
    price: dict[str, Any] = {"currency": currency, "unit_amount": amount_cents}
    price |= {"product": product_id} if product_id else {"product_data": {"name": level_name}}
    return {
        "mode": "payment",
        "client_reference_id": signup_uuid,
        "line_items": [{"quantity": 1, "price_data": price}],
        "metadata": metadata_of({**marks, "first_name": first_name, "last_name": last_name}),
        "payment_intent_data": {"description": level_name, "metadata": metadata_of(marks)},
        "success_url": success_url,
        "cancel_url": cancel_url,
        "expires_at": int(expires_at.timestamp()),
        "after_expiration": {"recovery": {"enabled": True}},
        "locale": "auto",
        **({"allow_promotion_codes": True} if promotion_codes else {}),
        **_payer(email, customer_id),
    }


def _payer(email: str, customer_id: str) -> dict[str, str]:
    """Who pays: a customer Stripe knows, or one it makes. Stripe refuses `customer` with either of the others."""
    if customer_id:
        return {"customer": customer_id}
    address = ascii_email(email)
    return {"customer_creation": "always"} | ({"customer_email": address} if address else {})


def open_checkout(parameters: dict[str, Any], *, idempotency_key: str) -> CheckoutSession:
    """Open a session with `checkout_parameters`; the same key and parameters within 24 hours give the same session.

    Raises TransportError; a permanent one needs a new attempt, and with it a new key.
    https://docs.stripe.com/api/checkout/sessions/create, https://docs.stripe.com/api/idempotent_requests
    """
    deed = "open a Checkout session"
    with calling(deed):
        answer = client().v1.checkout.sessions.create(cast("Any", parameters), {"idempotency_key": idempotency_key})
    return session_from_object(as_dict(answer, deed))


def retrieve_session(session_id: str) -> CheckoutSession:
    """The session as it is now. An id that Stripe does not know is a permanent TransportError.

    https://docs.stripe.com/api/checkout/sessions/retrieve
    """
    deed = "show a Checkout session"
    with calling(deed):
        answer = client().v1.checkout.sessions.retrieve(session_id)
    return session_from_object(as_dict(answer, deed))


def list_sessions(*, created_since: datetime, complete_only: bool = False) -> Iterator[CheckoutSession]:
    """Every session opened since then, newest first, page after page; those of others in the account too.

    https://docs.stripe.com/api/checkout/sessions/list
    """
    deed = "list Checkout sessions"
    parameters: dict[str, Any] = {"created": {"gte": int(created_since.timestamp())}, "limit": PAGE_SIZE}
    if complete_only:
        parameters["status"] = "complete"
    more = True
    while more:
        with calling(deed):
            answer = client().v1.checkout.sessions.list(cast("Any", parameters))
        objects, more = page_of(answer, deed)
        sessions = [session_from_object(obj) for obj in objects]
        yield from sessions
        if more:
            if not sessions:
                raise TransportError(f"Stripe did not {deed}: it has more, but shows none.")
            parameters = {**parameters, "starting_after": sessions[-1].id}


def expire_session(session_id: str) -> None:
    """Close an open session, so that it can no longer be paid. One that is not open is a permanent TransportError.

    https://docs.stripe.com/api/checkout/sessions/expire
    """
    with calling("close a Checkout session"):
        client().v1.checkout.sessions.expire(session_id)


def session_from_object(obj: dict[str, Any]) -> CheckoutSession:
    """The session in Stripe's own form, as a webhook carries it. Raises TransportError if it is none."""
    try:
        return CheckoutSession(
            id=str(obj["id"]),
            url=obj.get("url"),
            status=obj["status"],
            payment_status=obj["payment_status"],
            amount_total=obj.get("amount_total"),
            currency=obj.get("currency"),
            client_reference_id=obj.get("client_reference_id"),
            metadata=dict(obj.get("metadata") or {}),
            customer_id=id_of(obj.get("customer")),
            payment_intent_id=id_of(obj.get("payment_intent")),
            livemode=bool(obj["livemode"]),
            expires_at=datetime.fromtimestamp(obj["expires_at"], UTC),
            created=datetime.fromtimestamp(obj["created"], UTC),
            recovered_from=obj.get("recovered_from"),
            discount_cents=int((obj.get("total_details") or {}).get("amount_discount") or 0),
            email=str((obj.get("customer_details") or {}).get("email") or obj.get("customer_email") or ""),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise TransportError("What Stripe sent is no Checkout session.") from None


def id_of(reference: object) -> str | None:
    """The id where Stripe names another object, by its id or, expanded, whole."""
    if isinstance(reference, dict):
        reference = reference.get("id")
    return str(reference) if reference else None


def is_ours(metadata: dict[str, str]) -> bool:
    """Whether this site asked for the payment. The club's account also takes others: tickets, the shop."""
    return metadata.get("wits") == "join"
