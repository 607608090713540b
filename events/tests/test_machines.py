"""What search engines are told of events and of the pages of past ones."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from events.tests.factories import EventPageFactory, the_events_page
from home.tests.markup import facts, head

TORONTO = ZoneInfo("America/Toronto")
SITE = "https://wits.example"


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = SITE


def told(client, **fields):
    EventPageFactory(slug="python", **fields)
    html = client.get("/events/python/").content.decode()
    return next(thing for thing in facts(html) if thing["@type"] == "Event")


def test_an_event_tells_when_and_where_it_is(client, home):
    starts_at = datetime(2027, 1, 20, 18, 30, tzinfo=TORONTO)
    thing = told(
        client,
        title="Intro to Python",
        starts_at=starts_at,
        place="Middlesex College, room 110",
        place_link="https://maps.example/mc",
        places=60,
        cost="Free",
    )
    assert thing["name"] == "Intro to Python"
    assert thing["startDate"] == "2027-01-20T18:30:00-05:00"
    assert thing["endDate"] == "2027-01-20T20:30:00-05:00"
    assert thing["url"] == f"{SITE}/events/python/"
    assert thing["location"]["name"] == "Middlesex College, room 110"
    assert thing["location"]["hasMap"] == "https://maps.example/mc"
    assert thing["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert thing["maximumAttendeeCapacity"] == 60
    assert thing["isAccessibleForFree"] is True
    assert thing["organizer"]["name"] == "Women in Technology Society"
    assert thing["image"].startswith(SITE)


def test_an_event_online_has_an_address_instead_of_a_place(client, home):
    thing = told(client, place="Online", place_link="https://meet.example/1", cost="$5")
    assert thing["location"] == {"@type": "VirtualLocation", "url": "https://meet.example/1"}
    assert thing["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert "isAccessibleForFree" not in thing
    assert "maximumAttendeeCapacity" not in thing


def test_clocks_that_change_give_each_end_its_own_offset(client, home):
    thing = told(
        client,
        starts_at=datetime(2027, 3, 13, 22, tzinfo=TORONTO),
        ends_at=datetime(2027, 3, 14, 9, tzinfo=TORONTO),
    )
    assert (thing["startDate"][-6:], thing["endDate"][-6:]) == ("-05:00", "-04:00")


def test_each_page_of_past_events_is_a_page_of_its_own(client, home):
    the_events_page()
    for number in range(13):
        EventPageFactory(starts_at=timezone.now() - timedelta(days=number + 2))
    first, second = (head(client.get(path).content.decode()) for path in ("/events/", "/events/?page=2&utm_source=x"))
    assert first["canonical"] == f"{SITE}/events/"
    assert second["canonical"] == second["og:url"] == f"{SITE}/events/?page=2"
    assert second["title"] == "Events, page 2 | WITS"
    assert second["description"].startswith("Page 2: ")
    assert first["title"] == "Events | WITS"
    assert head(client.get("/events/?page=99").content.decode())["canonical"] == f"{SITE}/events/?page=2"
