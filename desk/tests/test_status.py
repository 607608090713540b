"""What executives read of how the site is doing, and who may read it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from desk.condition import findings
from desk.status import TITLES
from desk.tests.staff import someone
from outbox.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    client.force_login(someone("Owner"))
    return client


def read(client):
    return client.get(reverse("status:index"))


def test_an_owner_reads_every_finding(owner):
    html = read(owner).content.decode()
    for finding in findings():
        assert TITLES.get(finding.name, finding.name.capitalize()) in html


def test_what_is_not_well_comes_first_with_its_section_of_the_runbook(owner):
    Delivery.objects.create(kind="site.nothing", channel="site", key="one", state="dead", due_at=timezone.now())
    html = read(owner).content.decode()
    assert "Something is not well" in html
    assert html.index("Runbook: “Something could not be delivered”") < html.index("It answers")


def test_on_the_server_it_says_when_the_last_backup_was_and_that_a_drill_is_missing(owner, settings, tmp_path):
    settings.STATE_FOLDER = tmp_path
    (tmp_path / "last-backup").write_text(f"{int(timezone.now().timestamp()) - 3 * 3600}\tok\tabcdef\n")
    html = read(owner).content.decode()
    assert "The last one was 3 hours ago" in html
    assert "There has never been one" in html
    assert "Runbook: “The drill failed”" in html


@pytest.mark.parametrize("written", ["", "rubbish\tok\n", f"{10**30}\tok\n"])
def test_a_file_that_holds_no_moment_is_no_backup(owner, settings, tmp_path, written):
    settings.STATE_FOLDER = tmp_path
    (tmp_path / "last-backup").write_text(written)
    assert "Runbook: “The backup failed”" in read(owner).content.decode()


def test_a_backup_of_the_day_before_yesterday_is_not_well(owner, settings, tmp_path):
    settings.STATE_FOLDER = tmp_path
    (tmp_path / "last-backup").write_text(f"{int(timezone.now().timestamp()) - 27 * 3600}\tok\tabcdef\n")
    assert "Runbook: “The backup failed”" in read(owner).content.decode()


def test_on_a_machine_that_makes_none_nothing_is_said_of_backups(owner):
    assert TITLES["backup"] not in read(owner).content.decode()


@pytest.mark.parametrize(("position", "status"), [("Treasurer", 200), ("Editor", 302)])
def test_it_is_for_those_who_look_after_deliveries(client, position, status):
    client.force_login(someone(position))
    assert read(client).status_code == status
    assert ("How the site is doing" in client.get("/admin/").content.decode()) == (status == 200)
