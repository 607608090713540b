"""The ticket beside an event: what it offers in each state, and the seats drawn on it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from events.models import EventPage, EventsIndexPage
from events.samples import STATES, tickets
from events.seats import IN_A_ROW, MOST, Seats
from events.tests.factories import EventPageFactory
from home.tests.markup import Markup, breaches

FORMS = "https://forms.example/python"


def ticket(client, **fields):
    event = EventPageFactory(**fields)
    response = client.get(event.url)
    html = response.content.decode()
    assert breaches(html) == []
    return response.context_data["ticket"], html


@given(places=st.integers(1, 5000), taken=st.integers(0, 6000))
def test_seats_are_drawn_for_any_number(places, taken):
    seats = Seats(places, taken)
    dots, pluses = seats.marks
    assert seats.dots.count("M") == dots
    assert seats.pluses.count("M") == pluses
    assert 1 <= dots + pluses <= MOST
    assert (pluses > 0) == (seats.left > 0) == (taken < places)
    assert seats.height == -(-(dots + pluses) // IN_A_ROW) * 10
    if places <= MOST:
        assert (dots, pluses) == (min(taken, places), seats.left)


def test_with_seats_left_it_counts_them_in_words_and_draws_them(client, home):
    shown, html = ticket(client, places=60, places_taken=41, sign_up_link=FORMS, place_link="https://map.example/")
    assert (shown.title, shown.button, shown.address) == ("Take a seat", "Save my seat", FORMS)
    assert shown.tag == "19 places left"
    assert '<b class="seats__left">19</b> of 60 places left' in html
    assert Markup(html).links()["How to get there"] == "https://map.example/"


def test_a_full_event_with_a_sign_up_offers_the_waiting_list(client, home):
    shown, html = ticket(client, places=60, places_taken=64, sign_up_link=FORMS)
    assert (shown.title, shown.tag, shown.tag_colour) == ("Every seat is taken", "Waiting list", "")
    assert Markup(html).links()["Join the waiting list"] == FORMS
    assert "All 60 places are taken" in html
    assert "Save my seat" not in html


def test_a_full_event_without_one_leads_to_the_others(client, home):
    shown, html = ticket(client, places=30, places_taken=30)
    assert shown.tag == "Full"
    assert "There is no waiting list for this one" in html
    assert Markup(html).links()["See what’s coming"] == "/events/"


def test_without_a_count_no_seat_is_drawn_and_none_is_promised(client, home):
    shown, html = ticket(client, places=120, sign_up_link=FORMS)
    assert shown.tag == "120 places"
    assert "seats" not in html
    assert "left" not in shown.tag


def test_one_that_is_over_offers_no_seat(client, home):
    shown, html = ticket(
        client, starts_at=timezone.now() - timedelta(days=3), places=60, places_taken=2, sign_up_link=FORMS
    )
    assert (shown.title, shown.tag, shown.seats) == ("This one is over", "Over", None)
    assert FORMS not in html


def test_executives_choose_the_words_of_every_ticket(client, home):
    event = EventPageFactory(sign_up_link=FORMS)
    EventsIndexPage.objects.update(seat_title="Come sit", seat_button="Mine", seat_note="")
    html = client.get(event.url).content.decode()
    assert Markup(html).links()["Mine"] == FORMS
    assert "Come sit" in html
    assert "another site" not in html


def test_taken_seats_need_a_number_of_seats(home):
    event = EventPageFactory.build(parent=None, places_taken=3)
    with pytest.raises(ValidationError) as refused:
        event.clean()
    assert set(refused.value.message_dict) == {"places"}


def test_the_styleguide_shows_every_state(client, home, settings):
    settings.DEBUG = True
    titles = {one.title for _, one in tickets()["tickets"]}
    assert len(STATES) == 9
    assert titles == {"Take a seat", "Every seat is taken", "Just come", "This one is over"}
    assert EventPage.objects.count() == 0, "showing them makes no event"
    html = client.get("/styleguide/").content.decode()
    for state in STATES:
        assert f'<p class="guide__state">{state}</p>' in html
