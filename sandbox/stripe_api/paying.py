"""What a visitor does on the hosted page, and what it makes of a session."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.collection import Row
from sandbox.state import State
from sandbox.stripe_api import balance, payment_shapes, promotions, shapes
from sandbox.stripe_api.checkout import details, open_session
from sandbox.stripe_api.events import emit

# number: (brand, country, decline code or None)
CARDS: dict[str, tuple[str, str, str | None]] = {
    "4242424242424242": ("visa", "US", None),
    "4000001240000000": ("visa", "CA", None),
    "5555555555554444": ("mastercard", "US", None),
    "378282246310005": ("amex", "US", None),
    "4000000000000002": ("visa", "US", "generic_decline"),
    "4000000000009995": ("visa", "US", "insufficient_funds"),
    "4000000000009987": ("visa", "US", "lost_card"),
    "4000000000000069": ("visa", "US", "expired_card"),
    "4000000000000127": ("visa", "US", "incorrect_cvc"),
}
MESSAGES = {
    "generic_decline": "Your card was declined.",
    "insufficient_funds": "Your card has insufficient funds.",
    "lost_card": "Your card was declined.",
    "expired_card": "Your card has expired.",
    "incorrect_cvc": "Your card's security code is incorrect.",
    "test_mode_live_card": "Your card was declined. This is a sandbox: use one of the test cards.",
}
OWN_CODES = ("expired_card", "incorrect_cvc")  # declines that Stripe names by `code`, the others are card_declined


@dataclass(frozen=True)
class Payer:
    """What was typed: address, name on the card, digits of the card."""

    email: str
    name: str
    card: str


@dataclass(frozen=True)
class Declined:
    message: str
    code: str


def luhn(digits: str) -> bool:
    """Whether the last digit fits the others, as it does in every card number."""
    if not digits.isdigit() or not 12 <= len(digits) <= 19:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def pay(state: State, session: Row, payer: Payer) -> Row | Declined:
    """Pay an open session by card. The session when it is complete; what the page shows when the card is declined."""
    if session["amount_total"] == 0:
        state.note("payment", "Confirmed, with nothing to pay", session=session["id"])
        return _complete(state, session, payer, None, "no_payment_required")
    brand, country, refusal = CARDS.get(payer.card, ("visa", "US", "test_mode_live_card"))
    told = f"{brand.capitalize()} …{payer.card[-4:]}"
    text = f"Declined, {told}: {MESSAGES[refusal]}" if refusal else f"Paid, {told}"
    state.note("payment", text, session=session["id"])
    intent = _intent(state, session)
    card = payment_shapes.card_details(brand, payer.card[-4:], country)
    charge = _charge(state, session, intent, payer, card)
    if refusal:
        session = state["checkout.session"].put({**session, "payment_intent": intent["id"]})
        _fail(state, intent, charge, refusal)
        return Declined(MESSAGES[refusal], refusal)
    intent = _succeed(state, intent, charge)
    return _complete(state, session, payer, intent, "paid")


def pay_slowly(state: State, session: Row, payer: Payer) -> Row:
    """Complete the session with a method whose money arrives, or does not, days later."""
    state.note("payment", "Completed by a slow method: the money is on its way", session=session["id"])
    intent = _intent(state, session)
    intent["payment_method_types"] = ["acss_debit"]
    account = {"type": "acss_debit", "acss_debit": {"institution_number": "000", "last4": "6789", "mandate": None}}
    charge = _charge(state, session, intent, payer, account)
    state["charge"].put(charge)
    intent.update(latest_charge=charge["id"], status="processing", processing={"type": "acss_debit"})
    state["payment_intent"].put(intent)
    emit(state, "charge.pending", charge)
    emit(state, "payment_intent.processing", intent)
    return _complete(state, session, payer, intent, "unpaid")


def settle(state: State, session: Row, succeeds: bool) -> Row:
    """What comes of a slow payment."""
    intent = dict(state["payment_intent"].need(session["payment_intent"]))
    charge = dict(state["charge"].need(intent["latest_charge"]))
    intent["processing"] = None
    text = "The slow payment arrived" if succeeds else "The slow payment failed"
    state.note("payment", text, session=session["id"])
    if succeeds:
        _succeed(state, intent, charge)
        session = state["checkout.session"].put({**session, "payment_status": "paid"})
        emit(state, "checkout.session.async_payment_succeeded", session)
    else:
        _fail(state, intent, charge, "insufficient_funds")
        emit(state, "checkout.session.async_payment_failed", session)
    return session


def is_waiting(state: State, session: Row) -> bool:
    """Whether a slow payment of this session is still under way."""
    intent = state["payment_intent"].get(session["payment_intent"])
    return session["status"] == "complete" and intent is not None and intent["status"] == "processing"


def recover(state: State, session: Row) -> Row:
    """A new open session like the expired one, as its recovery link makes it."""
    made_of = state["session_input"].need(session["id"])
    params = {name: value for name, value in made_of["params"].items() if name not in ("expires_at", "customer")}
    customer = state["customer"].get(session["customer"])
    copy = open_session(state, params, customer, made_of["line_items"], session["currency"])
    return state["checkout.session"].put({**copy, "recovered_from": session["id"]})


def _intent(state: State, session: Row) -> Row:
    """The session's payment intent: Stripe makes it when the visitor first tries to pay."""
    known = state["payment_intent"].get(session["payment_intent"])
    if known:
        return dict(known)
    data = state["session_input"].need(session["id"])["params"].get("payment_intent_data", {})
    names = ("capture_method", "description", "receipt_email", "statement_descriptor", "statement_descriptor_suffix")
    intent = payment_shapes.payment_intent(
        state.new_id("pi"),
        state.now(),
        amount=session["amount_total"],
        currency=session["currency"],
        customer=session["customer"],
        metadata=data.get("metadata") or {},
        transfer_group=data.get("transfer_group"),
        **{name: data[name] for name in names if name in data},
    )
    state["payment_intent"].put(intent)
    emit(state, "payment_intent.created", intent)
    return dict(intent)


