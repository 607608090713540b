"""Many members and HubSpot, against the sandbox: a first push in hundreds, and the nightly comparison."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from membership import contact_batches, hubspot_gateway
from membership.errors import TransportError
from membership.hubspot_gateway import client
from membership.models import Member
from membership.tests.factories import LevelFactory, MemberFactory, MembershipFactory
from membership.tests.vendors import check_hubspot_call
from outbox import worker
from outbox.models import Alert, ChannelPause, Delivery
from outbox.promises import promise
from sandbox.server import Sandbox

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running():
    with Sandbox(delays=(0.05,)) as sandbox:
        yield sandbox


@pytest.fixture
def hubspot(running, settings):
    settings.HUBSPOT_API_BASE = running.hubspot_base
    running.state.reset()
    hubspot_gateway.ensure_properties()
    return running


@pytest.fixture
def asked(monkeypatch):
    """What HubSpot was asked: (name of the library's method, arguments)."""
    seen = []
    real = client.call

    def call(deed, method, *args):
        seen.append((getattr(method, "__name__", "get_by_id"), args))
        return real(deed, method, *args)

    for module in ("contacts", "batches"):
        monkeypatch.setattr(f"membership.hubspot_gateway.{module}.call", call)
    return seen


def members(count, **kwargs):
    level = LevelFactory()
    made = [MemberFactory(hubspot_contact_id="", email=f"Person{number}@uwo.ca", **kwargs) for number in range(count)]
    for member in made:
        MembershipFactory(member=member, level=level, signup=None)
    return made


def push(*made, key="hubspot.contacts:import:1"):
    with transaction.atomic():
        promise("hubspot.contacts", key, {"members": [str(member.uuid) for member in made]})
    worker.drain()


def check():
    """A night's comparison, and everything it leads to."""
    contact_batches.begin_check()
    worker.drain()


def contacts(hubspot):
    return {row["properties"]["email"]: row for row in hubspot.state["contact"].oldest_first() if not row["archived"]}


def change(hubspot, email, **properties):
    with hubspot.state.change():
        contacts(hubspot)[email]["properties"].update(properties)


def pushes():
    return Delivery.objects.filter(kind="hubspot.contact")


# The first push


def test_a_hundred_and_twenty_members_are_pushed_in_four_calls(hubspot, asked):
    made = members(120)
    push(*made)
    assert [name for name, _ in asked] == ["read", "upsert"] * 2
    assert len(contacts(hubspot)) == 120
    for member in Member.objects.all():
        row = contacts(hubspot)[member.email.lower()]
        assert row["id"] == member.hubspot_contact_id
        assert row["properties"]["wits_member_id"] == str(member.uuid)
        assert row["properties"]["wits_membership_status"] == "active"
    assert not pushes().exists()
    assert not Alert.objects.exists()


def test_both_calls_are_as_hubspot_describes_them(hubspot, asked):
    push(*members(2))
    check()
    for name, (body,) in [(name, args) for name, args in asked if name in ("read", "upsert")]:
        check_hubspot_call("POST", f"/crm/v3/objects/contacts/batch/{name}", {}, body)


def test_who_has_a_contact_already_is_adopted_and_an_unsubscribe_is_stronger_than_our_yes(hubspot):
    alice, bob = members(2, newsletter=True, newsletter_at=timezone.now())
    push(alice)
    change(hubspot, "person0@uwo.ca", hs_email_optout="true")
    Member.objects.update(hubspot_contact_id="")
    push(alice, bob, key="hubspot.contacts:import:2")
    assert len(contacts(hubspot)) == 2
    alice.refresh_from_db()
    assert not alice.newsletter
    assert contacts(hubspot)["person0@uwo.ca"]["properties"]["wits_newsletter_consent"] == "false"
    assert Member.objects.get(pk=bob.pk).newsletter


def test_one_that_hubspot_refuses_does_not_keep_the_others_from_it(hubspot, monkeypatch):
    made = members(3)
    real = hubspot_gateway.upsert_many
    refusals = iter([TransportError("HubSpot did not create or update contacts: HTTP 400.", permanent=True)])

    def refuse_once(some):
        for error in refusals:
            raise error
        return real(some)

    monkeypatch.setattr(hubspot_gateway, "upsert_many", refuse_once)
    push(*made)
    assert len(contacts(hubspot)) == 3
    assert pushes().filter(state=Delivery.State.DONE).count() == 3


def test_a_limit_that_is_reached_only_makes_it_later(hubspot):
    made = members(3)
    hubspot.state.faults.add({"vendor": "hubspot", "kind": "429", "times": 1})
    push(*made)
    waiting = Delivery.objects.get(kind="hubspot.contacts")
    assert waiting.state == Delivery.State.WAITING
    assert not Alert.objects.exists()
    Delivery.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    ChannelPause.objects.all().delete()
    worker.drain()
    assert len(contacts(hubspot)) == 3


# The comparison


def test_where_all_agrees_nothing_is_promised(hubspot, asked):
    push(*members(101, newsletter=True, newsletter_at=timezone.now()))
    asked.clear()
    check()
    assert [name for name, _ in asked] == ["read", "read"], "a hundred in a call"
    assert not pushes().exists()
    assert not Alert.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"firstname": "Somebody"},
        {"wits_membership_status": "ended"},
        {"wits_member_until": ""},
        {"wits_member_id": ""},
        {"wits_newsletter_consent": "false"},
    ],
)
def test_what_was_changed_in_hubspot_is_repaired(hubspot, changed):
    push(*members(3, newsletter=True, newsletter_at=timezone.now()))
    before = dict(contacts(hubspot)["person1@uwo.ca"]["properties"])
    change(hubspot, "person1@uwo.ca", **changed)
    check()
    assert pushes().count() == 1
    after = contacts(hubspot)["person1@uwo.ca"]["properties"]
    assert {name: after[name] for name in changed} == {name: before[name] for name in changed}
    assert not Alert.objects.exists()


