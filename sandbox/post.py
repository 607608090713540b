"""Pages and calls that decide what becomes of events on their way, and what time it is."""

from __future__ import annotations

import random
import time

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from sandbox.answers import done, wants_json
from sandbox.carriage import Carriage, CarriageError, read
from sandbox.collection import Row
from sandbox.state import State
from sandbox.stripe_api.events import deliver
from sandbox.webhooks import Sender

SHOWN = 100  # newest events on the page
ORDERS = ("as they happened", "backwards", "shuffled")
BETWEEN = 0.2  # seconds between two that are released, so that their order holds


def blueprint(state: State, sender: Sender) -> Blueprint:
    """/events/… and /clock."""
    pages = Blueprint("post", __name__)

    @pages.get("/events")
    def events() -> AnyResponse:
        with state.lock:
            rows = [
                {**event, "deliveries": state["delivery"].find("event", event["id"])}
                for event in state["event"].newest_first()
            ]
            carriage = state.carrier.carriage.as_json()
        if wants_json():
            return jsonify({"carriage": carriage, "ahead": state.ahead, "events": rows})
        return Response(_page(rows, carriage))

    @pages.post("/events")
    def carry() -> AnyResponse:
        """From now on, carry new events so."""
        try:
            carriage = read(request.get_json() if request.is_json else dict(request.form))
        except CarriageError as error:
            return Response(str(error), 400, mimetype="text/plain")
        with state.lock:
            state.carrier.use(carriage)
        return jsonify(carriage.as_json()) if wants_json() else redirect("/events", 303)

    @pages.route("/events", methods=["DELETE"])
    @pages.post("/events/as-usual")
    def as_usual() -> AnyResponse:
        """Each once and at once again; what is held stays held until it is released."""
        with state.lock:
            state.carrier.use(Carriage())
        return done("/events")

    @pages.post("/events/release")
    def release() -> AnyResponse:
        """Send what is held, in an `order`; with a `seed`, shuffled the same way each time."""
        order, seed = request.form.get("order", ORDERS[0]), request.form.get("seed", "")
        if order not in ORDERS or (seed and not seed.isdigit()):
            abort(400, f"order must be one of {', '.join(ORDERS)}, and seed a number")
        with state.change():
            held = state["delivery"].find("held", True)
            if order == "backwards":
                held.reverse()
            elif order == "shuffled":
                random.Random(int(seed) if seed else None).shuffle(held)  # noqa: S311 -- an order, no secret
            for place, delivery in enumerate(held):
                due = state.clock() + place * BETWEEN
                state["delivery"].put({**delivery, "state": "waiting", "next_at": due})
                sender.add(delivery["id"])
        return done("/events")

    @pages.post("/events/<event_id>/send")
    def send(event_id: str) -> AnyResponse:
        """Send an event again to whoever it was for, in so many `copies`, after a `delay` in seconds."""
        try:
            wish = read({name: request.form[name] for name in ("copies", "delay") if name in request.form})
        except CarriageError as error:
            return Response(str(error), 400, mimetype="text/plain")
        with state.change():
            event = state["event"].get(event_id) or abort(404)
            endpoints = dict.fromkeys(row["endpoint"] for row in state["delivery"].find("event", event["id"]))
            for endpoint in endpoints:
                for _ in range(wish.copies):
                    deliver(state, event, endpoint, "waiting", wish.delay)
        return done("/events")

    @pages.post("/clock")
    def clock() -> AnyResponse:
        """Let the sandbox be so many seconds `ahead` of the time (or behind it, below 0)."""
        try:
            ahead = float((request.get_json() if request.is_json else request.form)["ahead"])
        except (KeyError, TypeError, ValueError):
            abort(400, "ahead must be a number of seconds")
        if not abs(ahead) <= 400 * 86_400:
            abort(400, "ahead must be within 400 days")
        with state.lock:
            state.ahead = ahead
            state.clock = lambda: time.time() + ahead
        return done("/events")

    def _page(rows: list[Row], carriage: Row) -> str:
        return render_template(
            "events.html",
            events=rows[:SHOWN],
            more=max(0, len(rows) - SHOWN),
            carriage=carriage,
            usual=carriage == Carriage().as_json(),
            held=len(state["delivery"].find("held", True)),
            orders=ORDERS,
            ahead=state.ahead,
        )

    return pages
