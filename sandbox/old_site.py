"""What the site before this one left at Stripe, for trying out how it is taken over. All people are invented.

That site opened Checkout sessions without a mark, with a full name and a school email on them. Its events went to it,
long ago: none is sent to anybody now.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sandbox.collection import Row
from sandbox.state import State
from sandbox.stripe_api import dispute_shapes, payment_shapes, shapes
from sandbox.stripe_api.catalogue import inline_price
from sandbox.stripe_api.checkout import details

DAY = 86_400
MEMBERSHIP = "WITS Membership"
SORTED = ("checkout.session", "customer", "payment_intent", "charge", "refund", "dispute")


@dataclass(frozen=True)
class Left:
    """One payment `days` ago. `customer`: kept, deleted, or none made. Amounts are in cents."""

    days: int
    name: str
    email: str
    cents: int = 1500
    currency: str = "cad"
    bought: str = MEMBERSHIP
    customer: str = "kept"
    refunded: int = 0
    disputed: bool = False
    more: dict[str, str] = field(default_factory=dict)


LEFT = (
    Left(372, "Imani Achterberg", "iachter@uwo.ca"),
    Left(371, "Mary Anne van Dyk", "mvandyk@uwo.ca"),
    Left(365, "Søren O’Malley-Ncube", "sncube2@uwo.ca"),
    Left(340, "Priya Lindqvist", "plindq@uwo.ca", customer="deleted"),
    Left(300, "Yuna Castellanos", "ycastel@uwo.ca", refunded=1500),
    Left(290, "Tove Abernathy", "tabern@uwo.ca", refunded=500),
    Left(64, "Mary Anne van Dyk", "MVanDyk@uwo.ca"),
    Left(63, "Mary Anne van Dyk", "mvandyk@uwo.ca"),
    Left(62, "Noor Featherstone", "nfeather@uwo.ca", customer="none"),
    Left(61, "Lindiwe Tremblay-Sato", "ltrembl@uwo.ca"),
    Left(60, "Beatrix Oyelaran", "boyelar@uwo.ca", currency="usd"),
    Left(59, "Chidi Valtonen", "cvalton@uwo.ca", disputed=True),
    Left(58, "Rosalind Amaru", "no address"),
    Left(57, "Gala Guest", "guest@home.example", bought="Gala ticket", more={"event": "gala"}),
    Left(56, "Shop Visitor", "visitor@home.example", cents=4000, bought="Hoodie"),
)


def leave(state: State) -> int:
    """Put the payments where Stripe keeps them, with the days on which they were made. A second time does nothing."""
    with state.change():
        if is_left(state):
            return 0
        for number, left in enumerate(LEFT, start=1):
            _leave(state, number, left)
        put_in_order(state)
    return len(LEFT)


def is_left(state: State) -> bool:
    return _id("cs_test", 1) in state["checkout.session"]


def put_in_order(state: State) -> None:
    """Lists go by the order of creation; what was left came later, or after a restart stands where it was stored."""
    if is_left(state):
        for kind in SORTED:
            state[kind].sort(lambda row: row["created"])


def _leave(state: State, number: int, left: Left) -> None:
    at = state.now() - left.days * DAY
    customer = None if left.customer == "none" else _id("cus", number)
    intent, charge = _id("pi", number), _id("ch", number)
    usual = {"currency": left.currency, "customer": customer, "payment_intent": intent}
    if customer:
        kept = shapes.customer(customer, at, email=left.email, name=left.name)
        gone = {"id": customer, "object": "customer", "deleted": True, "created": at}
        state["customer"].put(kept if left.customer == "kept" else gone)
    state["charge"].put(
        payment_shapes.charge(
            charge,
            at,
            amount=left.cents,
            amount_captured=left.cents,
            amount_refunded=left.refunded,
            captured=True,
            disputed=left.disputed,
            paid=True,
            payment_method_details=payment_shapes.card_details("visa", "4242", "CA"),
            refunded=left.refunded == left.cents,
            status="succeeded",
            **usual,
        )
    )
    state["payment_intent"].put(
        payment_shapes.payment_intent(
            intent,
            at,
            amount=left.cents,
            amount_received=left.cents,
            currency=left.currency,
            customer=customer,
            latest_charge=charge,
            status="succeeded",
        )
    )
    _contest(state, number, left, at + DAY, {"charge": charge, "payment_intent": intent, "currency": left.currency})
    session = _session(number, left, at, customer, intent)
    state["checkout.session"].put(session)
    state["session_input"].put({"id": session["id"], "line_items": [_bought(state, left)], "params": {}})


def _session(number: int, left: Left, at: int, customer: str | None, intent: str) -> Row:
    return shapes.session(
        _id("cs_test", number),
        at,
        amount_subtotal=left.cents,
        amount_total=left.cents,
        currency=left.currency,
        customer=customer,
        customer_details=details(left.email if "@" in left.email else "payer@home.example", left.name),
        metadata={"name": left.name, "email": left.email, **left.more},
        payment_intent=intent,
        payment_status="paid",
        status="complete",
    )


def _bought(state: State, left: Left) -> Row:
    price = inline_price(
        state, {"currency": left.currency, "unit_amount": left.cents, "product_data": {"name": left.bought}}
    )
    return shapes.line_item(
        state.new_id("li"),
        amount_subtotal=left.cents,
        amount_total=left.cents,
        currency=left.currency,
        description=left.bought,
        price=price,
        quantity=1,
    )


def _contest(state: State, number: int, left: Left, at: int, of: Row) -> None:
    if left.refunded:
        state["refund"].put(payment_shapes.refund(_id("re", number), at, amount=left.refunded, **of))
    if left.disputed:
        row = dispute_shapes.dispute(
            _id("du", number), at, due_by=at + 9 * DAY, brand="visa", amount=left.cents, **of
        )
        state["dispute"].put({**row, "status": "lost", "reason": "fraudulent"})


def _id(prefix: str, number: int) -> str:
    return f"{prefix}_oldsite{number:04}"
