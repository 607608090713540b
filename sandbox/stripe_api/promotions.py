"""Coupons and the codes that people type (https://docs.stripe.com/payments/checkout/discounts)."""

from __future__ import annotations

import secrets

from sandbox.collection import Row
from sandbox.state import State
from sandbox.stripe_api.call import Call
from sandbox.stripe_api.errors import StripeError, invalid, no_such
from sandbox.stripe_api.listing import page
from sandbox.stripe_api.shapes import nulls

LEAST = 50  # cents that can be charged; nothing at all is possible too


def create_coupon(call: Call) -> Row:
    state, params = call.state, call.params
    if "amount_off" in params and "currency" not in params:
        raise invalid("You must pass currency when passing amount_off", "currency")
    row_id = params.get("id") or state.new_id("", 8).lstrip("_")
    if row_id in state["coupon"]:
        raise StripeError("Coupon already exists.", code="resource_already_exists", param="id")
    row = {
        "id": row_id,
        "object": "coupon",
        "created": state.now(),
        "duration": params.get("duration", "once"),
        "livemode": False,
        "metadata": params.get("metadata") or {},
        "times_redeemed": 0,
        "valid": True,
        **nulls("duration_in_months", "redeem_by"),
        **{name: params.get(name) for name in ("amount_off", "currency", "max_redemptions", "name", "percent_off")},
    }
    return state["coupon"].put(row)


def retrieve_coupon(call: Call, coupon_id: str) -> Row:
    row = call.state["coupon"].get(coupon_id)
    if row is None:
        raise no_such("coupon", coupon_id, "coupon")
    return row


def list_coupons(call: Call) -> Row:
    return page(call, "coupon")


def create_code(call: Call) -> Row:
    """A code for a coupon; two that are active are never the same, whatever their case."""
    state, params = call.state, call.params
    coupon = retrieve_coupon(call, params["promotion"]["coupon"])
    code = params.get("code") or secrets.token_hex(4).upper()
    if _active(state, code):
        raise invalid(f"An active promotion code with `code: {code}` already exists.", "code")
    row = {
        "id": state.new_id("promo"),
        "object": "promotion_code",
        "active": params.get("active", True),
        "code": code,
        "created": state.now(),
        "livemode": False,
        "max_redemptions": params.get("max_redemptions"),
        "metadata": params.get("metadata") or {},
        "promotion": {"coupon": coupon["id"], "type": "coupon"},
        "restrictions": {
            "first_time_transaction": False,
            **nulls("minimum_amount", "minimum_amount_currency"),
        },
        "times_redeemed": 0,
        **nulls("customer", "customer_account", "expires_at"),
    }
    return state["promotion_code"].put(row)


def retrieve_code(call: Call, code_id: str) -> Row:
    row = call.state["promotion_code"].get(code_id)
    if row is None:
        raise no_such("promotion_code", code_id, "promotion_code")
    return row


def update_code(call: Call, code_id: str) -> Row:
    row = dict(retrieve_code(call, code_id))
    call.apply(row, "active", "metadata")
    return call.state["promotion_code"].put(row)


def list_codes(call: Call) -> Row:
    wanted = {name: call.params[name] for name in ("active", "code") if name in call.params}
    return page(call, "promotion_code", lambda row: all(row[name] == value for name, value in wanted.items()))


def type_code(state: State, session: Row, code: str) -> Row:
    """What a visitor types on the payment page. Raises StripeError with the words that the page shows."""
    found = _active(state, code.strip())
    if not session["allow_promotion_codes"] or found is None:
        raise StripeError("This code is invalid.", param="code")
    return discount(state, session, found["promotion"]["coupon"], found["id"])


def discount(state: State, session: Row, coupon_id: str, code_id: str | None) -> Row:
    """Take a coupon off an open session: in place of one taken off before. Raises StripeError where it cannot be."""
    coupon = state["coupon"].need(coupon_id)
    code = state["promotion_code"].get(code_id)
    if not _is_left(coupon) or (code and not (code["active"] and _is_left(code))):
        raise StripeError("This code has expired.", code="promotion_code_expired" if code else "coupon_expired")
    subtotal = session["amount_subtotal"]
    off = min(subtotal, coupon["amount_off"] or round(subtotal * (coupon["percent_off"] or 0) / 100))
    if coupon["amount_off"] and coupon["currency"] != session["currency"]:
        raise StripeError(f"This code is in {coupon['currency'].upper()}, not {session['currency'].upper()}.")
    if 0 < subtotal - off < LEAST:
        raise StripeError("What is left after this discount is too little to be charged.", code="amount_too_small")
    _share_out(state, session["id"], off, subtotal)
    return state["checkout.session"].put(
        {
            **session,
            "amount_total": subtotal - off,
            "discounts": [{"coupon": None if code else coupon_id, "promotion_code": code_id}],
            "total_details": {**session["total_details"], "amount_discount": off},
        }
    )


def redeem(state: State, session: Row) -> None:
    """Count what a session that is complete has used."""
    for used in session["discounts"]:
        code = state["promotion_code"].get(used["promotion_code"])
        coupon = state["coupon"].need(code["promotion"]["coupon"] if code else used["coupon"])
        state["coupon"].put({**coupon, "times_redeemed": coupon["times_redeemed"] + 1})
        if code:
            state["promotion_code"].put({**code, "times_redeemed": code["times_redeemed"] + 1})


def _share_out(state: State, session_id: str, off: int, subtotal: int) -> None:
    """Each line bears its part of the discount; the last bears what rounding leaves."""
    made_of = state["session_input"].need(session_id)
    items, left = [], off
    for place, item in enumerate(made_of["line_items"]):
        last = place == len(made_of["line_items"]) - 1
        part = left if last else off * item["amount_subtotal"] // max(1, subtotal)
        left -= part
        items.append({**item, "amount_discount": part, "amount_total": item["amount_subtotal"] - part})
    state["session_input"].put({**made_of, "line_items": items})


def _active(state: State, code: str) -> Row | None:
    return next((row for row in state["promotion_code"].find("code", code.lower()) if row["active"]), None)


def _is_left(row: Row) -> bool:
    return row["max_redemptions"] is None or row["times_redeemed"] < row["max_redemptions"]
