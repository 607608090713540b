"""What happened to each person, across Stripe, the webhooks, HubSpot and the mailbox."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sandbox.collection import Row
from sandbox.meanings import MEANINGS, STEPS
from sandbox.state import State
from sandbox.stripe_api.paying import is_waiting

NOTES = 600  # newest lines of the journal that are looked at
PEOPLE = 40  # people shown
CALLS = 12  # kinds of calls shown, the most frequent first
LANES = {
    "session": "stripe",
    "payment": "stripe",
    "customer": "stripe",
    "event": "site",
    "contact": "hubspot",
    "mail": "mail",
}


def overview(state: State) -> dict[str, Any]:
    """What the overview page shows: people with their lines, the newest first; totals; what is set up."""
    people: dict[str, Row] = {}
    for note in _newest(state):
        who = _person_of(state, note)
        line = _line(state, note) if who else None
        if who and line:
            person = people.setdefault(who, {"key": who, "lines": [], "at": note["created"]})
            person["lines"].insert(0, line)
    shown = [_summary(state, person) for person in list(people.values())[:PEOPLE]]
    return {
        "people": shown,
        "more_people": max(0, len(people) - PEOPLE),
        "faults": state.faults.all(),
        "endpoints": list(state["webhook_endpoint"].oldest_first()),
        "totals": _totals(state),
        "calls": [(_short(call), number) for call, number in state.calls.most_common(CALLS)],
    }


def _newest(state: State) -> list[Row]:
    notes = []
    for note in state["journal"].newest_first():
        notes.append(note)
        if len(notes) == NOTES:
            break
    return notes


def _person_of(state: State, note: Row) -> str | None:
    """The address that stands for the person; for a session without one, the session."""
    if note["kind"] == "mail":
        mail = state["mail"].get(note.get("mail"))
        return mail["to"][0].lower() if mail and mail["to"] else None
    if note["kind"] == "contact":
        contact = state["contact"].get(note.get("contact"))
        return contact["properties"].get("email") if contact else None
    if note["kind"] == "customer":
        return _of_customer(state, note["customer"])
    if note["kind"] == "event":
        event = state["event"].get(note["event"])
        return _of_object(state, event["data"]["object"]) if event else None
    return _of_session(state, state["checkout.session"].get(note.get("session")))


def _of_customer(state: State, customer_id: str | None) -> str | None:
    customer = state["customer"].get(customer_id)
    return customer["email"].lower() if customer and customer.get("email") else None


def _of_session(state: State, session: Row | None) -> str | None:
    if session is None:
        return None
    email = (session["customer_details"] or {}).get("email") or session["customer_email"]
    return email.lower() if email else _of_customer(state, session["customer"]) or session["id"]


def _of_object(state: State, about: Row) -> str | None:
    """Whose event it is, by the object that it carries; None for what concerns the account."""
    if about["object"] == "customer":
        return _of_customer(state, about["id"])
    if about["object"] == "checkout.session":
        return _of_session(state, state["checkout.session"].get(about["id"]))
    intent = about["id"] if about["object"] == "payment_intent" else about.get("payment_intent")
    return _of_session(state, state["checkout.session"].first("payment_intent", intent)) if intent else None


def _line(state: State, note: Row) -> Row | None:
    """One card of the timeline; None for an event that nobody asked to be told."""
    line: Row = {"at": note["created"], "lane": LANES[note["kind"]], "kind": note["kind"], "text": note["text"]}
    line["changed"] = note.get("changed", [])
    line["meaning"] = MEANINGS.get(note["text"]) or STEPS.get(note["text"], "")
    if note["kind"] in ("session", "payment"):
        line["session"] = state["checkout.session"].get(note.get("session"))
    elif note["kind"] == "event":
        line["deliveries"] = [_delivery(state, row) for row in state["delivery"].find("event", note["event"])]
        if not line["deliveries"]:
            return None
    elif note["kind"] == "mail":
        line["mail"] = state["mail"].get(note["mail"])
    return line


def _delivery(state: State, row: Row) -> Row:
    last = row["attempts"][-1] if row["attempts"] else None
    return {
        **row,
        "last": last,
        "failed": bool(last) and row["state"] != "delivered",
        "in_seconds": max(0, round(row["next_at"] - state.clock())) if row["next_at"] else None,
    }


def _summary(state: State, person: Row) -> Row:
    """The person's name, the newest rows of theirs that buttons act on, and how far they came."""
    email = person["key"]
    sessions = [line["session"] for line in person["lines"] if line.get("session")]
    session = state["checkout.session"].get(sessions[-1]["id"]) if sessions else None
    customer = state["customer"].first("person", email)
    contact = state["contact"].first("email", email)
    intent = state["payment_intent"].get(session["payment_intent"]) if session else None
    charge = state["charge"].get(intent["latest_charge"]) if intent else None
    disputes = state["dispute"].find("charge", charge["id"]) if charge else []
    dispute = disputes[-1] if disputes and disputes[-1]["status"] != "won" else None
    refundable = charge if charge and charge["paid"] and not charge["refunded"] and not dispute else None
    return {
        **person,
        "email": email if "@" in email else None,
        "name": _name(customer, contact, session),
        "session": session,
        "waiting": bool(session and is_waiting(state, session)),
        "charge": refundable,
        "dispute": dispute if dispute and dispute["status"] != "lost" else None,
        "refund": _last_refund(state, charge),
        "contact": contact,
        "steps": _steps(person["lines"], session, customer, contact),
    }


