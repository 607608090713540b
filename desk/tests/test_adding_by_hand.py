"""Adding a member in the admin: the form, the second look, and who may."""

import html
import re
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from desk.tests.staff import someone
from membership.models import Level, Member, Membership
from membership.tests.factories import LevelFactory, MemberFactory, MembershipFactory
from outbox.models import Delivery

pytestmark = pytest.mark.django_db
URL = "/admin/members/by-hand/"


@pytest.fixture(autouse=True)
def september():
    with time_machine.travel("2026-09-21T16:00:00Z", tick=False):
        yield


@pytest.fixture
def treasurer(client):
    client.force_login(someone("Treasurer"))
    return client


def typed(client, **changes):
    level = Level.objects.filter(slug="wits-member").first() or LevelFactory()
    page = client.get(URL).content.decode()
    return {
        "nonce": re.search(r'name="nonce" value="([^"]+)"', page)[1],
        "first_name": "Mary Anne",
        "last_name": "van Dyk",
        "email": "mary@uwo.ca",
        "level": level.pk,
        "way": "cash",
        "amount": "15.00",
        "received_by": "Sam",
        "note": "",
        "starts_on": timezone.localdate().isoformat(),
        **changes,
    }


def seen_in(page):
    """All that the second look would send again."""
    inputs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in inputs if name != "csrfmiddlewaretoken"}


def test_nothing_is_added_before_the_second_look_and_all_of_it_after(treasurer):
    look = treasurer.post(URL, typed(treasurer)).content.decode()

    assert "Is this right?" in look
    assert "A new member is made." in look
    assert "$15.00, cash, received by Sam" in look
    assert not Member.objects.exists()

    response = treasurer.post(URL, seen_in(look))

    member = Member.objects.get()
    assert response.url == f"/admin/members/{member.pk}/"
    assert (str(member), member.email) == ("Mary Anne van Dyk", "mary@uwo.ca")
    assert "added by hand" in treasurer.get(response.url).content.decode()
    assert Delivery.objects.filter(kind="mail.receipt").count() == 1


def test_the_last_button_pressed_twice_adds_once(treasurer):
    look = seen_in(treasurer.post(URL, typed(treasurer)).content.decode())

    first, second = treasurer.post(URL, look), treasurer.post(URL, look)

    assert first.url == second.url
    assert Membership.objects.count() == 1


def test_a_known_address_is_said_before_saving_and_extends(treasurer):
    member = MemberFactory(first_name="Mary", last_name="Dyk", email="mary@uwo.ca")
    end = timezone.localdate() + timedelta(days=30)
    MembershipFactory(member=member, ends_on=end)

    look = treasurer.post(URL, typed(treasurer, email="MARY@uwo.ca")).content.decode()

    assert f'href="/admin/members/{member.pk}/"' in look
    assert "Mary Dyk" in look
    assert "They have a membership already: WITS member until 21 October 2026." in look
    assert "The new one begins on 22 October 2026, so that they lose no day." in look

    treasurer.post(URL, seen_in(look))
    assert Member.objects.get() == member
    assert member.memberships.order_by("-starts_on")[0].starts_on == end + timedelta(days=1)


@pytest.mark.parametrize(
    ("there", "words"),
    [
        (
            {"ends_on": None},
            "WITS member with no end. The new one would cover the same days, and add none: is it needed?",
        ),
        ({"ends_on": date(2026, 9, 20)}, ""),
        ({"ends_on": date(2027, 4, 30), "state": "refunded"}, ""),
        (
            {"ends_on": date(2027, 4, 30), "state": "held"},
            "WITS member until 30 April 2027. It is on hold, because its payment is disputed. The new one does not "
            "wait for it",
        ),
        (
            {"starts_on": date(2027, 5, 1), "ends_on": date(2028, 4, 30)},
            "WITS member from 1 May 2027 until 30 April 2028. The new one begins on 1 May 2028",
        ),
    ],
)
def test_what_they_have_is_said_before_saving_where_days_would_count_twice(treasurer, there, words):
    data = typed(treasurer)
    member = MemberFactory(email="mary@uwo.ca")
    MembershipFactory(member=member, signup=None, level_id=data["level"], **{"starts_on": date(2026, 9, 1), **there})

    look = treasurer.post(URL, data).content.decode()

    assert ("They have a membership already" in look) == bool(words)
    assert words in look
    assert treasurer.post(URL, seen_in(look)).status_code == 302, "it is a warning, no refusal"
    assert member.memberships.count() == 2


