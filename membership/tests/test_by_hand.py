"""Memberships that executives write down: what is made, what is promised, and what is not."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import connections
from wagtail.models import ModelLogEntry

from membership import by_hand, deliveries
from membership.by_hand import HandData, PlanChanged, add, plan_for
from membership.models import Addition, Level, Member, Membership
from membership.tests.factories import LevelFactory, MemberFactory, MembershipFactory
from membership.timeline import timeline
from outbox.models import Delivery

pytestmark = pytest.mark.django_db
SEPTEMBER = time_machine.travel("2026-09-21T16:00:00Z", tick=False)


@pytest.fixture
def treasurer():
    return get_user_model().objects.create_user("treasurer@wits.example", "treasurer@wits.example", "not-a-password")


def written(**changes):
    return HandData(
        **{
            "nonce": uuid.uuid4(),
            "level": Level.objects.filter(slug="wits-member").first() or LevelFactory(),
            "first_name": "Mary Anne",
            "last_name": "van Dyk",
            "email": "mary@uwo.example",
            "amount_cents": 1500,
            "way": Addition.Way.CASH,
            "received_by": "Sam",
            "note": "At the booth.",
            "starts_on": date(2026, 9, 21),
            **changes,
        }
    )


def added(data, by):
    return add(data, seen=plan_for(data).seen, by=by)


@SEPTEMBER
def test_a_new_member_is_made_with_what_was_written_down(treasurer):
    membership = added(written(), treasurer)

    member = membership.member
    assert (member.first_name, member.last_name, member.email) == ("Mary Anne", "van Dyk", "mary@uwo.example")
    assert (member.newsletter, member.stripe_customer_id) == (False, "")
    assert (membership.starts_on, membership.ends_on) == (date(2026, 9, 21), date(2027, 4, 30))
    assert (membership.amount_cents, membership.signup) == (1500, None)
    addition = membership.addition
    assert (addition.way, addition.received_by, addition.note) == ("cash", "Sam", "At the booth.")
    assert addition.added_by == treasurer


@SEPTEMBER
def test_receipt_and_hubspot_are_promised_and_stripe_is_not(treasurer):
    member = added(written(), treasurer).member

    promised = Delivery.objects.all()
    assert {row.kind for row in promised} == {"mail.receipt", "hubspot.contact"}
    assert {row.about for row in promised} == {f"member:{member.uuid}"}
    assert not any("mary" in str(row.payload).lower() or "mary" in row.key.lower() for row in promised)


@SEPTEMBER
def test_a_known_address_extends_its_member_and_changes_nothing_of_theirs(treasurer):
    running = MembershipFactory(
        member=MemberFactory(first_name="Mary", last_name="Dyk", email="Mary@uwo.example"),
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 4, 30),
    )

    data = written()
    plan = plan_for(data)
    membership = added(data, treasurer)

    assert plan.member == running.member == membership.member
    assert (membership.starts_on, membership.ends_on) == (date(2027, 5, 1), date(2028, 4, 30))
    assert str(Member.objects.get()) == "Mary Dyk"
    assert "stripe.customer" in Delivery.objects.values_list("kind", flat=True)


@SEPTEMBER
def test_the_same_form_twice_adds_one_membership(treasurer):
    data = written()
    seen = plan_for(data).seen

    first, second = add(data, seen=seen, by=treasurer), add(data, seen=seen, by=treasurer)

    assert first == second
    assert (Membership.objects.count(), Addition.objects.count()) == (1, 1)
    assert Delivery.objects.filter(kind="mail.receipt").count() == 1


@SEPTEMBER
def test_a_plan_that_is_no_longer_true_adds_nothing(treasurer):
    data = written()
    seen = plan_for(data).seen
    added(written(), treasurer)  # somebody else was faster

    with pytest.raises(PlanChanged):
        add(data, seen=seen, by=treasurer)

    assert Membership.objects.count() == 1
    assert Delivery.objects.filter(kind="mail.receipt").count() == 1


@SEPTEMBER
def test_nothing_stands_when_the_last_step_fails(treasurer, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError

    data = written()
    monkeypatch.setattr(by_hand, "log", fails)

    with pytest.raises(RuntimeError):
        added(data, treasurer)

    assert not Member.objects.exists()
    assert not Membership.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_adds_one_membership():
    treasurer = get_user_model().objects.create_user("t@wits.example", "t@wits.example", "not-a-password")
    data = written()
    seen = plan_for(data).seen

    def click(_):
        try:
            return add(data, seen=seen, by=treasurer).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(click, range(4)))

    assert len(made) == 1
    assert (Member.objects.count(), Membership.objects.count()) == (1, 1)


@SEPTEMBER
def test_the_timeline_says_how_it_was_paid_and_by_whom_written_down(treasurer):
    membership = added(written(), treasurer)

    entry = next(entry for entry in timeline(membership.member) if entry.kind == "membership")
    assert entry.title == "Became WITS member, added by hand"
    assert (
        "Cash, $15.00, received by Sam; written down by treasurer@wits.example. Note: At the booth." in entry.detail
    )
    assert {entry.kind for entry in timeline(membership.member)} == {"membership", "delivery"}


@SEPTEMBER
def test_the_audit_log_names_the_row_and_not_the_person(treasurer):
    membership = added(written(), treasurer)

    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.label) == ("membership.add_by_hand", f"Member {membership.member_id}")
    assert entry.data == {"membership": membership.pk}


@SEPTEMBER
@pytest.mark.parametrize(
    ("changes", "paid"),
    [
        ({}, "$15.00 in cash"),
        ({"way": Addition.Way.E_TRANSFER}, "$15.00 by e-transfer"),
        (
            {"way": Addition.Way.COMPLIMENTARY, "amount_cents": 0, "received_by": ""},
            "nothing, it is a gift of the club",
        ),
    ],
)
def test_the_receipt_says_what_was_paid(treasurer, monkeypatch, changes, paid):
    mails = []
    monkeypatch.setattr(deliveries, "send_mail", lambda kind, **rest: mails.append((kind, rest)))
    added(written(**changes), treasurer)

    deliveries.send_receipt(Delivery.objects.get(kind="mail.receipt"))

    ((kind, rest),) = mails
    assert (kind, rest["to"]) == ("receipt", "mary@uwo.example")
    assert rest["variables"]["paid"] == paid
    assert rest["variables"]["term"] == "from 21 September 2026 until 30 April 2027"
    assert rest["variables"]["received_on"] == "21 September 2026"


@SEPTEMBER
def test_no_receipt_goes_out_for_what_was_ended_or_deleted_meanwhile(treasurer, monkeypatch):
    mails = []
    monkeypatch.setattr(deliveries, "send_mail", lambda *args, **rest: mails.append(args))
    membership = added(written(), treasurer)
    promised = Delivery.objects.get(kind="mail.receipt")

    Membership.objects.update(state=Membership.State.ENDED)
    deliveries.send_receipt(promised)
    membership.member.delete()
    deliveries.send_receipt(promised)

    assert mails == []
