"""One event: when, where, how to come, and what if it is over."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from events import when
from events.demo import make_demo
from events.models import EventPage, EventsIndexPage
from events.tests.factories import EventPageFactory, the_events_page
from home.tests.markup import Markup, breaches

TORONTO = ZoneInfo("America/Toronto")


def toronto(*parts):
    return datetime(*parts, tzinfo=TORONTO)


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "words"),
    [
        (toronto(2026, 10, 7, 18, 30), toronto(2026, 10, 7, 20, 30), "Wednesday 7 October, 6:30 to 8:30 pm"),
        (toronto(2026, 10, 7, 11), toronto(2026, 10, 7, 13, 5), "Wednesday 7 October, 11:00 am to 1:05 pm"),
        (toronto(2026, 10, 7, 0), toronto(2026, 10, 7, 12), "Wednesday 7 October, 12:00 am to 12:00 pm"),
        (
            toronto(2027, 1, 9, 18),
            toronto(2027, 1, 10, 16),
            "Saturday 9 January 2027, 6:00 pm, to Sunday 10 January 2027, 4:00 pm",
        ),
    ],
)
def test_times_are_said_as_people_say_them(starts_at, ends_at, words):
    with time_machine.travel(toronto(2026, 9, 1)):
        utc = ZoneInfo("UTC")
        assert when.span(starts_at.astimezone(utc), ends_at.astimezone(utc)) == words


def test_an_evening_in_toronto_is_not_the_next_day_in_utc(client, home):
    EventPageFactory(title="Late", slug="late", starts_at=toronto(2027, 3, 2, 21))
    with time_machine.travel(toronto(2027, 3, 1)):
        html = client.get("/events/late/").content.decode()
    assert "Tuesday 2 March, 9:00 to 11:00 pm" in html
    assert 'datetime="2027-03-02T21:00:00-05:00"' in html


def test_with_a_sign_up_link_the_ticket_leads_there(client, home):
    EventPageFactory(slug="python", sign_up_link="https://forms.example/python", cost="$5", places=60)
    links = Markup(client.get("/events/python/").content.decode()).links()
    assert links["Save my seat"] == "https://forms.example/python"


def test_without_one_the_ticket_says_just_come(client, home):
    EventPageFactory(slug="cookies")
    html = client.get("/events/cookies/").content.decode()
    assert "Just come" in html
    assert "Save my seat" not in html


def test_one_that_is_over_offers_no_seat_but_what_comes_next(client, home):
    EventPageFactory(slug="old", sign_up_link="https://forms.example/x", starts_at=timezone.now() - timedelta(days=3))
    EventPageFactory(title="The next one")
    html = client.get("/events/old/").content.decode()
    assert "This one is over" in html
    assert "forms.example" not in html
    assert "The next one" in html


def test_an_event_ends_after_it_starts(home):
    event = EventPageFactory.build(parent=None, starts_at=timezone.now())
    event.ends_at = event.starts_at
    with pytest.raises(ValidationError) as refused:
        event.clean()
    assert set(refused.value.message_dict) == {"ends_at"}


def test_members_first_needs_a_sign_up(home):
    event = EventPageFactory.build(parent=None, audience=EventPage.Audience.MEMBERS_FIRST)
    with pytest.raises(ValidationError) as refused:
        event.clean()
    assert set(refused.value.message_dict) == {"sign_up_link"}


def test_a_long_name_with_odd_letters_is_kept_as_it_is(client, home):
    title = "Dinner & <talk>: Ünïcödé, שלום, 🍪 " + "x" * 60
    EventPageFactory(title=title, slug="long")
    assert Markup(client.get("/events/long/").content.decode()).words["h1"] == [title]


def test_the_demonstration_has_ten_events_ahead_and_fourteen_behind_on_any_day(client, home):
    make_demo(home)
    make_demo(home)
    assert EventPage.objects.coming().count() == 10
    assert EventPage.objects.over().count() == 14
    for event in EventPage.objects.all():
        event.full_clean()
        html = client.get(event.url).content.decode()
        assert breaches(html) == []
        assert len(Markup(html).all("h1")) == 1


@pytest.mark.parametrize("day", range(1, 8))
def test_whatever_weekday_it_is_seeded(home, day):
    with time_machine.travel(toronto(2027, 2, day, 23, 30)):
        make_demo(home)
        assert EventPage.objects.coming().count() == 10
        assert EventPage.objects.over().count() == 14


def test_events_open_in_the_editor_and_stand_in_its_menu(client, home, django_user_model):
    user = django_user_model.objects.create_superuser(username="exec", email="e@wits.example", password="x" * 14)
    client.force_login(user)
    index = the_events_page()
    event = EventPageFactory()
    assert client.get(reverse("wagtailadmin_pages:edit", args=[index.pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:edit", args=[event.pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:add", args=["events", "eventpage", index.pk])).status_code == 200
    assert (
        reverse("wagtailadmin_explore", args=[index.pk]) in client.get(reverse("wagtailadmin_home")).content.decode()
    )


def test_there_is_one_events_page(home):
    the_events_page()
    assert not EventsIndexPage.can_create_at(home)
