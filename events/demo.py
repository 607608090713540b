"""Demonstration events: ten ahead of today and fourteen behind it, so that the site never looks abandoned."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from wagtail.models import Page

from events.demo_coming import COMING
from events.demo_past import PAST
from events.models import EventPage, EventsIndexPage


def at(days: int, weekday: int, hour: int, minute: int = 0) -> datetime:
    """The first such weekday at least `days` from today (before today if negative), at this time in Toronto."""
    day = timezone.localdate() + timedelta(days=days)
    day += timedelta(days=(weekday - day.weekday()) % 7)
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def make_demo(home: Page) -> EventsIndexPage:
    """The events page under `home` with its events; what is there already stays as it is."""
    index = EventsIndexPage.objects.first() or home.add_child(
        instance=EventsIndexPage(
            title="Events",
            slug="events",
            lede="Most weeks there is something on. You don’t have to be good at anything yet, and you don’t have to "
            "know anybody.",
            tone="mint",
            drawing="cookie-night",
        )
    )
    for words in [*COMING, *PAST]:
        if not EventPage.objects.child_of(index).filter(slug=words["slug"]).exists():
            fields = {name: value for name, value in words.items() if name != "when"}
            days, weekday, hour, minute, minutes = words["when"]
            starts_at = at(days, weekday, hour, minute)
            ends_at = starts_at + timedelta(minutes=minutes)
            index.add_child(instance=EventPage(starts_at=starts_at, ends_at=ends_at, **fields))
    return index
