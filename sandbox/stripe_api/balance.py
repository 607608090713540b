"""Money that came to the balance or left it, with what Stripe keeps of it.

https://docs.stripe.com/api/balance_transactions, https://docs.stripe.com/reports/balance-transaction-types
"""

from __future__ import annotations

from sandbox.collection import Row
from sandbox.state import State
from sandbox.stripe_api import dispute_shapes as shapes
from sandbox.stripe_api.call import Call
from sandbox.stripe_api.errors import no_such
from sandbox.stripe_api.listing import page

PERCENT, FIXED = 2.9, 30  # of a payment, in per cent and cents; Stripe keeps it when the payment is given back
DISPUTE_FEE = 1500  # cents that a dispute costs, whoever wins


def retrieve(call: Call, transaction_id: str) -> Row:
    row = call.state["balance_transaction"].get(transaction_id)
    if row is None:
        raise no_such("balance transaction", transaction_id)
    return row


def index(call: Call) -> Row:
    wanted = {name: call.params[name] for name in ("currency", "source", "type") if name in call.params}
    among = call.state["balance_transaction"].find("source", wanted["source"]) if "source" in wanted else None
    return page(
        call, "balance_transaction", lambda row: all(row[name] == value for name, value in wanted.items()), among
    )


def charged(state: State, charge: Row) -> Row:
    """A payment came."""
    fee = round(charge["amount"] * PERCENT / 100) + FIXED
    return _moved(
        state, charge, charge["amount"], "charge", "charge", charge["description"], fee, "Stripe processing fees"
    )


def refunded(state: State, refund: Row) -> Row:
    """So much of a payment went back."""
    return _moved(state, refund, -refund["amount"], "refund", "refund", "REFUND FOR CHARGE")


def refund_failed(state: State, refund: Row) -> Row:
    """The bank could not give it back: it is here again."""
    return _moved(state, refund, refund["amount"], "refund_failure", "refund_failure", "REFUND FAILURE")


def disputed(state: State, dispute: Row) -> Row:
    """The bank takes the money, and Stripe its fee."""
    why = f"Chargeback withdrawal for {dispute['charge']}"
    return _moved(state, dispute, -dispute["amount"], "adjustment", "dispute", why, DISPUTE_FEE, "Dispute fee")


def dispute_won(state: State, dispute: Row) -> Row:
    """The money comes back; the fee does not."""
    why = f"Chargeback reversal for {dispute['charge']}"
    return _moved(state, dispute, dispute["amount"], "adjustment", "dispute_reversal", why)


def _moved(
    state: State,
    source: Row,
    amount: int,
    kind: str,
    category: str,
    why: str | None,
    fee: int = 0,
    fee_for: str = "",
) -> Row:
    row = shapes.balance_transaction(
        state.new_id("txn"),
        state.now(),
        amount=amount,
        fee=fee,
        fee_for=fee_for,
        currency=source["currency"],
        description=why,
        reporting_category=category,
        source=source["id"],
        type=kind,
    )
    return state["balance_transaction"].put(row)
