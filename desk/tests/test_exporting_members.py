"""The list of members as a spreadsheet: what is on the screen, for those who may, and noted without names."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from desk.tests.staff import someone
from membership.models import Member
from membership.tests.factories import LevelFactory, MemberFactory, MembershipFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/members/"
HEADINGS = ["First name", "Last name", "Email", "Level", "Status", "Since", "Until", "Joined", "Newsletter"]


@pytest.fixture
def treasurer(client):
    client.force_login(someone("Treasurer"))
    return client


def as_rows(response):
    assert response.status_code == 200
    assert response.streaming
    data = response.getvalue()
    if response["Content-Type"].startswith("text/csv"):
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def last_names(response):
    return [row[1] for row in as_rows(response)[1:]]


def test_both_files_hold_what_is_known_of_each_member(treasurer):
    member = MemberFactory(
        first_name="Mary Anne",
        last_name="van Dyk",
        email="mary@uwo.example",
        newsletter=True,
        created_at=timezone.make_aware(datetime(2026, 9, 1, 23, 30)),  # noqa: DTZ001 - Toronto's clock
    )
    MembershipFactory(member=member, starts_on=date(2026, 9, 1), ends_on=date(2099, 4, 30))
    MembershipFactory(member=MemberFactory(last_name="Free"), level=LevelFactory(free=True), ends_on=None)

    in_csv = as_rows(treasurer.get(LIST, {"export": "csv", "ordering": "-last_name"}))
    in_xlsx = as_rows(treasurer.get(LIST, {"export": "xlsx", "ordering": "-last_name"}))

    mary = ["Mary Anne", "van Dyk", "mary@uwo.example", "WITS member", "Active"]
    assert in_csv[0] == in_xlsx[0] == HEADINGS
    assert in_csv[1] == [*mary, "2026-09-01", "2099-04-30", "2026-09-01", "yes"]
    assert in_xlsx[1] == [*mary, datetime(2026, 9, 1), datetime(2099, 4, 30), datetime(2026, 9, 1), "yes"]  # noqa: DTZ001
    assert (in_csv[2][6], in_csv[2][8]) == ("no end", "no")


@pytest.mark.parametrize("export", ["csv", "xlsx"])
def test_a_file_holds_all_pages_of_what_is_filtered_searched_and_sorted(treasurer, export):
    for number in range(55):
        MembershipFactory(member=MemberFactory(last_name=f"Kept {number:02}"))
    MemberFactory(last_name="Kept without a membership")
    MembershipFactory(member=MemberFactory(last_name="Other"))

    response = treasurer.get(
        LIST, {"export": export, "q": "kept", "status": "active", "ordering": "last_name", "p": "2"}
    )

    assert last_names(response) == [f"Kept {number:02}" for number in range(55)]
    assert f'filename="wits-members-{timezone.localdate()}.{export}"' in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]


def test_the_buttons_carry_what_is_on_the_screen_also_after_filtering(treasurer):
    MemberFactory()

    for url in (LIST, f"{LIST}results/"):
        page = treasurer.get(url, {"q": "alice", "ordering": "email"}).content.decode()
        assert "Download XLSX" in page
        assert f"{url}?q=alice&amp;ordering=email&amp;export=xlsx" in page
    assert last_names(treasurer.get(f"{LIST}results/", {"export": "csv", "q": "nobody"})) == []


@pytest.mark.parametrize("evil", ["=cmd|'/C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
@pytest.mark.parametrize("export", ["csv", "xlsx"])
def test_no_field_can_smuggle_a_formula_out(treasurer, evil, export):
    level = LevelFactory(slug="evil", name=evil)
    MembershipFactory(member=MemberFactory(first_name=evil, last_name=evil, email=evil), level=level, ends_on=None)

    response = treasurer.get(LIST, {"export": export})

    if export == "csv":
        cells = as_rows(response)[1]
        assert cells[:4] == [f"'{evil}"] * 4
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in cells)
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(response.getvalue())).active
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert sheet["A2"].value == evil


@pytest.mark.parametrize("position", ["", "Editor"])
def test_editors_and_staff_without_a_position_get_no_file(client, position):
    MemberFactory(email="marked@uwo.example")
    client.force_login(someone(position))

    response = client.get(LIST, {"export": "csv"})

    assert response.status_code == 302
    assert not ModelLogEntry.objects.exists()


def test_looking_at_the_list_is_not_enough(client):
    MemberFactory(email="marked@uwo.example")
    staff = someone("")
    staff.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", "view_member"]))
    client.force_login(staff)

    page = client.get(LIST)
    refused = client.get(LIST, {"export": "csv"})

    assert "marked@uwo.example" in page.content.decode()
    assert "Download" not in page.content.decode()
    assert refused.status_code == 302
    assert not ModelLogEntry.objects.exists()


def test_owners_get_it_too(client):
    MemberFactory(last_name="Anyone")
    client.force_login(someone("Owner"))

    assert last_names(client.get(LIST, {"export": "xlsx"})) == ["Anyone"]


def test_the_audit_log_says_who_how_many_and_by_what_but_no_name(client):
    MembershipFactory(member=MemberFactory(last_name="Marked", email="marked@uwo.example"))
    owner = someone("Owner")
    client.force_login(owner)

    client.get(LIST, {"export": "csv", "q": "marked", "status": "active", "level": "", "marked@uwo.example": "x"})

    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.user, entry.label) == ("membership.export", owner, "List of members")
    assert entry.data == {"rows": 1, "format": "csv", "narrowed_by": ["q", "status"]}
    assert entry.message == "Exported 1 members as CSV, narrowed by q, status"


def test_an_unknown_form_shows_the_list(treasurer):
    assert treasurer.get(LIST, {"export": "exe"}).context["table"]
    assert not ModelLogEntry.objects.exists()


def test_a_long_list_is_read_in_a_few_steps(treasurer):
    def queries(count):
        for _ in range(count):
            MembershipFactory()
        with CaptureQueriesContext(connection) as asked:
            as_rows(treasurer.get(LIST, {"export": "csv"}))
        return len(asked)

    queries(1)
    assert queries(2) == queries(40)
    assert Member.objects.count() == 43
