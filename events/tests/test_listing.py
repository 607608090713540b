"""Events ahead come soonest first, those that are over step aside by themselves."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from events.models import EventPage
from events.tests.factories import EventPageFactory, the_events_page
from home.demo import make_demo
from home.tests.markup import Markup, breaches

TORONTO = ZoneInfo("America/Toronto")


def titles(response, key):
    return [row.title for row in response.context_data[key]]


def test_the_soonest_is_first_and_what_is_over_is_last(client, home):
    now = timezone.now()
    for title, days in [("third", 9), ("first", 1), ("old", -20), ("second", 4), ("older", -40)]:
        EventPageFactory(title=title, starts_at=now + timedelta(days=days))
    response = client.get("/events/")
    assert titles(response, "coming") == ["first", "second", "third"]
    assert titles(response, "past_rows") == ["old", "older"]


def test_an_event_steps_aside_at_its_minute(client, home):
    starts_at = datetime(2027, 1, 20, 18, 30, tzinfo=TORONTO)
    EventPageFactory(title="Nap finder", starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
    make_demo()
    for moment, there in [("20:29:59", True), ("20:30:00", False)]:
        with time_machine.travel(datetime.fromisoformat(f"2027-01-20T{moment}-05:00"), tick=False):
            response = client.get("/events/")
            assert ("Nap finder" in titles(response, "coming")) is there
            assert ("Nap finder" in titles(response, "past_rows")) is not there
            assert ("Nap finder" in client.get("/").content.decode()) is there


def test_drafts_and_private_events_are_in_no_list(client, home):
    from wagtail.models import PageViewRestriction

    EventPageFactory(title="Draft", live=False)
    private = EventPageFactory(title="Private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    EventPageFactory(title="Public")
    assert titles(client.get("/events/"), "coming") == ["Public"]


def test_no_events_is_said_in_words(client, home):
    the_events_page()
    html = client.get("/events/").content.decode()
    assert "Nothing on the calendar right now" in html
    assert 'id="past"' not in html
    assert breaches(html) == []


def test_long_pasts_are_turned_by_the_page(client, home):
    for number in range(13):
        EventPageFactory(title=f"Past {number}", starts_at=timezone.now() - timedelta(days=number + 2))
    first = client.get("/events/")
    assert len(titles(first, "past_rows")) == 12
    assert Markup(first.content.decode()).links()["Older"] == "?page=2#past"
    assert titles(client.get("/events/?page=2"), "past_rows") == ["Past 12"]
    assert client.get("/events/?page=nonsense").status_code == 200


def test_more_events_ask_the_database_no_more(client, home, django_assert_max_num_queries):
    EventPageFactory()
    EventPageFactory(starts_at=timezone.now() - timedelta(days=9))
    client.get("/events/")
    with django_assert_max_num_queries(12) as few:
        client.get("/events/")
    EventPageFactory.create_batch(15)
    for number in range(5):
        EventPageFactory(starts_at=timezone.now() - timedelta(days=number + 9))
    with django_assert_max_num_queries(len(few)):
        client.get("/events/")


def test_the_home_page_shows_as_many_as_its_band_asks_for(client, home):
    EventPageFactory.create_batch(5)
    make_demo()
    html = client.get("/").content.decode()
    assert html.count("lead-event") == 1, "the next one stands large"
    assert html.count('class="date-row"') == 2


@pytest.mark.django_db  # a page that is made asks for its language
@pytest.mark.parametrize(
    ("audience", "places", "tag", "colour"),
    [
        ("everyone", None, "Open to everyone", "mint"),
        ("everyone", 60, "60 places", "yellow"),
        ("everyone", 1, "1 place", "yellow"),
        ("members_first", 60, "Members first", "coral"),
    ],
)
def test_the_tag_says_what_counts(audience, places, tag, colour):
    event = EventPage(audience=audience, places=places)
    assert (event.tag, event.tag_colour) == (tag, colour)


def test_a_search_finds_an_event_with_its_day(client, db, time_machine):
    time_machine.move_to("2026-10-01T12:00-04:00")
    EventPageFactory(title="Tea by the river", starts_at=datetime(2027, 1, 9, 18, tzinfo=ZoneInfo("America/Toronto")))
    html = client.get("/search/", {"q": "river"}).content.decode()
    assert "Event, Saturday 9 January 2027" in html
    assert "Tea by the <mark>river</mark>" in html
