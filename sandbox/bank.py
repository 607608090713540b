"""What banks and cardholders do once a payment is made: give back, dispute, warn, and let a refund bounce."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from sandbox.answers import done
from sandbox.collection import Row
from sandbox.state import State
from sandbox.stripe_api import disputes, payments
from sandbox.stripe_api.call import Call
from sandbox.stripe_api.errors import StripeError
from sandbox.stripe_api.form import decode
from sandbox.stripe_api.parameters import REFUND_CREATE


def blueprint(state: State) -> Blueprint:
    """/charges/…, /disputes/… and /refunds/…: each a POST, from a button or a test."""
    pages = Blueprint("bank", __name__)

    def carried_out(act: Callable[[], object]) -> AnyResponse:
        try:
            with state.change():
                act()
        except StripeError as error:
            return Response(str(error), 400, mimetype="text/plain")
        return done()

    def found(kind: str, row_id: str) -> Row:
        return state[kind].get(row_id) or abort(404)

    @pages.post("/charges/<charge_id>/refund")
    def refund(charge_id: str) -> AnyResponse:
        """Give back `amount` in dollars, or all that is left."""
        pairs = [("charge", charge_id)]
        if request.form.get("amount"):
            pairs.append(("amount", _cents(request.form["amount"])))
        return carried_out(lambda: payments.create_refund(Call(state, REFUND_CREATE.parse(decode(pairs), ""))))

    @pages.post("/charges/<charge_id>/dispute")
    def dispute(charge_id: str) -> AnyResponse:
        """The cardholder disputes it, for a `reason`."""
        reason = request.form.get("reason", "fraudulent")
        if reason not in disputes.REASONS:
            abort(400, f"reason must be one of {', '.join(disputes.REASONS)}")
        return carried_out(lambda: disputes.open_dispute(state, found("charge", charge_id), reason))

    @pages.post("/charges/<charge_id>/warn")
    def warn(charge_id: str) -> AnyResponse:
        """The card's network warns of fraud."""
        return carried_out(lambda: disputes.warn(state, found("charge", charge_id)))

    @pages.post("/disputes/<dispute_id>/answer")
    def answer(dispute_id: str) -> AnyResponse:
        """The club's evidence is sent."""
        return carried_out(lambda: disputes.answer(state, found("dispute", dispute_id)))

    @pages.post("/disputes/<dispute_id>/close")
    def close(dispute_id: str) -> AnyResponse:
        """The bank decides: `outcome` is won or lost."""
        outcome = request.form.get("outcome")
        if outcome not in ("won", "lost"):
            abort(400, "outcome must be won or lost")
        return carried_out(lambda: disputes.close(state, found("dispute", dispute_id), won=outcome == "won"))

    @pages.post("/refunds/<refund_id>/fail")
    def fail(refund_id: str) -> AnyResponse:
        """The refund bounces, days later."""
        return carried_out(lambda: disputes.bounce(state, found("refund", refund_id)))

    return pages


def _cents(dollars: str) -> str:
    """`5.00` as `500`; what is no such amount stays as it is, and Stripe's own rules refuse it."""
    found = re.fullmatch(r"(\d{1,6})(?:\.(\d\d))?", dollars.strip())
    return f"{int(found[1]) * 100 + int(found[2] or 0)}" if found else dollars
