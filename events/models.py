"""Events."""

from events.index_page import EventsIndexPage
from events.pages import EventPage

__all__ = ["EventPage", "EventsIndexPage"]
