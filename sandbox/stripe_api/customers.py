"""https://docs.stripe.com/api/customers"""

from __future__ import annotations

from sandbox.collection import Row
from sandbox.stripe_api import shapes
from sandbox.stripe_api.call import Call
from sandbox.stripe_api.errors import no_such
from sandbox.stripe_api.events import emit
from sandbox.stripe_api.listing import page

FIELDS = ("address", "description", "email", "metadata", "name", "phone", "preferred_locales", "shipping")


def create(call: Call) -> Row:
    state = call.state
    row = shapes.customer(state.new_id("cus", 14), state.now())
    call.apply(row, *FIELDS)
    state["customer"].put(row)
    state.note("customer", "Customer created", customer=row["id"], changed=sorted(call.params))
    emit(state, "customer.created", row, call)
    return row


def retrieve(call: Call, customer_id: str) -> Row:
    row = call.state["customer"].get(customer_id)
    if row is None:
        raise no_such("customer", customer_id)
    return _gone(customer_id) if row.get("deleted") else row


def update(call: Call, customer_id: str) -> Row:
    row = retrieve(call, customer_id)
    if row.get("deleted"):
        raise no_such("customer", customer_id)
    row = dict(row)
    previous = call.apply(row, *FIELDS)
    call.state["customer"].put(row)
    if previous:
        call.state.note("customer", "Customer updated", customer=customer_id, changed=sorted(previous))
        emit(call.state, "customer.updated", row, call, previous)
    return row


def delete(call: Call, customer_id: str) -> Row:
    row = retrieve(call, customer_id)
    if row.get("deleted"):
        raise no_such("customer", customer_id)
    emit(call.state, "customer.deleted", row, call)
    call.state["customer"].put({**_gone(customer_id), "created": row["created"]})
    return _gone(customer_id)


def index(call: Call) -> Row:
    email = call.params.get("email")
    # Stripe compares addresses here letter by letter: other cases are other customers.
    return page(call, "customer", among=call.state["customer"].find("email", email) if email else None)


def _gone(customer_id: str) -> Row:
    return {"id": customer_id, "object": "customer", "deleted": True}
