"""What people do in HubSpot by hand: merge, delete, add an address, change a value; and the unsubscribe link."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, abort, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from sandbox.answers import done, wants_json
from sandbox.collection import Row
from sandbox.hubspot_api import contacts, identities
from sandbox.hubspot_api.errors import HubSpotError
from sandbox.state import State

SHOWN = 100
BY_HAND = ("email", "firstname", "lastname", "wits_membership_status", "wits_newsletter_consent")


def blueprint(state: State) -> Blueprint:
    """/contacts/: the list, and a POST for each deed, from a button or a test."""
    pages = Blueprint("contacts", __name__)

    def carried_out(contact_id: str, act: Callable[[Row], object], told: str) -> AnyResponse:
        try:
            with state.change():
                contact = contacts.find(state, contact_id, None) or abort(404)
                act(contact)
                if told:
                    state.note("contact", told, contact=contact["id"])
        except HubSpotError as error:
            if wants_json():
                return Response(str(error), error.status, mimetype="text/plain")
            return Response(_list(str(error)), error.status)
        return done("/contacts/")

    def _list(error: str = "") -> str:
        with state.lock:
            found = [row for row in state["contact"].newest_first() if not row["archived"]]
        return render_template(
            "contacts.html",
            contacts=found[:SHOWN],
            more=max(len(found) - SHOWN, 0),
            additional=identities.additional,
            by_hand=BY_HAND,
            error=error,
        )

    @pages.get("/contacts/")
    def index() -> str:
        return _list()

    @pages.post("/contacts/<contact_id>/unsubscribe")
    def unsubscribe(contact_id: str) -> AnyResponse:
        """The person clicks "unsubscribe" in a newsletter of HubSpot's."""

        def act(contact: Row) -> None:
            state["contact"].put({**contact, "properties": {**contact["properties"], "hs_email_optout": "true"}})
            for address in [contact["properties"].get("email"), *identities.additional(contact)]:
                if address:
                    state["unsubscribed"].put({"id": address})

        return carried_out(contact_id, act, "Unsubscribed in HubSpot")

    @pages.post("/contacts/<contact_id>/delete")
    def delete(contact_id: str) -> AnyResponse:
        """Somebody deletes the contact; with `for_good=on` as the law on erasure asks."""
        erase = request.form.get("for_good") == "on"
        return carried_out(
            contact_id,
            lambda contact: contacts.erase(state, contact) if erase else contacts.archive(state, contact),
            "",
        )

    @pages.post("/contacts/<contact_id>/merge")
    def merge(contact_id: str) -> AnyResponse:
        """Somebody merges the contact `other` (an id or an address) into this one."""
        wanted = request.form.get("other", "").strip()

        def act(contact: Row) -> None:
            other = contacts.find(state, wanted, "email" if "@" in wanted else None)
            if other is None:
                raise HubSpotError(f"There is no contact {wanted}.", status=404)
            contacts.merge(state, contact, other)

        return carried_out(contact_id, act, "")

    @pages.post("/contacts/<contact_id>/addresses")
    def add_address(contact_id: str) -> AnyResponse:
        """Somebody gives the contact a second `email`."""

        def act(contact: Row) -> None:
            address = request.form.get("email", "").strip()
            if "@" not in address:
                raise HubSpotError("That is no address.")
            known = identities.additional(contact)
            state["contact"].put(identities.with_additional(state, contact, [*known, address]))

        return carried_out(contact_id, act, "Address added in HubSpot")

    @pages.post("/contacts/<contact_id>/addresses/remove")
    def remove_address(contact_id: str) -> AnyResponse:
        """Somebody takes the additional `email` away again."""

        def act(contact: Row) -> None:
            left = [one for one in identities.additional(contact) if one != request.form.get("email", "").strip()]
            state["contact"].put(identities.with_additional(state, contact, left))

        return carried_out(contact_id, act, "")

    @pages.post("/contacts/<contact_id>/values")
    def change(contact_id: str) -> AnyResponse:
        """Somebody types another `value` for the property `name`."""
        values = {request.form.get("name", ""): request.form.get("value", "")}
        return carried_out(contact_id, lambda contact: contacts.update(state, contact, values), "Changed in HubSpot")

    return pages
