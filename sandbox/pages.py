"""Pages for people: overview, mailbox, faults; and the same as JSON for tests."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from sandbox import journey, old_site
from sandbox.answers import done, wants_json
from sandbox.collection import Row
from sandbox.faults import HTTP_KINDS, METHODS, SMTP_KINDS, VENDORS, FaultError
from sandbox.state import State
from sandbox.webhooks import Sender


def blueprint(state: State, sender: Sender) -> Blueprint:
    """Everything that is not a vendor's API or the hosted payment page."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    def overview() -> str:
        with state.lock:
            return render_template("overview.html", old_site=old_site.is_left(state), **journey.overview(state))

    @pages.get("/version.json")
    def version() -> Response:
        return jsonify({"version": state.version})

    @pages.get("/calls.json")
    def calls() -> Response:
        """How often each call of the vendors' APIs was made since the start."""
        return jsonify(dict(state.calls))

    @pages.get("/mail/")
    def mails() -> str:
        with state.lock:
            return render_template("mailbox.html", mails=list(state["mail"].newest_first())[:200])

    @pages.get("/mail/<mail_id>/")
    def mail(mail_id: str) -> str:
        row = state["mail"].get(mail_id) or abort(404)
        return render_template("mail.html", mail=row)

    @pages.get("/mail/<mail_id>/body.html")
    def mail_body(mail_id: str) -> Response:
        row = state["mail"].get(mail_id) or abort(404)
        response = Response(row["html"], mimetype="text/html")
        # The mail is shown in a frame without scripts; its links open in a new tab.
        response.headers["Content-Security-Policy"] = "script-src 'none'; base-uri 'none'"
        return response

    @pages.get("/mail.json")
    def mail_json() -> Response:
        with state.lock:
            rows = list(state["mail"].oldest_first())
        wanted = request.args.get("to", "").lower()
        return jsonify([row for row in rows if not wanted or wanted in [to.lower() for to in row["to"]]])

    @pages.get("/state.json")
    def everything() -> Response:
        with state.lock:
            return jsonify(snapshot(state))

    @pages.post("/reset")
    def reset() -> AnyResponse:
        from_page = request.form.get("page")
        state.reset()
        return redirect("/", 303) if from_page else jsonify({"reset": True})

    @pages.post("/resend")
    def resend() -> AnyResponse:
        """Send the event of `delivery` once more, now."""
        delivery_id = request.form.get("delivery", "")
        if delivery_id not in state["delivery"]:
            abort(404)
        sender.resend(delivery_id)
        return done()

    @pages.post("/old-site")
    def leave_old_site() -> AnyResponse:
        """Put what the site before this one left at Stripe where it would be."""
        old_site.leave(state)
        return done()

    @pages.get("/faults")
    def faults() -> AnyResponse:
        if wants_json():
            return jsonify({"faults": [fault.as_json() for fault in state.faults.all()]})
        return Response(_faults_page())

    @pages.post("/faults")
    def add_fault() -> AnyResponse:
        if request.is_json:
            try:
                return jsonify(state.faults.add(request.get_json()).as_json())
            except FaultError as error:
                return Response(str(error), 400, mimetype="text/plain")
        try:
            state.faults.add(dict(request.form))
        except FaultError as error:
            return Response(_faults_page(str(error), dict(request.form)), 400)
        return redirect("/faults", 303)

    @pages.delete("/faults")
    def clear_faults() -> Response:
        state.faults.clear()
        return jsonify({"faults": []})

    @pages.post("/faults/clear")
    def clear_faults_form() -> AnyResponse:
        state.faults.clear()
        return redirect("/faults", 303)

    @pages.post("/faults/<int:fault_id>/remove")
    def remove_fault(fault_id: int) -> AnyResponse:
        state.faults.remove(fault_id)
        return redirect("/faults", 303)

    def _faults_page(error: str = "", values: Row | None = None) -> str:
        return render_template(
            "faults.html",
            faults=state.faults.all(),
            vendors=VENDORS,
            kinds=HTTP_KINDS,
            smtp_kinds=SMTP_KINDS,
            methods=METHODS,
            error=error,
            values=values or {},
        )

    return pages


def snapshot(state: State) -> dict[str, Any]:
    """All that tests may want to see, oldest first."""
    deliveries: dict[str, list[Row]] = {}
    for delivery in state["delivery"].oldest_first():
        deliveries.setdefault(delivery["event"], []).append(delivery)
    names = {
        "sessions": "checkout.session",
        "customers": "customer",
        "payment_intents": "payment_intent",
        "charges": "charge",
        "refunds": "refund",
        "disputes": "dispute",
        "early_fraud_warnings": "radar.early_fraud_warning",
        "products": "product",
        "prices": "price",
        "webhook_endpoints": "webhook_endpoint",
        "contacts": "contact",
        "mails": "mail",
    }
    rows: dict[str, Any] = {name: list(state[kind].oldest_first()) for name, kind in names.items()}
    rows["events"] = [
        {**event, "deliveries": deliveries.get(event["id"], [])} for event in state["event"].oldest_first()
    ]
    return {**rows, "calls": dict(state.calls), "faults": [fault.as_json() for fault in state.faults.all()]}
