"""Events."""

from events.pages import EventPage, EventsIndexPage

__all__ = ["EventPage", "EventsIndexPage"]
