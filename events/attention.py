"""Whether anything is to come."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from events.index_page import EventsIndexPage
from events.pages import EventPage
from home.attention.lines import Aside, Found, one
from home.attention.pages import may_change
from home.attention.places import list_of_pages


def find_empty_calendar(user: Any, aside: Aside) -> Iterator[Found]:
    """At most two questions, and one that says what the user may do."""
    key = f"calendar:{timezone.localdate().year}"
    if key in aside or not may_change(user).filter(pk__in=EventsIndexPage.objects.values("pk")).exists():
        return
    if not EventPage.objects.coming().exists():
        yield one("No event is coming: the calendar is empty", list_of_pages(EventsIndexPage), key)
