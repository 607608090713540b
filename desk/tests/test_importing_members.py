"""Importing lists: seen line by line first, all or nothing, and taken back while nothing came after."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.db.models import F
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import ModelLogEntry

from desk.tests.staff import someone
from membership.housekeeping import prune
from membership.imports import running, switching, telling
from membership.models import Import, Level, Member, Membership, Signup, Staged
from membership.tests.factories import LevelFactory, MemberFactory, MembershipFactory, SignupFactory
from outbox.models import Alert, Delivery

pytestmark = pytest.mark.django_db
URL = "/admin/members/import/"
CSV = """First name,Last name,Email,Level,Since,Until
Mary Anne,van Dyk,mary@uwo.example,WITS member,2026-09-21,2027-04-30
Known,Already,known@uwo.example,WITS member,2026-09-01,2027-04-30
Longer,Now,LONGER@uwo.example,wits-member,2026-09-01,2028-04-30
,,nobody@uwo.example,WITS member,,
Bad,Address,no address,WITS member,,
Mary,Twice,Mary@uwo.example,WITS member,,
Wrong,Level,wrong@uwo.example,Gold,,
Wrong,Day,day@uwo.example,WITS member,,31/12/2027
"""


@pytest.fixture(autouse=True)
def september():
    with time_machine.travel("2026-09-21T16:00:00Z", tick=False):
        yield


@pytest.fixture
def treasurer(client):
    client.force_login(someone("Treasurer"))
    return client


@pytest.fixture
def people():
    Level.objects.filter(slug="wits-member").exists() or LevelFactory()
    for email in ("known@uwo.example", "longer@uwo.example"):
        MembershipFactory(
            member=MemberFactory(email=email, first_name="Kept"),
            starts_on=date(2026, 9, 1),
            ends_on=date(2027, 4, 30),
            created_at=timezone.now() - timedelta(days=1),
        )


def uploaded(client, text=CSV):
    response = client.post(URL, {"file": SimpleUploadedFile("list.csv", text.encode())})
    assert response.status_code == 302, response.context["upload"].errors
    return response.url


def imported(client, url):
    client.post(url, {"do": "import"})
    for delivery in Delivery.objects.filter(kind="import.members").exclude(state="done"):
        running.run(delivery)
    for delivery in Delivery.objects.filter(kind="import.tell"):
        telling.tell(delivery)
    return Import.objects.latest("pk")


def words_of(response):
    """What stands on the page, without its tags."""
    return " ".join(strip_tags(response.content.decode()).split())


def test_the_preview_says_of_each_line_what_would_happen_and_does_nothing(treasurer, people):
    page = words_of(treasurer.get(uploaded(treasurer)))

    for words in (
        "New member: 1",
        "Membership added: 1",
        "There already: 1",
        "Bad line, left out: 5",
        "from 21 September 2026 until 30 April 2027",
        "from 1 May 2027 until 30 April 2028",
        "There is no name.",
        "There is a space inside that address",
        "stands on line 2 already",
        "There is no level of that name.",
        "Write it like 2027-04-30.",
        "Import 2 memberships",
    ):
        assert words in page, words
    assert Member.objects.count() == 2
    assert not Delivery.objects.exists()


def test_the_worker_makes_all_of_it_and_tells_hubspot_and_mails_nobody(treasurer, people):
    batch = imported(treasurer, uploaded(treasurer))

    mary = Member.objects.get(email="mary@uwo.example")
    assert (mary.first_name, mary.last_name, mary.newsletter) == ("Mary Anne", "van Dyk", False)
    assert mary.memberships.get().ends_on == date(2027, 4, 30)
    longer = Member.objects.get(email="longer@uwo.example")
    assert longer.first_name == "Kept"
    assert [row.starts_on for row in longer.memberships.all()] == [date(2027, 5, 1), date(2026, 9, 1)]
    assert Membership.objects.count() == 4
    kinds = Delivery.objects.exclude(kind__startswith="import.").values_list("kind", flat=True)
    assert sorted(kinds) == ["hubspot.contact", "hubspot.contacts", "stripe.customer"]
    assert Delivery.objects.get(kind="hubspot.contacts").payload == {"members": [str(mary.uuid)]}
    assert (batch.state, batch.lines, batch.checked) == ("done", [], 8)
    assert ModelLogEntry.objects.get().data == {"counts": {"new": 1, "there": 1, "extends": 1, "bad": 5}}


def test_pressing_the_button_twice_imports_once(treasurer, people):
    url = uploaded(treasurer)
    treasurer.post(url, {"do": "import"})
    treasurer.post(url, {"do": "import"})
    (delivery,) = Delivery.objects.filter(kind="import.members")

    running.run(delivery)
    running.run(delivery)

    assert Membership.objects.count() == 4


def test_if_the_last_step_fails_nothing_is_imported_and_it_can_be_tried_again(treasurer, people, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError

    url = uploaded(treasurer)
    with monkeypatch.context() as broken:
        broken.setattr(switching, "log", fails)
        imported(treasurer, url)
    assert (Member.objects.count(), Membership.objects.count()) == (2, 2)
    assert Import.objects.get().state == "failed"
    assert not Delivery.objects.filter(kind="import.tell").exists()
    assert not Staged.objects.exists()
    told = Alert.objects.get(kind="import.failed")
    assert told.link.endswith(url)

    Delivery.objects.update(state="done")
    assert imported(treasurer, url).state == "done"


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
    with time_machine.travel("2026-09-22T16:00:00Z", tick=False):
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


def test_columns_can_be_put_right(treasurer, people):
    url = uploaded(treasurer, "A,B\nmaya@uwo.example,Maya\n")
    assert "Import 1" not in treasurer.get(url).content.decode()
    assert "Choose the column" in treasurer.post(url, {"do": "match", "starts_on": "2026-09-21"}).content.decode()

    level = Level.objects.get(slug="wits-member").pk
    treasurer.post(url, {"do": "match", "email": "0", "name": "1", "default_level": level, "starts_on": "2026-09-21"})

    assert "Import 1 membership" in treasurer.get(url).content.decode()
    imported(treasurer, url)
    assert Member.objects.get(email="maya@uwo.example").first_name == "Maya"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_our_own_export_imported_again_changes_nothing(treasurer, people, form):
    MembershipFactory(member=MemberFactory(first_name="=1+1"), level=LevelFactory(free=True), ends_on=None)
    MembershipFactory(member=MemberFactory(), state=Membership.State.REFUNDED)
    MembershipFactory(member=MemberFactory(), starts_on=date(2024, 9, 1), ends_on=date(2025, 4, 30))
    MemberFactory()
    data = treasurer.get("/admin/members/", {"export": form}).getvalue()

    url = treasurer.post(URL, {"file": SimpleUploadedFile(f"x.{form}", data)}).url

    page = words_of(treasurer.get(url))
    assert "There already: 6" in page
    assert "There is nothing to import." in page
    assert 'value="import"' not in treasurer.get(url).content.decode()


def test_the_same_file_again_is_noticed(treasurer, people):
    imported(treasurer, uploaded(treasurer))

    assert "This very file was imported already" in treasurer.get(uploaded(treasurer)).content.decode()


def test_a_file_that_is_no_list_is_refused_on_the_form(treasurer):
    page = treasurer.post(URL, {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04broken")})

    assert "damaged" in page.content.decode()
    assert not Import.objects.exists()


def test_lines_are_emptied_after_thirty_days_whatever_became_of_them(treasurer, people):
    url = uploaded(treasurer)
    Import.objects.update(created_at=timezone.now() - timedelta(days=31))

    prune()

    assert Import.objects.get().lines == []
    assert "mary@uwo.example" not in treasurer.get(url).content.decode()
    treasurer.post(url, {"do": "import"})
    assert not Delivery.objects.filter(kind="import.members").exists()


@pytest.mark.parametrize("position", ["", "Editor"])
def test_nobody_else_imports_or_undoes(client, treasurer, people, position):
    url = uploaded(treasurer)
    imported(treasurer, url)
    treasurer.logout()
    client.force_login(someone(position))

    assert client.get(url).status_code == 302
    assert client.post(url, {"do": "undo"}).status_code == 302
    assert client.post(URL, {"file": SimpleUploadedFile("x.csv", CSV.encode())}).status_code == 302
    assert Import.objects.get().state == "done"


@pytest.mark.parametrize("query", ["list=0", "list=x", "list=²", "list="])
def test_a_list_that_is_not_there_is_not_found(treasurer, query):
    assert treasurer.get(f"{URL}?{query}").status_code == 404
