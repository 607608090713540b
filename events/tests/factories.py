"""Events for tests."""

from datetime import timedelta

import factory
import wagtail_factories
from django.utils import timezone

from events.models import EventPage, EventsIndexPage
from home.tests.factories import the_home_page


def the_events_page() -> EventsIndexPage:
    found = EventsIndexPage.objects.first()
    return found or the_home_page().add_child(instance=EventsIndexPage(title="Events", slug="events"))


class EventPageFactory(wagtail_factories.PageFactory):
    """An event in three days, two hours long, open to everyone."""

    title = factory.Sequence(lambda n: f"An event {n}")
    parent = factory.LazyFunction(the_events_page)
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=3))
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + timedelta(hours=2))
    place = "Weldon Library, room 121"
    summary = "Bring whatever you are stuck on."

    class Meta:
        model = EventPage
