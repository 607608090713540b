"""What `manage.py doctor` finds in the database: red where something is lost or stands still."""

import io
from datetime import timedelta
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from desk import condition
from membership.tests.factories import CaseFactory, StripeEventFactory
from outbox.alerts import alert
from outbox.models import Alert, ChannelPause, Delivery, TaskRun

pytestmark = pytest.mark.django_db


def ran(name, **ago):
    when = timezone.now() - timedelta(**ago)
    TaskRun.objects.create(
        name=name, period=str(when), state="done", started_at=when, due_at=when, finished_at=when
    )  # fmt: skip


@pytest.fixture
def well(monkeypatch):
    monkeypatch.setattr(condition, "LOOKS", [look for look in condition.LOOKS if look is not condition.migrations])
    ran(condition.EVERY_MINUTE, minutes=1)
    ran("membership.reconcile", minutes=50)


def red():
    return {finding.name for finding in condition.findings() if not finding.well}


def test_a_quiet_site_is_well(well):
    CaseFactory()
    ran("sign of life", days=3)
    assert red() == set()


@pytest.mark.parametrize(
    ("name", "breaks"),
    [
        ("worker", lambda: TaskRun.objects.filter(name=condition.EVERY_MINUTE).delete()),
        ("comparing", lambda: TaskRun.objects.filter(name="membership.reconcile").delete()),
        ("given up", lambda: Delivery.objects.create(kind="k", channel="site", key="d", state="dead")),
        (
            "deliveries",
            lambda: Delivery.objects.create(
                kind="k", channel="site", key="d", due_at=timezone.now() - timedelta(minutes=11)
            ),
        ),
        (
            "partners",
            lambda: ChannelPause.objects.create(
                channel="hubspot", waits_until=timezone.now(), refused_since=timezone.now()
            ),
        ),
        ("webhook", lambda: StripeEventFactory(state="failed", payload={"id": "evt"})),
        ("webhook", lambda: alert("reconcile.repaired", key="r", what="w", done="d", todo="t")),
    ],
)
def test_what_stands_still_or_is_lost_is_red(well, name, breaks):
    breaks()
    assert red() == {name}


def test_messages_that_arrive_again_after_a_repair_are_well(well):
    alert("reconcile.repaired", key="r", what="w", done="d", todo="t")
    Alert.objects.update(last_at=timezone.now() - timedelta(hours=5))
    StripeEventFactory(received_at=timezone.now())
    assert red() == set()


def test_a_database_that_is_away_is_the_only_line(well):
    with mock.patch.object(connection, "cursor", side_effect=OperationalError("gone")):
        assert [(finding.name, finding.well) for finding in condition.findings()] == [("database", False)]


def test_steps_that_a_broken_off_deploy_left_out_are_counted():
    with mock.patch("desk.condition.MigrationExecutor") as executor:
        executor.return_value.migration_plan.return_value = [1, 2, 3]
        finding = condition.migrations()
    assert (finding.well, finding.words) == (False, "3 steps are missing")


def test_the_command_writes_a_line_for_each_that_a_script_can_take_apart(well):
    said = io.StringIO()
    call_command("doctor", stdout=said)
    lines = [line.split("\t") for line in said.getvalue().splitlines()]
    assert all(len(line) == 4 and line[0] in ("ok", "red") for line in lines)
    assert ["ok", "given up", "nothing", "Something could not be delivered"] in lines