def test_how_hubspot_writes_addresses_and_moments_is_no_difference(hubspot):
    push(*members(1, newsletter=True, newsletter_at=timezone.now()))
    at = contacts(hubspot)["person0@uwo.ca"]["properties"]["wits_newsletter_consent_at"]
    change(hubspot, "person0@uwo.ca", wits_newsletter_consent_at=at.replace(".000Z", "Z"))
    check()
    assert not pushes().exists()


def test_an_unsubscribe_made_in_hubspot_becomes_ours_overnight(hubspot):
    push(*members(2, newsletter=True, newsletter_at=timezone.now()))
    change(hubspot, "person1@uwo.ca", hs_email_optout="true")
    check()
    assert set(Member.objects.filter(newsletter=True).values_list("email", flat=True)) == {"Person0@uwo.ca"}
    assert contacts(hubspot)["person1@uwo.ca"]["properties"]["wits_newsletter_consent"] == "false"
    assert contacts(hubspot)["person0@uwo.ca"]["properties"]["wits_newsletter_consent"] == "true"


def test_a_contact_that_was_deleted_is_made_again(hubspot):
    push(*members(2))
    gone = Member.objects.get(email="Person1@uwo.ca").hubspot_contact_id
    client.apis().basic.archive(gone)
    check()
    assert len(contacts(hubspot)) == 2
    assert Member.objects.get(email="Person1@uwo.ca").hubspot_contact_id != gone


def test_members_who_never_reached_hubspot_are_pushed_together(hubspot, asked):
    members(5)
    check()
    assert len(contacts(hubspot)) == 5
    assert [name for name, _ in asked].count("upsert") == 1


def test_what_is_on_its_way_is_left_alone(hubspot):
    made = members(1)
    with transaction.atomic():
        later = timezone.now() + timedelta(hours=1)
        about = f"member:{made[0].uuid}"
        promise("hubspot.contact", "hubspot.contact:x:1", {"member": str(made[0].uuid)}, about=about, due_at=later)
    check()
    assert contacts(hubspot) == {}
    assert Delivery.objects.filter(kind__in=["hubspot.contact", "hubspot.contacts"]).count() == 1


def test_the_same_night_again_does_nothing_again(hubspot, asked):
    push(*members(3))
    check()
    count = Delivery.objects.count()
    asked.clear()
    check()
    assert Delivery.objects.count() == count
    assert asked == []


def test_a_comparison_that_was_broken_off_goes_on_where_it_was(hubspot, asked, monkeypatch):
    push(*members(150))
    asked.clear()
    contact_batches.begin_check()
    worker.run_once()
    assert Delivery.objects.filter(kind="hubspot.check", state=Delivery.State.WAITING).count() == 1
    worker.drain()
    assert [name for name, _ in asked] == ["read", "read"]
    assert Delivery.objects.filter(kind="hubspot.check", state=Delivery.State.DONE).count() == 3


def test_what_could_not_be_repaired_is_told_once(hubspot):
    made = members(3)
    push(*made)
    for member in made[:2]:
        Delivery.objects.create(
            kind="hubspot.contact", key=f"dead:{member.uuid}", channel="hubspot", about=f"member:{member.uuid}",
            state=Delivery.State.DEAD, payload={"member": str(member.uuid)}, due_at=timezone.now(),
        )  # fmt: skip
        change(hubspot, member.email.lower(), firstname="Somebody")
    check()
    alert = Alert.objects.get(kind="hubspot.differs")
    assert "2 members" in alert.what
    assert "uwo" not in f"{alert.what}{alert.done}{alert.todo}"
    assert not pushes().exclude(state=Delivery.State.DEAD).exists(), "a person has to look at them first"


def test_what_is_changed_back_every_night_is_told(hubspot, monkeypatch):
    (alice,) = members(1)
    push(alice)
    change(hubspot, "person0@uwo.ca", firstname="Somebody")
    check()
    assert not Alert.objects.exists()
    today = timezone.localdate()
    monkeypatch.setattr(contact_batches.timezone, "localdate", lambda *_: today + timedelta(days=1))
    change(hubspot, "person0@uwo.ca", firstname="Somebody")
    check()
    assert Alert.objects.filter(kind="hubspot.differs").count() == 1
    assert contacts(hubspot)["person0@uwo.ca"]["properties"]["firstname"] == "Alice"
