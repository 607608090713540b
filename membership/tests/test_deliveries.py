"""What partners and members are told, as things stand when they are told."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail
from django.db.models import F

from membership import deliveries, hubspot_gateway, stripe_gateway
from membership.errors import TransportError
from membership.hubspot_gateway import Pushed
from membership.models import Member, Membership
from membership.tests.factories import (
    LevelFactory,
    MemberFactory,
    MembershipFactory,
    PerkFactory,
    SignupFactory,
)
from outbox.models import Delivery

pytestmark = pytest.mark.django_db
SEPTEMBER = time_machine.travel("2026-09-21T16:00:00Z")


@pytest.fixture
def told(monkeypatch):
    """What Stripe, HubSpot and the mail server were told."""
    heard = {"customers": [], "contacts": [], "mails": [], "answer": Pushed("4711")}
    monkeypatch.setattr(
        stripe_gateway, "update_customer", lambda customer_id, **rest: heard["customers"].append((customer_id, rest))
    )

    def push(contact, *, contact_id=""):
        heard["contacts"].append((contact, contact_id))
        return heard["answer"]

    monkeypatch.setattr(hubspot_gateway, "push_contact", push)
    monkeypatch.setattr(deliveries, "send_mail", lambda kind, **rest: heard["mails"].append((kind, rest)))
    return heard


def of_member(member, **payload):
    return Delivery(key="a-key", payload={"member": str(member.uuid), **payload})


def of_signup(signup):
    return Delivery(key="a-key", payload={"signup": str(signup.uuid)})


def running(**changes):
    return MembershipFactory(starts_on="2026-09-21", ends_on="2027-04-30", **changes)


@SEPTEMBER
def test_stripes_customer_gets_the_preferred_name_the_address_and_the_membership(told):
    member = MemberFactory(first_name="Mary Anne", last_name="van Dyk", email="mary@uwo.example")
    running(member=member)
    deliveries.tell_stripe(of_member(member, customer="cus_1"))
    ((customer_id, said),) = told["customers"]
    assert customer_id == "cus_1"
    assert (said["name"], said["email"]) == ("Mary Anne van Dyk", "mary@uwo.example")
    assert said["metadata"] == {
        "wits_member_id": str(member.uuid),
        "wits_level": "wits-member",
        "wits_status": "active",
        "wits_until": "2027-04-30",
    }


def test_without_a_customer_or_a_member_stripe_is_told_nothing(told):
    deliveries.tell_stripe(of_member(MemberFactory(), customer=""))
    gone = MemberFactory()
    delivery = of_member(gone, customer="cus_1")
    gone.delete()
    deliveries.tell_stripe(delivery)
    deliveries.tell_hubspot(delivery)
    assert told["customers"] == told["contacts"] == []


def test_a_customer_deleted_at_stripe_is_forgotten_and_nothing_is_dead(monkeypatch):
    def gone(*_, **__):
        raise TransportError("HTTP 404, resource_missing.", permanent=True, gone="id")

    monkeypatch.setattr(stripe_gateway, "update_customer", gone)
    member, other = MemberFactory(stripe_customer_id="cus_1"), MemberFactory(stripe_customer_id="cus_2")
    deliveries.tell_stripe(of_member(member, customer="cus_1"))
    for one in (member, other):
        one.refresh_from_db()
    assert (member.stripe_customer_id, other.stripe_customer_id) == ("", "cus_2")

    deliveries.tell_stripe(of_member(other, customer="cus_old"))
    other.refresh_from_db()
    assert other.stripe_customer_id == "cus_2", "an older one was deleted: the newer stays"


def test_what_else_stripe_refuses_about_a_customer_is_not_forgotten(monkeypatch):
    def refuses(*_, **__):
        raise TransportError("HTTP 400.", permanent=True)

    monkeypatch.setattr(stripe_gateway, "update_customer", refuses)
    member = MemberFactory(stripe_customer_id="cus_1")
    with pytest.raises(TransportError):
        deliveries.tell_stripe(of_member(member, customer="cus_1"))
    member.refresh_from_db()
    assert member.stripe_customer_id == "cus_1"


@SEPTEMBER
def test_hubspot_is_told_of_the_membership_and_its_contact_is_remembered(told):
    member = MemberFactory(hubspot_contact_id="", newsletter=True, newsletter_at=datetime(2026, 9, 21, tzinfo=UTC))
    running(member=member)
    deliveries.tell_hubspot(of_member(member))
    deliveries.tell_hubspot(of_member(member))
    (first, first_id), (_, second_id) = told["contacts"]
    assert (first.status, first.level, str(first.until)) == ("active", "wits-member", "2027-04-30")
    assert (first.newsletter, first.member_id) == (True, str(member.uuid))
    assert (first_id, second_id) == ("", "4711"), "by address the first time, by id from then on"


def test_an_unsubscribe_made_in_hubspot_becomes_ours(told):
    member = MemberFactory(newsletter=True, newsletter_text="Yes please")
    told["answer"] = Pushed("4711", opted_out=True)
    deliveries.tell_hubspot(of_member(member))
    member.refresh_from_db()
    assert member.newsletter is False
    assert member.newsletter_source == "unsubscribed in HubSpot"
    assert member.newsletter_text == "Yes please", "what was agreed to stays on record"


@SEPTEMBER
@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "active"),
        ({"state": Membership.State.REFUNDED}, "refunded"),
        ({"state": Membership.State.ENDED}, "ended"),
        ({"starts_on": "2025-09-01", "ends_on": "2026-04-30"}, "ended"),
        ({"ends_on": None}, "active"),
    ],
)
def test_partners_hear_how_a_member_stands(told, changes, status):
    membership = MembershipFactory(**({"starts_on": "2026-09-21", "ends_on": "2027-04-30"} | changes))
    deliveries.tell_hubspot(of_member(membership.member))
    assert told["contacts"][0][0].status == status


def test_a_member_without_any_membership_stands_nowhere(told):
    deliveries.tell_hubspot(of_member(MemberFactory()))
    assert told["contacts"][0][0].status == "none"


@SEPTEMBER
def test_the_dearer_level_counts_and_a_renewal_moves_the_end(told):
    member = MemberFactory()
    MembershipFactory(member=member, level=LevelFactory(free=True), starts_on="2026-09-01", ends_on=None)
    running(member=member)
    MembershipFactory(member=member, starts_on="2027-05-01", ends_on="2028-04-30")
    deliveries.tell_hubspot(of_member(member))
    contact = told["contacts"][0][0]
    assert (contact.level, str(contact.until)) == ("wits-member", "2028-04-30")


def test_the_welcome_goes_to_the_member_with_level_end_and_perks(told):
    membership = running(level=LevelFactory(slug="patron", name="Patron"))
    PerkFactory(title="Résumé review", levels=[membership.level])
    deliveries.send_welcome(of_signup(membership.signup))
    ((kind, said),) = told["mails"]
    assert (kind, said["to"], said["message_key"]) == ("welcome", membership.member.email, "a-key")
    assert said["variables"]["level"] == "Patron"
    assert said["variables"]["perks"] == "Résumé review"
    membership = Membership.objects.get()
    deliveries.send_welcome(of_signup(membership.signup))
    assert told["mails"][-1][1]["variables"]["until"] == "until 30 April 2027"


def test_the_welcome_says_which_perks_are_only_for_some(told):
    level = LevelFactory(slug="patron")
    for title, group in (("Store code", ""), ("Ada", "For Western students"), ("Résumé review", "")):
        PerkFactory(title=title, group=group, levels=[level])
    assert deliveries.perks_in_words(level) == "Store code, Résumé review; For Western students: Ada"


def test_nobody_is_welcomed_to_a_membership_that_was_refunded_or_deleted(told):
    membership = running(state=Membership.State.REFUNDED)
    deliveries.send_welcome(of_signup(membership.signup))
    Member.objects.all().delete()
    deliveries.send_welcome(of_signup(membership.signup))
    assert told["mails"] == []


def test_the_confirmation_carries_a_link_that_is_stored_nowhere(told):
    signup = SignupFactory(unconfirmed=True, attempt=1)
    delivery = of_signup(signup)
    deliveries.send_confirmation(delivery)
    ((kind, said),) = told["mails"]
    assert (kind, said["to"]) == ("confirm", signup.email)
    assert said["button_url"].startswith("http://testserver/membership/confirm/")
    assert "confirm" not in str(delivery.payload)


def test_nothing_is_confirmed_twice(told):
    deliveries.send_confirmation(of_signup(SignupFactory(completed=True)))
    assert told["mails"] == []
    assert mail.outbox == []


def test_a_contact_that_was_another_members_is_theirs_no_more_and_they_get_their_own(told):
    before = MemberFactory(hubspot_contact_id="4711", revision=3)
    member = MemberFactory(hubspot_contact_id="")
    deliveries.tell_hubspot(of_member(member))

    before.refresh_from_db()
    member.refresh_from_db()
    assert (before.hubspot_contact_id, member.hubspot_contact_id) == ("", "4711")
    assert Delivery.objects.filter(key=f"hubspot.contact:{before.uuid}:4").count() == 1
    assert not Delivery.objects.filter(about=f"member:{member.uuid}").exists()


@pytest.mark.parametrize(("partner", "tell"), [("hubspot", "tell_hubspot"), ("stripe", "tell_stripe")])
def test_a_partner_that_was_told_what_is_old_by_now_is_told_again(told, monkeypatch, partner, tell):
    """Two deliveries of one member may be made at once: the one that knew less may be the last to arrive."""
    member = MemberFactory(newsletter=True, hubspot_contact_id="4711")

    def changed_meanwhile(*_args, **_rest):
        Member.objects.filter(pk=member.pk).update(newsletter=False, revision=F("revision") + 1)
        return Pushed("4711")

    gateway, name = {"hubspot": (hubspot_gateway, "push_contact"), "stripe": (stripe_gateway, "update_customer")}[
        partner
    ]
    with monkeypatch.context() as slow:
        slow.setattr(gateway, name, changed_meanwhile)
        with pytest.raises(TransportError) as caught:
            getattr(deliveries, tell)(of_member(member, customer="cus_1"))
    assert not caught.value.permanent
    getattr(deliveries, tell)(of_member(member, customer="cus_1"))
    assert len(told["contacts"]) + len(told["customers"]) == 1