def _last_refund(state: State, charge: Row | None) -> Row | None:
    """The refund that may still bounce."""
    refunds = (
        [row for row in state["refund"].find("charge", charge["id"]) if row["status"] == "succeeded"]
        if charge
        else []
    )
    return refunds[-1] if refunds else None


def _name(customer: Row | None, contact: Row | None, session: Row | None) -> str:
    if contact and (contact["properties"].get("firstname") or contact["properties"].get("lastname")):
        parts = (contact["properties"].get("firstname"), contact["properties"].get("lastname"))
        return " ".join(part for part in parts if part)
    details = (session or {}).get("customer_details") or {}
    return str((customer or {}).get("name") or details.get("name") or "")


def _steps(lines: list[Row], session: Row | None, customer: Row | None, contact: Row | None) -> list[tuple[str, str]]:
    """(name, state) of each step; a state is done, waiting, failed or open."""
    deliveries = [delivery for line in lines for delivery in line.get("deliveries", [])]
    told = "open"
    if deliveries:
        states = {delivery["state"] for delivery in deliveries}
        failed = any(delivery["failed"] for delivery in deliveries)
        told = "failed" if failed else "waiting" if states & {"waiting", "sending"} else "done"
    paid = "open"
    if session:
        done = session["payment_status"] in ("paid", "no_payment_required")
        failed = session["status"] == "expired"
        paid = "done" if done else "failed" if failed else "waiting"
    return [
        ("Checkout", "done" if session else "open"),
        ("Paid", paid),
        ("Site told", told),
        ("Customer", "done" if customer and customer["metadata"] else "waiting" if customer else "open"),
        ("Contact", "done" if contact else "open"),
        ("Mail", "done" if any(line["lane"] == "mail" for line in lines) else "open"),
    ]


def _totals(state: State) -> list[tuple[str, int]]:
    kinds = Counter({kind: len(rows) for kind, rows in state.rows.items()})
    return [
        ("Checkout sessions", kinds["checkout.session"]),
        ("Stripe customers", kinds["customer"]),
        ("Events", kinds["event"]),
        ("HubSpot contacts", kinds["contact"]),
        ("Mails", kinds["mail"]),
    ]


def _short(call: str) -> str:
    """`Stripe POST /customers/:id` of `POST /stripe/v1/customers/:id`."""
    method, _, path = call.partition(" ")
    for prefix, vendor in (("/stripe/v1", "Stripe"), ("/hubspot/crm/v3", "HubSpot")):
        if path.startswith(prefix):
            return f"{vendor} {method} {path.removeprefix(prefix)}"
    return "Mail taken over SMTP" if path == "smtp" else call
