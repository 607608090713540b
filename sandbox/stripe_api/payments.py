"""Payment intents, charges and refunds (https://docs.stripe.com/api/refunds)."""

from __future__ import annotations

from sandbox.collection import Row
from sandbox.stripe_api import balance, payment_shapes
from sandbox.stripe_api.call import Call
from sandbox.stripe_api.errors import StripeError, no_such
from sandbox.stripe_api.events import emit
from sandbox.stripe_api.listing import page


def retrieve_intent(call: Call, intent_id: str) -> Row:
    row = call.state["payment_intent"].get(intent_id)
    if row is None:
        raise no_such("payment_intent", intent_id, "intent")
    return row


def list_intents(call: Call) -> Row:
    customer = call.params.get("customer")
    return page(
        call, "payment_intent", among=call.state["payment_intent"].find("customer", customer) if customer else None
    )


def retrieve_charge(call: Call, charge_id: str) -> Row:
    row = call.state["charge"].get(charge_id)
    if row is None:
        raise no_such("charge", charge_id)
    return row


def list_charges(call: Call) -> Row:
    return _by_index(call, "charge", ("payment_intent", "customer"))


def retrieve_refund(call: Call, refund_id: str) -> Row:
    row = call.state["refund"].get(refund_id)
    if row is None:
        raise no_such("refund", refund_id)
    return row


def list_refunds(call: Call) -> Row:
    return _by_index(call, "refund", ("charge", "payment_intent"))


def create_refund(call: Call) -> Row:
    """Give back a paid charge, in part or what is left of it."""
    state, params = call.state, call.params
    charge = dict(_charge_to_refund(call))
    left = charge["amount"] - charge["amount_refunded"]
    if left == 0:
        raise StripeError(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    amount = params.get("amount", left)
    if amount > left:
        raise StripeError(
            f"Refund amount (${amount / 100:.2f}) is greater than unrefunded amount on charge (${left / 100:.2f})",
            param="amount",
        )
    refund = payment_shapes.refund(
        state.new_id("re"),
        state.now(),
        amount=amount,
        charge=charge["id"],
        currency=charge["currency"],
        metadata=params.get("metadata") or {},
        payment_intent=charge["payment_intent"],
        reason=params.get("reason"),
    )
    refund["balance_transaction"] = balance.refunded(state, refund)["id"]
    state["refund"].put(refund)
    previous = {"amount_refunded": charge["amount_refunded"], "refunded": charge["refunded"]}
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    state["charge"].put(charge)
    session = state["checkout.session"].first("payment_intent", charge["payment_intent"])
    whole = "in full" if charge["refunded"] else "in part"
    state.note("payment", f"Refunded {whole}: ${amount / 100:.2f}", session=session["id"] if session else None)
    emit(state, "refund.created", refund, call)
    emit(state, "charge.refunded", charge, call, previous)
    return refund


def _charge_to_refund(call: Call) -> Row:
    state, params = call.state, call.params
    if "charge" in params:
        charge = state["charge"].get(params["charge"])
        if charge is None:
            raise no_such("charge", params["charge"], "charge")
    else:
        intent = state["payment_intent"].get(params["payment_intent"])
        if intent is None:
            raise no_such("payment_intent", params["payment_intent"], "payment_intent")
        charge = state["charge"].get(intent["latest_charge"])
    if charge is None or not charge["paid"]:
        raise StripeError(
            "This PaymentIntent does not have a successful charge to refund."
            if "payment_intent" in params
            else f"Charge {params['charge']} is not paid and cannot be refunded.",
            param="payment_intent" if "payment_intent" in params else "charge",
        )
    if any(dispute["status"] != "won" for dispute in state["dispute"].find("charge", charge["id"])):
        raise StripeError(
            f"Charge {charge['id']} has been charged back; cannot issue a refund.", code="charge_disputed"
        )
    return charge


def _by_index(call: Call, kind: str, names: tuple[str, ...]) -> Row:
    wanted = {name: call.params[name] for name in names if name in call.params}
    among = None
    for name, value in wanted.items():
        among = call.state[kind].find(name, value)
        break
    return page(call, kind, lambda row: all(row[name] == value for name, value in wanted.items()), among)
