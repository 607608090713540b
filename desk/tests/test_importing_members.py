"""Importing lists: seen line by line first, all or nothing, and taken back while nothing came after."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.models import ModelLogEntry

from desk.tests.importing import CSV, URL, imported, uploaded, words_of
from desk.tests.staff import someone
from membership.housekeeping import prune
from membership.imports import running, switching
from membership.models import Import, Level, Member, Membership, Staged
from membership.tests.factories import LevelFactory, MemberFactory, MembershipFactory
from outbox.models import Alert, Delivery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("september")]


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
