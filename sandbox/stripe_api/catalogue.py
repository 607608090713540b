"""Products and prices (https://docs.stripe.com/api/products, https://docs.stripe.com/api/prices)."""

from __future__ import annotations

from sandbox.collection import Row
from sandbox.state import State
from sandbox.stripe_api import shapes
from sandbox.stripe_api.call import Call
from sandbox.stripe_api.errors import StripeError, invalid, no_such
from sandbox.stripe_api.events import emit
from sandbox.stripe_api.fields import UNSET
from sandbox.stripe_api.listing import page

PRODUCT_FIELDS = ("active", "description", "images", "metadata", "name", "statement_descriptor", "unit_label", "url")
PRICE_FIELDS = ("active", "metadata", "nickname", "tax_behavior")


def create_product(call: Call) -> Row:
    state = call.state
    row_id = call.params.get("id") or state.new_id("prod", 14)
    if row_id in state["product"]:
        raise StripeError(f"Product already exists: '{row_id}'", code="resource_already_exists", param="id")
    row = shapes.product(row_id, state.now())
    call.apply(row, *PRODUCT_FIELDS)
    state["product"].put(row)
    emit(state, "product.created", row, call)
    return row


def retrieve_product(call: Call, product_id: str) -> Row:
    row = call.state["product"].get(product_id)
    if row is None:
        raise no_such("product", product_id)
    return row


def update_product(call: Call, product_id: str) -> Row:
    row = dict(retrieve_product(call, product_id))
    default = call.params.get("default_price")
    if default is not None:
        found = call.state["price"].get(default)
        if found is None or found["product"] != product_id:
            raise no_such("price", default, "default_price")
    previous = call.apply(row, *PRODUCT_FIELDS, "default_price")
    if previous:
        row["updated"] = call.state.now()
        emit(call.state, "product.updated", call.state["product"].put(row), call, previous)
    return row


def delete_product(call: Call, product_id: str) -> Row:
    row = retrieve_product(call, product_id)
    if call.state["price"].first("product", product_id):
        raise StripeError("This product cannot be deleted because it has one or more user-created prices.", code=None)
    call.state["product"].remove(product_id)
    emit(call.state, "product.deleted", row, call)
    return {"id": product_id, "object": "product", "deleted": True}


def list_products(call: Call) -> Row:
    ids, active = call.params.get("ids"), call.params.get("active")
    return page(
        call,
        "product",
        lambda row: (ids is None or row["id"] in ids) and (active is None or row["active"] == active),
    )


def create_price(call: Call) -> Row:
    state, params = call.state, call.params
    if "product" in params and params["product"] not in state["product"]:
        raise no_such("product", params["product"], "product")
    key = params.get("lookup_key")
    _claim_lookup_key(call, key, None)
    product = params.get("product") or _product_of(state, params["product_data"], True)["id"]
    row = shapes.price(
        state.new_id("price"),
        state.now(),
        currency=params["currency"],
        lookup_key=key,
        product=product,
        unit_amount=params["unit_amount"],
    )
    call.apply(row, *PRICE_FIELDS)
    state["price"].put(row)
    emit(state, "price.created", row, call)
    return row


def retrieve_price(call: Call, price_id: str) -> Row:
    row = call.state["price"].get(price_id)
    if row is None:
        raise no_such("price", price_id)
    return row


def update_price(call: Call, price_id: str) -> Row:
    row = dict(retrieve_price(call, price_id))
    if call.params.get("lookup_key") not in (None, UNSET):
        _claim_lookup_key(call, call.params["lookup_key"], price_id)
    previous = call.apply(row, *PRICE_FIELDS, "lookup_key")
    if previous:
        emit(call.state, "price.updated", call.state["price"].put(row), call, previous)
    return row


def list_prices(call: Call) -> Row:
    params, state = call.params, call.state
    keys = params.get("lookup_keys")
    among = None
    if keys is not None:
        among = [row for key in dict.fromkeys(keys) for row in state["price"].find("lookup_key", key)]
    elif "product" in params:
        among = state["price"].find("product", params["product"])
    wanted = {name: params[name] for name in ("active", "currency", "product", "type") if name in params}
    return page(call, "price", lambda row: all(row[name] == value for name, value in wanted.items()), among)


def inline_price(state: State, data: Row) -> Row:
    """The price (and product) that `price_data` makes in passing; Stripe keeps both inactive."""
    if "product" in data and data["product"] not in state["product"]:
        raise no_such("product", data["product"], "line_items[0][price_data][product]")
    product = data.get("product") or _product_of(state, data["product_data"], False)["id"]
    return state["price"].put(
        shapes.price(
            state.new_id("price"),
            state.now(),
            active=False,
            currency=data["currency"],
            product=product,
            tax_behavior=data.get("tax_behavior", "unspecified"),
            unit_amount=data["unit_amount"],
        )
    )


def _product_of(state: State, data: Row, active: bool) -> Row:
    values = {**data, "metadata": data.get("metadata") or {}}
    row_id = values.pop("id", None) or state.new_id("prod", 14)
    return state["product"].put(shapes.product(row_id, state.now(), active=active, **values))


def _claim_lookup_key(call: Call, key: str | None, price_id: str | None) -> None:
    """A lookup key belongs to one price; `transfer_lookup_key` takes it from the one that has it."""
    holder = call.state["price"].first("lookup_key", key) if key else None
    if holder is None or holder["id"] == price_id:
        return
    if not call.params.get("transfer_lookup_key"):
        raise invalid(
            f"A price (`{holder['id']}`) already uses that lookup key. Pass `transfer_lookup_key` to move it.",
            "lookup_key",
        )
    call.state["price"].put({**holder, "lookup_key": None})
