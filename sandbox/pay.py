"""The hosted payment page, and the controls that stand for a bank's and a visitor's moods."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from sandbox.answers import done
from sandbox.collection import Row
from sandbox.state import State
from sandbox.stripe_api import checkout, paying, promotions
from sandbox.stripe_api.errors import StripeError
from sandbox.stripe_api.fields import Email

BUSINESS = "Women in Technology Society"
VISITOR = "Sandbox Visitor"  # whose name is on the card of the quick buttons
QUICK = (
    ("4242424242424242", "Pay with a good card"),
    ("4000000000000002", "Card is declined"),
    ("4000000000009995", "No money on the card"),
)


def blueprint(state: State) -> Blueprint:
    """/pay/<session id> and what its buttons post to."""
    pages = Blueprint("pay", __name__)

    def session_of(session_id: str) -> Row:
        try:
            with state.change():
                return checkout.needed(state, session_id)
        except StripeError:
            abort(404)

    def page(session: Row, error: str = "", values: Row | None = None, status: int = 200) -> Response:
        made_of = state["session_input"].need(session["id"])
        details = session["customer_details"] or {}
        typed = values or {"email": details.get("email") or "", "name": ""}
        return Response(
            render_template(
                "pay.html",
                business=BUSINESS,
                session=session,
                items=made_of["line_items"],
                email_fixed=bool(session["customer_email"] or (session["customer"] and details.get("email"))),
                error=error,
                values=typed,
                waiting=paying.is_waiting(state, session),
                success_url=success_url(session),
                cards=paying.CARDS,
                quick=QUICK,
                recovery_url=((session["after_expiration"] or {}).get("recovery") or {}).get("url"),
            ),
            status,
        )

    @pages.get("/pay/<session_id>")
    def show(session_id: str) -> AnyResponse:
        return page(session_of(session_id))

    @pages.post("/pay/<session_id>")
    def pay(session_id: str) -> AnyResponse:
        with state.change():
            session = session_of(session_id)
            if session["status"] != "open":
                return page(session, status=409)
            try:
                payer = typed_payer(session)
            except ValueError as error:
                return page(session, str(error), dict(request.form), 422)
            result = paying.pay(state, session, payer)
            if isinstance(result, paying.Declined):
                return page(state["checkout.session"].need(session_id), result.message, dict(request.form), 402)
        return redirect(success_url(result), 303)

    @pages.post("/pay/<session_id>/slow")
    def slow(session_id: str) -> AnyResponse:
        with state.change():
            session = session_of(session_id)
            if session["status"] != "open":
                return page(session, status=409)
            email = _email(session)
            if not email:
                return page(session, "Enter your email address first.", dict(request.form), 422)
            payer = paying.Payer(email, request.form.get("name", "").strip() or VISITOR, "")
            return redirect(success_url(paying.pay_slowly(state, session, payer)), 303)

    @pages.post("/pay/<session_id>/code")
    def promotion(session_id: str) -> AnyResponse:
        """The visitor types a promotion `code`."""
        with state.change():
            session = session_of(session_id)
            if session["status"] != "open":
                return page(session, status=409)
            try:
                promotions.type_code(state, session, request.form.get("code", ""))
            except StripeError as error:
                return page(session, str(error), dict(request.form), 422)
        return redirect(f"/pay/{session_id}", 303)

    @pages.post("/pay/<session_id>/settle")
    def settle(session_id: str) -> AnyResponse:
        outcome = request.form.get("outcome")
        if outcome not in ("succeeded", "failed"):
            abort(400, "outcome must be succeeded or failed")
        with state.change():
            session = session_of(session_id)
            if not paying.is_waiting(state, session):
                abort(409, "no slow payment is waiting in this session")
            paying.settle(state, session, outcome == "succeeded")
        return done(f"/pay/{session_id}")

    @pages.post("/pay/<session_id>/expire")
    def expire(session_id: str) -> AnyResponse:
        with state.change():
            session = session_of(session_id)
            if session["status"] != "open":
                abort(409, "only an open session can expire")
            checkout.expire_now(state, session)
        return done(f"/pay/{session_id}")

    @pages.get("/recover/<session_id>")
    def recover(session_id: str) -> AnyResponse:
        with state.change():
            session = session_of(session_id)
            recovery = (session["after_expiration"] or {}).get("recovery") or {}
            if not recovery.get("url") or recovery["expires_at"] < state.now():
                abort(404)
            return redirect(paying.recover(state, session)["url"], 303)

    @pages.get("/receipts/<charge_id>")
    def receipt(charge_id: str) -> str:
        charge = state["charge"].get(charge_id) or abort(404)
        return render_template("receipt.html", charge=charge, business=BUSINESS)

    return pages


def success_url(session: Row) -> str:
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def typed_payer(session: Row) -> paying.Payer:
    """Who pays, from the form; ValueError says what to mend."""
    email = _email(session)
    if not email:
        raise ValueError("Enter a valid email address.")
    if session["amount_total"] == 0:
        return paying.Payer(email, request.form.get("name", "").strip(), "")
    if request.form.get("quick"):
        return paying.Payer(email, request.form.get("name", "").strip() or VISITOR, request.form["quick"])
    card = request.form.get("card", "").replace(" ", "").replace("-", "")
    if not paying.luhn(card):
        raise ValueError("Your card number is invalid.")
    name = request.form.get("name", "").strip()
    if not name:
        raise ValueError("Enter the name on the card.")
    return paying.Payer(email, name, card)


def _email(session: Row) -> str:
    """The preset address, which a visitor cannot change, or the typed one; empty when it is not an address."""
    details = session["customer_details"] or {}
    if session["customer_email"] or (session["customer"] and details.get("email")):
        return str(details["email"])
    try:
        return str(Email().read(request.form.get("email", "").strip(), "email"))
    except StripeError:
        return ""
