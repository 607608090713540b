"""What the home page shows of events."""

from django.http import HttpRequest

from events.models import EventPage
from home.registry import EventRow


def next_events(request: HttpRequest | None, limit: int) -> list[EventRow]:
    """The next `limit` events, soonest first."""
    return [event.row(request) for event in EventPage.objects.coming().defer("body")[:limit]]
