"""An import while others join, and taking one back: nobody is made twice, and nothing that came after is lost."""

from datetime import date

import pytest
import time_machine
from django.db import OperationalError
from django.db.models import F

from desk.tests.importing import imported, uploaded
from membership.imports import running, switching, telling
from membership.models import Import, Member, Membership, Signup, Staged
from membership.tests.factories import MemberFactory, MembershipFactory, SignupFactory
from outbox.models import Alert, Delivery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("september")]


def meanwhile(monkeypatch, deed, times=1):
    """Let `deed` happen after the lines were decided and before they become members."""
    whole, left = running.switch, [None] * times

    def switch(*args):
        if left:
            left.pop()
            deed()
        return whole(*args)

    monkeypatch.setattr(running, "switch", switch)


def test_who_joins_while_it_runs_is_not_made_twice(treasurer, people, monkeypatch):
    def joins():
        MembershipFactory(
            member=MemberFactory(email="mary@uwo.example", first_name="Herself", revision=1),
            ends_on=date(2027, 4, 30),
        )

    meanwhile(monkeypatch, joins)
    batch = imported(treasurer, uploaded(treasurer))

    assert batch.state == "done"
    assert batch.counts == {"new": 0, "there": 2, "extends": 1, "bad": 5}
    assert Member.objects.get(email="mary@uwo.example").memberships.count() == 1
    assert not Staged.objects.exists()


def test_a_membership_that_changes_while_it_runs_is_decided_again(treasurer, people, monkeypatch):
    longer = Member.objects.get(email="longer@uwo.example")

    def is_refunded():
        longer.memberships.update(state=Membership.State.REFUNDED)
        Member.objects.filter(pk=longer.pk).update(revision=longer.revision + 1)

    meanwhile(monkeypatch, is_refunded)
    imported(treasurer, uploaded(treasurer))

    assert longer.memberships.get(state="active").starts_on == date(2026, 9, 1), "nothing is running before it now"


def test_who_joins_at_the_very_moment_sends_it_round_again(treasurer, people, monkeypatch):
    whole, rounds = switching._changed, []

    def changed(staged):
        if not rounds:
            MemberFactory(email="mary@uwo.example")  # after the look, before the writing
        rounds.append(whole(staged) if rounds else set())
        return rounds[-1]

    monkeypatch.setattr(switching, "_changed", changed)
    assert imported(treasurer, uploaded(treasurer)).state == "done"
    assert len(rounds) == 2
    assert Member.objects.filter(email="mary@uwo.example").count() == 1


def test_if_people_of_the_list_never_stop_joining_a_person_is_told_and_can_begin_again(
    treasurer, people, monkeypatch
):
    url = uploaded(treasurer)

    def changes():
        Member.objects.filter(email="longer@uwo.example").update(revision=F("revision") + 1)

    with monkeypatch.context() as busy:
        meanwhile(busy, changes, times=running.ROUNDS)
        batch = imported(treasurer, url)
    assert batch.state == "failed"
    assert "joined over and over" in Alert.objects.get(kind="import.failed").what
    assert "Import 2 memberships" in treasurer.get(url).content.decode()

    Delivery.objects.update(state="done")
    assert imported(treasurer, url).state == "done"


def test_an_import_whose_worker_gave_it_up_says_so_and_can_begin_again(treasurer, people):
    url = uploaded(treasurer)
    treasurer.post(url, {"do": "import"})
    assert "Being imported" in treasurer.get(url).content.decode()
    Delivery.objects.update(state="dead")

    page = treasurer.get(url)
    assert "It stopped" in page.content.decode()
    assert "Refresh" not in page.headers
    assert imported(treasurer, url).state == "done"


def test_a_database_that_is_away_is_waited_for(treasurer, people, monkeypatch):
    url = uploaded(treasurer)

    def away():
        raise OperationalError("away")

    meanwhile(monkeypatch, away)
    with pytest.raises(OperationalError):
        imported(treasurer, url)
    assert Import.objects.get().state == "waiting"
    assert not Alert.objects.exists()
    assert imported(treasurer, url).state == "done"


def test_a_second_worker_that_took_over_and_the_first_make_it_once(treasurer, people, monkeypatch):
    url = uploaded(treasurer)
    treasurer.post(url, {"do": "import"})
    delivery = Delivery.objects.get()
    meanwhile(monkeypatch, lambda: running.run(delivery))
    running.run(delivery)
    assert Membership.objects.count() == 4
    assert Delivery.objects.filter(kind="import.tell").count() == 1
    assert not Staged.objects.exists()


def test_undoing_leaves_who_has_a_join_form_by_now(treasurer, people):
    url = uploaded(treasurer)
    imported(treasurer, url)
    mary = Member.objects.get(email="mary@uwo.example")
    SignupFactory(member=mary, email="mary@uwo.example", state=Signup.State.CASE)

    treasurer.post(url, {"do": "undo"})

    assert mary.memberships.count() == 0
    assert Signup.objects.get(member=mary)


def test_an_import_is_undone_as_if_it_had_not_been(treasurer, people):
    url = uploaded(treasurer)
    imported(treasurer, url)

    treasurer.post(url, {"do": "undo"})

    assert set(Member.objects.values_list("email", flat=True)) == {"known@uwo.example", "longer@uwo.example"}
    assert Membership.objects.count() == 2
    assert Import.objects.get().state == "undone"


def test_who_is_known_at_hubspot_stays_without_a_membership(treasurer, people):
    Member.objects.all().delete()
    url = uploaded(treasurer, "Name,Email,Level\nMaya,maya@uwo.example,WITS member\n")
    imported(treasurer, url)
    Member.objects.update(hubspot_contact_id="4711")

    treasurer.post(url, {"do": "undo"})

    assert Member.objects.get().memberships.count() == 0
    telling.tell(Delivery.objects.filter(kind="import.tell").latest("pk"))
    assert Delivery.objects.filter(kind="hubspot.contact").count() == 1


@pytest.mark.parametrize("what", ["membership", "end", "correction"])
def test_nothing_is_undone_once_something_came_after(treasurer, people, what):
    url = uploaded(treasurer)
    imported(treasurer, url)
    mary = Member.objects.get(email="mary@uwo.example")
    with time_machine.travel("2026-09-22T03:00:00Z", tick=False):
        if what == "membership":
            MembershipFactory(member=mary)
        elif what == "end":
            mary.memberships.update(state=Membership.State.ENDED)
        else:
            data = {"first_name": "Mary", "last_name": "Dyk", "email": mary.email}
            treasurer.post(f"/admin/members/edit/{mary.pk}/", data)
    before = Membership.objects.count()

    page = treasurer.post(url, {"do": "undo"}, follow=True).content.decode()

    assert "cannot be undone: 1 of its members" in page
    assert Membership.objects.count() == before
    assert Import.objects.get().state == "done"
