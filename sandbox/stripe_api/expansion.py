"""`expand[]`: ids become the objects that they name (https://docs.stripe.com/api/expanding_objects)."""

from __future__ import annotations

from sandbox.collection import Row
from sandbox.state import State
from sandbox.stripe_api.errors import invalid

EXPANDABLE: dict[str, dict[str, str]] = {
    "checkout.session": {"customer": "customer", "payment_intent": "payment_intent", "line_items": ""},
    "payment_intent": {"customer": "customer", "latest_charge": "charge"},
    "charge": {
        "balance_transaction": "balance_transaction",
        "customer": "customer",
        "payment_intent": "payment_intent",
        "refunds": "",
    },
    "refund": {
        "balance_transaction": "balance_transaction",
        "charge": "charge",
        "failure_balance_transaction": "balance_transaction",
        "payment_intent": "payment_intent",
    },
    "balance_transaction": {"source": ""},
    "dispute": {"charge": "charge", "payment_intent": "payment_intent"},
    "radar.early_fraud_warning": {"charge": "charge", "payment_intent": "payment_intent"},
    "price": {"product": "product"},
    "product": {"default_price": "price"},
    "item": {"price": "price"},
}

SOURCES = ("charge", "refund", "dispute")  # what moves money


def expand(state: State, answer: Row, wishes: list[str]) -> Row:
    """A copy of the answer with each dotted path replaced by what it names."""
    for wish in wishes:
        parts = wish.split(".")
        if len(parts) > 4:
            raise invalid(f"You cannot expand more than 4 levels of a property. Property: {wish}", "expand")
        answer = _expand(state, answer, parts, wish)
    return answer


def _expand(state: State, row: Row, parts: list[str], wish: str) -> Row:
    head, rest = parts[0], parts[1:]
    if row.get("object") == "list":
        if head != "data":
            raise _refused(head, wish)
        return {**row, "data": [_expand(state, item, rest, wish) if rest else item for item in row["data"]]}
    kind = EXPANDABLE.get(row.get("object", ""), {}).get(head)
    if kind is None:
        raise _refused(head, wish)
    value: Row | None
    if head == "line_items":
        held = (state["session_input"].get(row["id"]) or {}).get("line_items", [])
        value = _list(held, f"/v1/checkout/sessions/{row['id']}/line_items")
    elif head == "refunds":
        value = _list(state["refund"].find("charge", row["id"])[::-1], f"/v1/charges/{row['id']}/refunds")
    elif head == "source":
        value = next((state[kind].get(row[head]) for kind in SOURCES if row[head] in state[kind]), None)
    elif isinstance(row.get(head), str):
        value = state[kind].get(row[head])
    else:
        value = row.get(head)
    if value is not None and rest:
        value = _expand(state, value, rest, wish)
    return {**row, head: value}


def _list(rows: list[Row], url: str) -> Row:
    return {"object": "list", "data": rows[:10], "has_more": len(rows) > 10, "url": url}


def _refused(head: str, wish: str) -> Exception:
    return invalid(
        f"This property cannot be expanded ({head}). You may want to try expanding a property of the object. "
        f"Property: {wish}",
        "expand",
    )
