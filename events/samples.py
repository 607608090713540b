"""Tickets in every state, for the styleguide."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from events.index_page import EventsIndexPage
from events.pages import EventPage
from events.tickets import Ticket, ticket_of
from home.registry import Samples

SIGN_UP = {"sign_up_link": "https://forms.example/", "cost": "$5, free for WITS members"}
STATES: dict[str, dict[str, Any]] = {
    "Seats left": {**SIGN_UP, "places": 60, "places_taken": 41, "place_link": "https://map.example/"},
    "The last one": {**SIGN_UP, "places": 24, "places_taken": 23},
    "Full, with a waiting list": {**SIGN_UP, "places": 60, "places_taken": 64},
    "Full": {"places": 30, "places_taken": 30},
    "Nobody counts": {**SIGN_UP, "places": 120},
    "No limit": {**SIGN_UP},
    "Members first": {**SIGN_UP, "audience": EventPage.Audience.MEMBERS_FIRST, "places": 800, "places_taken": 260},
    "Just come": {"cost": "Free, cookies included"},
    "Over": {**SIGN_UP, "places": 60, "places_taken": 60, "over": True},
}


def tickets() -> dict[str, Any]:
    """A ticket for each of the states."""
    return {"tickets": [(state, _ticket(dict(fields))) for state, fields in STATES.items()]}


def _ticket(fields: dict[str, Any]) -> Ticket:
    now = timezone.now()
    ends = now if fields.pop("over", False) else now + timedelta(hours=2)
    event = EventPage(title="Intro to Python", starts_at=now, ends_at=ends, **fields)
    return ticket_of(event, EventsIndexPage(title="Events"), "#")


TICKETS = Samples("Tickets", "events/samples.html", tickets)
