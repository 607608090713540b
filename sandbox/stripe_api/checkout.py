"""Checkout sessions (https://docs.stripe.com/api/checkout/sessions)."""

from __future__ import annotations

from typing import Any

from sandbox.collection import Row
from sandbox.state import State
from sandbox.stripe_api import promotions, shapes
from sandbox.stripe_api.call import Call
from sandbox.stripe_api.catalogue import inline_price
from sandbox.stripe_api.errors import StripeError, invalid, no_such
from sandbox.stripe_api.events import emit
from sandbox.stripe_api.listing import DEFAULT_LIMIT, page

SHORTEST, LONGEST = 30 * 60, 24 * 3600  # seconds that a session may stay open
RECOVERY_DAYS = 30
MINIMUM = (
    50  # cents; CAD and USD have the same (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts)
)
COPIED = (
    "allow_promotion_codes",
    "cancel_url",
    "client_reference_id",
    "customer_email",
    "integration_identifier",
    "locale",
    "origin_context",
    "submit_type",
    "success_url",
)


def create(call: Call) -> Row:
    """A new open session; its `url` leads to the sandbox's hosted page."""
    state, params = call.state, call.params
    _check_moment(state, params.get("expires_at"))
    customer = _customer(state, params.get("customer"))
    items = [_line_item(state, item, n) for n, item in enumerate(params["line_items"])]
    total = sum(item["amount_total"] for item in items)
    currency = _currency(params, items)
    if 0 < total < MINIMUM:
        raise invalid(
            f"The Checkout Session's total amount due must add up to at least $0.50 {currency}",
            None,
            "amount_too_small",
        )
    session = open_session(state, params, customer, items, currency)
    for wanted in params.get("discounts", []):
        session = _discounted(call, session, wanted)
    return session


def _discounted(call: Call, session: Row, wanted: dict[str, str]) -> Row:
    if "promotion_code" in wanted:
        code = promotions.retrieve_code(call, wanted["promotion_code"])
        return promotions.discount(call.state, session, code["promotion"]["coupon"], code["id"])
    coupon = promotions.retrieve_coupon(call, wanted.get("coupon", ""))
    return promotions.discount(call.state, session, coupon["id"], None)


def open_session(state: State, params: dict[str, Any], customer: Row | None, items: list[Row], currency: str) -> Row:
    """Store a session with what it was made of; also used when an expired one is recovered."""
    row_id = state.new_id("cs_test", 58)
    total = sum(item["amount_total"] for item in items)
    email = params.get("customer_email") or (customer or {}).get("email")
    recovery = params.get("after_expiration", {}).get("recovery")
    row = shapes.session(
        row_id,
        state.now(),
        after_expiration={
            "recovery": {
                "allow_promotion_codes": recovery.get("allow_promotion_codes", False),
                "enabled": recovery["enabled"],
                "expires_at": None,
                "url": None,
            }
        }
        if recovery
        else None,
        amount_subtotal=total,
        amount_total=total,
        currency=currency,
        customer=customer["id"] if customer else None,
        customer_creation=None if customer else params.get("customer_creation", "if_required"),
        customer_details=details(email, None) if email else None,
        expires_at=params.get("expires_at", state.now() + LONGEST),
        metadata=params.get("metadata") or {},
        url=f"{state.base}/pay/{row_id}",
    )
    row.update({name: params[name] for name in COPIED if name in params})
    for name, text in params.get("custom_text", {}).items():
        row["custom_text"][name] = text or None
    state["session_input"].put({"id": row_id, "line_items": items, "params": params})
    state["checkout.session"].put(row)
    state.note("session", "Checkout session opened", session=row_id)
    return row


def details(email: str | None, name: str | None) -> Row:
    return {
        "address": None,
        "business_name": None,
        "email": email,
        "individual_name": None,
        "name": name,
        "phone": None,
        "tax_exempt": "none",
        "tax_ids": [],
    }


def retrieve(call: Call, session_id: str) -> Row:
    return needed(call.state, session_id)


def needed(state: State, session_id: str) -> Row:
    """The session, expired if its time is over; StripeError when there is none."""
    row = state["checkout.session"].get(session_id)
    if row is None:
        raise StripeError(
            f"No such checkout.session: {session_id}",
            status=404,
            code="resource_missing",
            param="session",
            stored=False,
        )
    return expire_if_due(state, row)