def _charge(state: State, session: Row, intent: Row, payer: Payer, method: Row) -> Row:
    billing = {"address": dict(shapes.EMPTY_ADDRESS), "phone": None, "tax_id": None}
    return payment_shapes.charge(
        state.new_id("ch"),
        state.now(),
        amount=intent["amount"],
        billing_details={**billing, "email": payer.email, "name": payer.name},
        currency=intent["currency"],
        customer=session["customer"],
        description=intent["description"],
        metadata=dict(intent["metadata"]),
        payment_intent=intent["id"],
        payment_method=state.new_id("pm"),
        payment_method_details=method,
        receipt_email=intent["receipt_email"],
    )


def _succeed(state: State, intent: Row, charge: Row) -> Row:
    charge.update(
        amount_captured=charge["amount"],
        balance_transaction=balance.charged(state, charge)["id"],
        captured=True,
        outcome=_outcome("approved_by_network", "authorized", "Payment complete."),
        paid=True,
        receipt_url=f"{state.base}/receipts/{charge['id']}",
        status="succeeded",
    )
    intent.update(
        amount_received=intent["amount"],
        last_payment_error=None,
        latest_charge=charge["id"],
        payment_method=charge["payment_method"],
        status="succeeded",
    )
    emit(state, "charge.succeeded", state["charge"].put(charge))
    emit(state, "payment_intent.succeeded", state["payment_intent"].put(intent))
    return intent


def _fail(state: State, intent: Row, charge: Row, refusal: str) -> None:
    code = refusal if refusal in OWN_CODES else "card_declined"
    outcome = {**_outcome("declined_by_network", "issuer_declined", MESSAGES[refusal]), "reason": refusal}
    charge.update(failure_code=code, failure_message=MESSAGES[refusal], outcome=outcome, status="failed")
    intent.update(
        last_payment_error={
            "charge": charge["id"],
            "code": code,
            "decline_code": refusal,
            "doc_url": "https://stripe.com/docs/error-codes/card-declined",
            "message": MESSAGES[refusal],
            "type": "card_error",
        },
        latest_charge=charge["id"],
        payment_method=None,
        status="requires_payment_method",
    )
    emit(state, "charge.failed", state["charge"].put(charge))
    emit(state, "payment_intent.payment_failed", state["payment_intent"].put(intent))


def _outcome(network: str, kind: str, message: str) -> Row:
    return {
        "advice_code": None,
        "network_advice_code": None,
        "network_decline_code": None,
        "network_status": network,
        "reason": None,
        "risk_level": "normal",
        "seller_message": message,
        "type": kind,
    }


def _complete(state: State, session: Row, payer: Payer, intent: Row | None, status: str) -> Row:
    customer = state["customer"].get(session["customer"])
    if customer is None and session["customer_creation"] == "always":
        customer = shapes.customer(state.new_id("cus", 14), state.now(), email=payer.email, name=payer.name)
        state.note("customer", "Customer created by Checkout", customer=customer["id"], changed=["email", "name"])
        emit(state, "customer.created", state["customer"].put(customer))
    elif customer is not None and not customer.get("deleted") and customer["email"] is None:
        customer = state["customer"].put({**customer, "email": payer.email})
        emit(state, "customer.updated", customer, None, {"email": None})
    if customer is not None and intent is not None:
        state["payment_intent"].put({**state["payment_intent"].need(intent["id"]), "customer": customer["id"]})
        charge = state["charge"].need(intent["latest_charge"])
        state["charge"].put({**charge, "customer": customer["id"]})
    session = state["checkout.session"].put(
        {
            **session,
            "customer": customer["id"] if customer else None,
            "customer_details": details(payer.email, payer.name),
            "payment_intent": intent["id"] if intent else None,
            "payment_status": status,
            "status": "complete",
            "url": None,
        }
    )
    promotions.redeem(state, session)
    emit(state, "checkout.session.completed", session)
    return session