def test_a_second_free_membership_is_better_begun_on_the_day_after_the_first(treasurer):
    free = LevelFactory(free=True)
    MembershipFactory(
        member=MemberFactory(email="mary@uwo.ca"),
        signup=None,
        level=free,
        starts_on=date(2026, 9, 1),
        ends_on=date(2026, 12, 31),
    )
    gift = {"level": free.pk, "way": "complimentary", "amount": "0", "note": "Helps at the booth."}

    look = treasurer.post(URL, typed(treasurer, **gift)).content.decode()
    assert "Should it start the day after, on 1 January 2027?" in look

    look = treasurer.post(URL, typed(treasurer, **gift, starts_on="2027-01-01")).content.decode()
    assert "They have a membership already" not in look


def test_what_came_between_the_two_clicks_is_said_before_it_is_covered_twice(treasurer):
    data = typed(treasurer)
    member = MemberFactory(email="mary@uwo.ca")
    look = seen_in(treasurer.post(URL, data).content.decode())
    MembershipFactory(member=member, signup=None, level_id=data["level"], starts_on=date(2026, 9, 1), ends_on=None)

    again = treasurer.post(URL, look).content.decode()

    assert "Something changed meanwhile" in again
    assert "WITS member with no end" in again
    assert member.memberships.count() == 1


def test_someone_who_joined_between_the_two_clicks_is_shown_first(treasurer):
    look = seen_in(treasurer.post(URL, typed(treasurer)).content.decode())
    MemberFactory(first_name="Mary", last_name="Faster", email="mary@uwo.ca")

    again = treasurer.post(URL, look).content.decode()

    assert "Something changed meanwhile" in again
    assert "Mary Faster" in again
    assert not Membership.objects.exists()


def test_changing_something_leads_back_to_what_was_typed(treasurer):
    look = seen_in(treasurer.post(URL, typed(treasurer, note="A note")).content.decode())

    page = treasurer.post(URL, {**look, "change": "1"}).content.decode()

    assert 'value="Mary Anne"' in page
    assert "A note" in page
    assert not Member.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "mary@uwo.co"}, "Did you mean mary@uwo.ca?"),
        ({"amount": "10.00"}, "WITS member costs $15.00; you wrote $10.00."),
        ({"starts_on": "2026-01-10"}, "would have ended already"),
    ],
)
def test_what_looks_odd_is_said_and_can_be_saved(treasurer, changes, words):
    look = treasurer.post(URL, typed(treasurer, **changes)).content.decode()

    assert words in look
    assert treasurer.post(URL, seen_in(look)).status_code == 302
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "no address"}, "There is a space inside that address"),
        ({"email": ""}, "This field is required"),
        ({"first_name": "\u202ex"}, "invisible character"),
        ({"first_name": " "}, "Type their first name."),
        ({"last_name": "x" * 301}, "more than 300 characters"),
        ({"amount": "15,00"}, "with a point, not a comma"),
        ({"amount": "-5"}, "Write the price in dollars"),
        ({"amount": "0"}, "choose Complimentary"),
        ({"received_by": ""}, "Say who received the money."),
        ({"way": "complimentary"}, "costs nothing"),
        ({"way": "complimentary", "amount": "0"}, "Say why it is complimentary"),
        ({"way": "gold"}, "Select a valid choice"),
        ({"level": "0"}, "Select a valid choice"),
        ({"starts_on": "31.02.2027"}, "Enter a valid date"),
        ({"starts_on": "2062-09-21"}, "more than a year away"),
    ],
)
def test_what_cannot_be_right_is_said_and_adds_nothing(treasurer, changes, words):
    page = treasurer.post(URL, typed(treasurer, **changes))

    assert page.status_code == 200
    assert words in html.unescape(page.content.decode())
    assert "Is this right?" not in page.content.decode()
    assert not Member.objects.exists()


def test_a_name_that_is_code_stays_a_name(treasurer):
    look = treasurer.post(URL, typed(treasurer, first_name='"><script>x</script>')).content.decode()

    assert "<script>x" not in look
    treasurer.post(URL, seen_in(look))
    assert Member.objects.get().first_name == '"><script>x</script>'


@pytest.mark.parametrize("position", ["", "Editor"])
def test_nobody_else_adds_anyone(client, position):
    client.force_login(someone("Treasurer"))
    look = seen_in(client.post(URL, typed(client)).content.decode())
    client.logout()
    client.force_login(someone(position))

    assert client.get(URL).status_code == 302
    assert client.post(URL, look).status_code == 302
    assert not Member.objects.exists()


def test_the_button_stands_on_the_list_for_those_who_may(client, treasurer):
    assert f'href="{URL}"' in treasurer.get("/admin/members/").content.decode()
