"""Importing lists: seen line by line first, all or nothing, and taken back while nothing came after."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.models import ModelLogEntry

from desk.tests.staff import someone
from membership.housekeeping import prune
from membership.imports import running
from membership.models import Import, Level, Member, Membership
from membership.tests.factories import LevelFactory, MemberFactory, MembershipFactory
from outbox.models import Delivery

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
    return Import.objects.latest("pk")


def test_the_preview_says_of_each_line_what_would_happen_and_does_nothing(treasurer, people):
    page = treasurer.get(uploaded(treasurer)).content.decode()

    for words in (
        "New member</a>: 1",
        "Membership added</a>: 1",
        "There already</a>: 1",
        "Bad line, left out</a>: 5",
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
    kinds = Delivery.objects.exclude(kind="import.members").values_list("kind", flat=True)
    assert sorted(kinds) == ["hubspot.contact", "hubspot.contact", "stripe.customer"]
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
        broken.setattr(running, "log", fails)
        with pytest.raises(RuntimeError):
            imported(treasurer, url)
    assert (Member.objects.count(), Membership.objects.count()) == (2, 2)
    assert Import.objects.get().state == "failed"
    assert not Delivery.objects.exclude(kind="import.members").exists()

    Delivery.objects.update(state="done")
    assert imported(treasurer, url).state == "done"


def test_an_import_is_undone_as_if_it_had_not_been(treasurer, people):
    url = uploaded(treasurer)
    imported(treasurer, url)

    treasurer.post(url, {"do": "undo"})

    assert set(Member.objects.values_list("email", flat=True)) == {"known@uwo.example", "longer@uwo.example"}
    assert Membership.objects.count() == 2
    assert Import.objects.get().state == "undone"


def test_who_is_known_at_hubspot_stays_without_a_membership(treasurer):
    url = uploaded(treasurer, "Name,Email\nMaya,maya@uwo.example\n")
    imported(treasurer, url)
    Member.objects.update(hubspot_contact_id="4711")

    treasurer.post(url, {"do": "undo"})

    assert Member.objects.get().memberships.count() == 0
    assert Delivery.objects.filter(kind="hubspot.contact").count() == 2


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

    assert "There already</a>: 6" in treasurer.get(url).content.decode()
    assert (
        "Import "
        not in treasurer.get(url).content.decode().split("line by line")[0].split("<main")[-1].split("Bad line")[-1]
    )


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
