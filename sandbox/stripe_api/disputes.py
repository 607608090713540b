"""What cardholders and their banks do after a payment: disputes, fraud warnings, refunds that bounce.

https://docs.stripe.com/api/disputes, https://docs.stripe.com/disputes/how-disputes-work,
https://docs.stripe.com/api/radar/early_fraud_warnings, https://docs.stripe.com/refunds#failed-refunds
"""

from __future__ import annotations

from sandbox.collection import Row
from sandbox.state import State
from sandbox.stripe_api import balance
from sandbox.stripe_api import dispute_shapes as shapes
from sandbox.stripe_api.call import Call
from sandbox.stripe_api.errors import StripeError, no_such
from sandbox.stripe_api.events import emit
from sandbox.stripe_api.listing import page

DAYS_TO_ANSWER = 9
REASONS = ("duplicate", "fraudulent", "general", "product_not_received", "product_unacceptable", "unrecognized")
OPEN = ("needs_response", "under_review")


def retrieve(call: Call, dispute_id: str) -> Row:
    row = call.state["dispute"].get(dispute_id)
    if row is None:
        raise no_such("dispute", dispute_id)
    return row


def index(call: Call) -> Row:
    return _by_index(call, "dispute")


def accept(call: Call, dispute_id: str) -> Row:
    """Closing a dispute through the API is giving in: it is lost, and cannot be taken back."""
    dispute = retrieve(call, dispute_id)
    if dispute["status"] not in OPEN:
        raise StripeError("This dispute is already closed.", code=None, param=None)
    return close(call.state, dispute, won=False, call=call)


def retrieve_warning(call: Call, warning_id: str) -> Row:
    row = call.state["radar.early_fraud_warning"].get(warning_id)
    if row is None:
        raise no_such("early_fraud_warning", warning_id)
    return row


def list_warnings(call: Call) -> Row:
    return _by_index(call, "radar.early_fraud_warning")


def open_dispute(state: State, charge: Row, reason: str = "fraudulent") -> Row:
    """The cardholder tells their bank that this was wrong: what is left of the charge is taken from the balance."""
    if not charge["paid"] or charge["disputed"] or charge["refunded"]:
        raise StripeError(f"Charge {charge['id']} cannot be disputed: it is unpaid, refunded or disputed already.")
    row = shapes.dispute(
        state.new_id("du"),
        state.now(),
        due_by=state.now() + DAYS_TO_ANSWER * 86_400,
        brand=_brand(charge),
        amount=charge["amount"] - charge["amount_refunded"],
        charge=charge["id"],
        currency=charge["currency"],
        payment_intent=charge["payment_intent"],
        reason=reason,
    )
    row["balance_transactions"] = [balance.disputed(state, row)]
    state["charge"].put({**charge, "disputed": True})
    _note(state, row, f"Disputed: ${row['amount'] / 100:.2f}")
    emit(state, "charge.dispute.created", state["dispute"].put(row))
    emit(state, "charge.dispute.funds_withdrawn", row)
    return row


def answer(state: State, dispute: Row) -> Row:
    """The club has sent its evidence; the bank looks at it."""
    _must_be_open(dispute)
    previous = {"status": dispute["status"], "evidence_details": dispute["evidence_details"]}
    details = {**dispute["evidence_details"], "has_evidence": True, "submission_count": 1}
    row = state["dispute"].put({**dispute, "status": "under_review", "evidence_details": details})
    emit(state, "charge.dispute.updated", row, None, previous)
    return row


def close(state: State, dispute: Row, *, won: bool, call: Call | None = None) -> Row:
    """The bank has decided. Won, the money comes back; the fee does not."""
    _must_be_open(dispute)
    previous = {"status": dispute["status"]}
    row = {**dispute, "status": "won" if won else "lost"}
    if won:
        row["balance_transactions"] = [*dispute["balance_transactions"], balance.dispute_won(state, row)]
    state["dispute"].put(row)
    _note(state, row, "The dispute is won" if won else "The dispute is lost")
    emit(state, "charge.dispute.closed", row, call, previous)
    if won:
        emit(state, "charge.dispute.funds_reinstated", row, call)
    return row


def warn(state: State, charge: Row) -> Row:
    """The card's network says that the payment looks like fraud: there is no dispute yet, and one may follow."""
    row = shapes.fraud_warning(
        state.new_id("issfr"),
        state.now(),
        charge=charge["id"],
        payment_intent=charge["payment_intent"],
        actionable=not charge["refunded"] and not charge["disputed"],
    )
    _note(state, row, "Early fraud warning")
    emit(state, "radar.early_fraud_warning.created", state["radar.early_fraud_warning"].put(row))
    return row


def bounce(state: State, refund: Row) -> Row:
    """The bank could not give the money back: it returns to the balance, and the charge counts as paid again."""
    if refund["status"] != "succeeded":
        raise StripeError(f"Refund {refund['id']} cannot fail any more.")
    row = {
        **refund,
        "status": "failed",
        "failure_reason": "expired_or_canceled_card",
        "failure_balance_transaction": balance.refund_failed(state, refund)["id"],
    }
    charge = dict(state["charge"].need(refund["charge"]))
    charge["amount_refunded"] -= refund["amount"]
    charge["refunded"] = False
    state["charge"].put(charge)
    _note(state, row, f"A refund failed: ${refund['amount'] / 100:.2f}")
    emit(state, "refund.updated", state["refund"].put(row), None, {"status": "succeeded"})
    emit(state, "refund.failed", row)
    return row


def _must_be_open(dispute: Row) -> None:
    if dispute["status"] not in OPEN:
        raise StripeError("This dispute is already closed.")


def _brand(charge: Row) -> str:
    card = (charge["payment_method_details"] or {}).get("card") or {}
    return str(card.get("brand") or "visa")


def _note(state: State, row: Row, text: str) -> None:
    session = state["checkout.session"].first("payment_intent", row["payment_intent"])
    state.note("payment", text, session=session["id"] if session else None)


def _by_index(call: Call, kind: str) -> Row:
    wanted = {name: call.params[name] for name in ("charge", "payment_intent") if name in call.params}
    among = None
    for name, value in wanted.items():
        among = call.state[kind].find(name, value)
        break
    return page(call, kind, lambda row: all(row[name] == value for name, value in wanted.items()), among)
