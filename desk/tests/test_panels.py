"""The dashboard."""

from datetime import timedelta

import pytest
from django.utils import timezone

from desk.groups import EDITOR, EVENTS, OWNER, TREASURER
from desk.panels import MembersNow
from desk.tests.attention import lines, shown
from desk.tests.staff import someone
from events.tests.factories import EventPageFactory, the_events_page
from home.attention.lines import PAYMENTS, POST
from membership.models import Membership, Signup, StripeEvent
from membership.tests.factories import (
    CaseFactory,
    LevelFactory,
    MemberFactory,
    MembershipFactory,
    SignupFactory,
    StripeEventFactory,
)
from outbox.models import Delivery

pytestmark = pytest.mark.django_db


def troubles(position="Owner"):
    """What the dashboard says of payments and of what the outbox gave up."""
    groups = {group.heading: group.lines for group in shown(someone(position))}
    return [line.words for heading in (PAYMENTS, POST) for line in groups.get(heading, [])]


def dead(number):
    for n in range(number):
        Delivery.objects.create(kind="hubspot.contact", key=f"k{n}", channel="hubspot", state=Delivery.State.DEAD)


def test_all_is_well_when_nothing_waits(client):
    MembershipFactory()
    SignupFactory()
    EventPageFactory()
    client.force_login(someone("Owner"))

    page = client.get("/admin/").content.decode()

    assert "All is well. Nothing waits for you." in page
    assert "What needs attention" in page


def test_what_waits_for_a_person_is_counted_in_words():
    long_ago = timezone.now() - timedelta(days=2)
    CaseFactory()
    CaseFactory(settled=True)
    SignupFactory(state=Signup.State.PROCESSING, created_at=long_ago)
    SignupFactory(state=Signup.State.OPEN, created_at=long_ago)
    SignupFactory(started=True, created_at=long_ago)
    StripeEventFactory(state=StripeEvent.State.FAILED)
    dead(3)

    assert troubles() == [
        "1 case about a payment waits for you to decide",
        "1 payment has been under way for more than a day",
        "2 people have stood at the payment for more than a day",
        "1 message from Stripe could not be dealt with",
        "3 mails or updates were given up",
    ]


def test_what_is_only_young_or_over_is_no_trouble():
    CaseFactory(settled=True)
    SignupFactory(state=Signup.State.PROCESSING)
    SignupFactory(state=Signup.State.OPEN)
    SignupFactory(unconfirmed=True, created_at=timezone.now() - timedelta(days=9))
    SignupFactory(state=Signup.State.EXPIRED, created_at=timezone.now() - timedelta(days=9))
    SignupFactory(started=True, created_at=timezone.now() - timedelta(days=9))  # never reached Stripe: stays so
    StripeEventFactory(state=StripeEvent.State.IGNORED)

    assert troubles() == []


def test_each_trouble_leads_to_a_page_that_opens_with_those_rows(client):
    CaseFactory()
    CaseFactory(settled=True)
    SignupFactory(state=Signup.State.OPEN, created_at=timezone.now() - timedelta(days=2))
    StripeEventFactory(state=StripeEvent.State.FAILED)
    StripeEventFactory()
    MembershipFactory()
    treasurer = someone("Treasurer")
    client.force_login(treasurer)

    waiting = lines(treasurer)
    assert len(waiting) == 3
    for line in waiting:
        assert len(client.get(line.url).context["object_list"]) == 1, line
        assert not line.key, "nobody puts a payment aside"


def test_an_editor_is_told_nothing_of_members(client):
    MembershipFactory()
    dead(1)
    client.force_login(someone("Editor"))

    page = client.get("/admin/").content.decode()

    assert "given up" not in page
    assert "Members now" not in page


def test_members_are_counted_once_at_each_level_they_hold_now():
    general, paid = LevelFactory(free=True), LevelFactory()
    twice = MemberFactory()
    MembershipFactory(member=twice, level=paid)
    MembershipFactory(member=twice, level=paid)
    MembershipFactory(level=paid, state=Membership.State.REFUNDED)
    MembershipFactory(level=paid, ends_on=timezone.localdate() - timedelta(days=1))
    MembershipFactory(
        member=MemberFactory(created_at=timezone.now() - timedelta(days=30)), level=general, ends_on=None
    )

    tallies = {tally.label: tally.count for tally in MembersNow().get_context_data()["tallies"]}

    assert tallies == {general.name: 1, paid.name: 1, "Joined in the last 7 days": 3}


def test_a_club_without_members_reads_words_in_place_of_zeros():
    assert MembersNow().get_context_data()["nobody"]


def test_the_menu_leaves_away_what_executives_do_not_need(client):
    client.force_login(someone("Owner"))

    page = client.get("/admin/").content.decode()

    assert '"name": "help"' not in page
    assert '"name": "workflows"' not in page


def test_the_dashboard_offers_each_position_what_it_may_do(client):
    offers = ("Change the home page", "Find another page", "Change the menu or footer")
    the_events_page()
    expected = {EDITOR: offers, OWNER: offers, EVENTS: ("Find another page",), TREASURER: ()}
    for position, wanted in expected.items():
        client.force_login(someone(position))
        page = client.get("/admin/").content.decode()
        assert tuple(words for words in offers if words in page) == wanted, position