def index(call: Call) -> Row:
    state, params = call.state, call.params
    among = None
    for name in ("payment_intent", "customer"):
        if name in params:
            among = state["checkout.session"].find(name, params[name])
            break
    expire_all_due(state)
    wanted = {name: params[name] for name in ("payment_intent", "customer", "status") if name in params}
    email = params.get("customer_details", {}).get("email")

    def is_wanted(row: Row) -> bool:
        if email and (row["customer_details"] or {}).get("email") != email:
            return False
        return all(row[name] == value for name, value in wanted.items())

    return page(call, "checkout.session", is_wanted, among)


def line_items(call: Call, session_id: str) -> Row:
    needed(call.state, session_id)
    items = call.state["session_input"].need(session_id)["line_items"]
    ids = [item["id"] for item in items]
    limit, start = call.params.get("limit", DEFAULT_LIMIT), 0
    if "starting_after" in call.params:
        if call.params["starting_after"] not in ids:
            raise no_such("line item", call.params["starting_after"], "starting_after")
        start = ids.index(call.params["starting_after"]) + 1
    return {
        "object": "list",
        "data": items[start : start + limit],
        "has_more": len(items) > start + limit,
        "url": call.path,
    }


def expire(call: Call, session_id: str) -> Row:
    row = needed(call.state, session_id)
    if row["status"] != "open":
        raise StripeError(
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status '
            f"of `{row['status']}`.",
            stored=False,
        )
    return expire_now(call.state, row, call)


def expire_now(state: State, row: Row, call: Call | None = None) -> Row:
    """Close an open session: event, recovery link when it was asked for, payment intent cancelled."""
    state.note("payment", "Checkout session expired without a payment", session=row["id"])
    row = {**row, "status": "expired", "url": None}
    if row["after_expiration"] and row["after_expiration"]["recovery"]["enabled"]:
        recovery = {
            **row["after_expiration"]["recovery"],
            "expires_at": state.now() + RECOVERY_DAYS * 86400,
            "url": f"{state.base}/recover/{row['id']}",
        }
        row["after_expiration"] = {"recovery": recovery}
    intent = state["payment_intent"].get(row["payment_intent"])
    if intent:
        intent = {**intent, "status": "canceled", "canceled_at": state.now(), "cancellation_reason": "expired"}
        emit(state, "payment_intent.canceled", state["payment_intent"].put(intent), call)
    state["checkout.session"].put(row)
    emit(state, "checkout.session.expired", row, call)
    return row


def expire_if_due(state: State, row: Row) -> Row:
    if row["status"] == "open" and row["expires_at"] <= state.now():
        return expire_now(state, row)
    return row


def expire_all_due(state: State) -> None:
    for row in state["checkout.session"].find("open", True):
        expire_if_due(state, row)


def _check_moment(state: State, moment: int | None) -> None:
    if moment is None:
        return
    ahead = moment - state.now()
    # Two seconds of grace: the caller computed the moment a little before it arrives here.
    if ahead < SHORTEST - 2:
        raise invalid(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.", "expires_at"
        )
    if ahead > LONGEST:
        raise invalid(
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.", "expires_at"
        )


def _customer(state: State, customer_id: str | None) -> Row | None:
    if customer_id is None:
        return None
    row = state["customer"].get(customer_id)
    if row is None or row.get("deleted"):
        raise no_such("customer", customer_id, "customer")
    return row


def _currency(params: dict[str, Any], items: list[Row]) -> str:
    currencies = {item["currency"] for item in items} | ({params["currency"]} if "currency" in params else set())
    if len(currencies) > 1:
        raise invalid("All line items must have the same currency.", "line_items")
    return str(currencies.pop())


def _line_item(state: State, item: Row, position: int) -> Row:
    if "price" in item:
        price = state["price"].get(item["price"])
        param = f"line_items[{position}][price]"
        if price is None:
            raise no_such("price", item["price"], param)
        if not price["active"]:
            raise invalid("The price specified is inactive. This field only accepts active prices.", param)
    else:
        price = inline_price(state, item["price_data"])
    product = state["product"].need(price["product"])
    amount = price["unit_amount"] * item["quantity"]
    return shapes.line_item(
        state.new_id("li"),
        amount_subtotal=amount,
        amount_total=amount,
        currency=price["currency"],
        description=product["name"],
        metadata=item.get("metadata") or {},
        price=price,
        quantity=item["quantity"],
    )
