"""When one can apply to a program: both days count, from midnight to midnight in Toronto."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from home.programs.applying import State, state_on
from home.tests.factories import InitiativesPageFactory, ProgramPageFactory, StandardPageFactory
from home.tests.markup import Markup

DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))


@given(today=DAYS, opens=st.none() | DAYS, closes=st.none() | DAYS)
def test_one_can_apply_exactly_on_the_days_between(today, opens, closes):
    open_today = (opens is None or opens <= today) and (closes is None or today <= closes)
    assert (state_on(today, opens, closes) is State.OPEN) == open_today


@given(today=DAYS, closes=DAYS)
def test_what_is_closed_is_not_said_to_open(today, closes):
    assert state_on(today, None, closes) is not State.BEFORE


@pytest.fixture
def program(home):
    """One can apply from 8 March, when clocks go forward, until 1 November 2026, when they go back."""
    return ProgramPageFactory(
        parent=InitiativesPageFactory(),
        title="Ada",
        apply_words="Apply for Ada",
        apply_address="https://forms.example/ada",
        opens_on=date(2026, 3, 8),
        closes_on=date(2026, 11, 1),
        before_words="Applications open on",
        apply_note="Ten questions.",
        next_words="The next round opens in spring.",
    )


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-07T23:59:59-05:00", "before"),
        ("2026-03-08T00:00:00-05:00", "open"),
        ("2026-03-08T23:59:59-04:00", "open"),
        ("2026-11-01T00:00:00-04:00", "open"),
        ("2026-11-01T01:30:00-05:00", "open"),  # the hour that comes twice
        ("2026-11-01T23:59:59-05:00", "open"),
        ("2026-11-02T00:00:00-05:00", "after"),
    ],
)
def test_the_button_comes_and_goes_at_midnight_in_toronto(client, program, time_machine, moment, expected):
    time_machine.move_to(moment)
    html = client.get(program.url).content.decode()
    assert ("Apply for Ada" in Markup(html).links()) == (expected == "open")
    assert ("Applications open on" in html) == (expected == "before")
    assert ("Sunday 8 March" in html) == (expected == "before")
    assert ("Applications are open" in html) == (expected == "open")
    assert ("until Sunday 1 November" in html) == (expected == "open")
    assert ("Ten questions." in html) == (expected != "after")
    assert ("Applications are closed" in html) == (expected == "after")
    assert ("The next round opens in spring." in html) == (expected == "after")
    tags = {"before": "Opens 8 March", "open": "Open until 1 November", "after": "Closed"}
    listed = client.get(program.get_parent().url).content.decode()
    assert [tag for tag in tags.values() if f">{tag}<" in listed] == [tags[expected]]


def test_the_year_is_said_where_it_is_not_this_one(client, program, time_machine):
    time_machine.move_to("2025-12-31T12:00-05:00")
    assert "Sunday 8 March 2026" in client.get(program.url).content.decode()


def test_without_days_one_always_can(client, program):
    program.opens_on = program.closes_on = None
    program.save()
    html = client.get(program.url).content.decode()
    assert Markup(html).links()["Apply for Ada"] == "https://forms.example/ada"
    assert "Open now" in client.get(program.get_parent().url).content.decode()


def test_without_a_button_nothing_is_said_of_applying(client, program):
    program.apply_words = program.apply_address = ""
    program.opens_on = program.closes_on = None
    program.save()
    html = client.get(program.url).content.decode()
    assert "Applications" not in html
    assert "ticket" not in html


@pytest.mark.parametrize("gone", ["unpublished", "deleted"])
def test_a_form_that_is_gone_leaves_no_button_and_no_empty_box(client, program, time_machine, gone):
    time_machine.move_to("2026-10-01T12:00-04:00")
    form = StandardPageFactory(slug="form")
    program.apply_address, program.apply_page = "", form
    program.save()
    assert Markup(client.get(program.url).content.decode()).links()["Apply for Ada"] == "/form/"
    form.unpublish() if gone == "unpublished" else form.delete()
    html = client.get(program.url).content.decode()
    assert "Apply for Ada" not in html
    assert "Applications are open" not in html
    assert "Open until" not in client.get(program.get_parent().url).content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"closes_on": date(2026, 3, 7)}, "closes_on"),
        ({"apply_address": ""}, "apply_page"),
        ({"apply_words": ""}, "apply_words"),
        ({"apply_words": "", "apply_address": ""}, "apply_words"),
    ],
)
def test_a_way_in_that_leads_nowhere_is_not_saved(program, change, field):
    for name, value in change.items():
        setattr(program, name, value)
    with pytest.raises(ValidationError) as raised:
        program.clean()
    assert set(raised.value.message_dict) == {field}


def test_a_page_and_an_address_are_one_too_many(program):
    program.apply_page = program.get_parent()
    with pytest.raises(ValidationError, match="one of the two"):
        program.clean()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "forms.example"])
def test_a_button_leads_only_where_links_may(program, address):
    program.apply_address = address
    with pytest.raises(ValidationError) as raised:
        program.full_clean()
    assert "apply_address" in raised.value.message_dict
