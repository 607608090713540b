"""What the outbox does for itself: the weekly "all well", pruning, and watching for a partner that is away."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from outbox import figures, upkeep
from outbox.digests import promise_all_well
from outbox.errors import TransportError
from outbox.mail_backend import PromiseBackend
from outbox.models import Alert, ChannelPause, Delivery, TaskRun
from outbox.schedule import frequent_tasks, run_due_tasks
from outbox.worker import drain, run_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_figures(monkeypatch):
    monkeypatch.setattr(figures, "_figures", {})
    monkeypatch.setattr(figures, "_troubles", {})


def test_all_well_is_mailed_with_true_figures(own_figures, kind, mailbox, clock):
    asked = []
    figures.register_weekly_figure("new members", lambda since: asked.append(since) or 12)
    figures.register_weekly_figure("deliveries", figures.delivered_since)
    for number in range(3):
        kind.promise(str(number))
    drain()
    assert promise_all_well()
    drain()
    assert mailbox[0].subject == "WITS site: all well this week"
    assert "- new members: 12" in mailbox[0].body
    assert "- deliveries: 3" in mailbox[0].body
    assert asked == [timezone.now() - timedelta(days=7)]


@pytest.mark.parametrize("trouble", ["dead", "refused", "late", "task", "registered"])
def test_nothing_is_mailed_while_something_is_not_well(own_figures, kind, mailbox, clock, trouble):
    now = timezone.now()
    row = kind.promise(due_at=now + timedelta(days=1))
    if trouble == "dead":
        Delivery.objects.filter(pk=row.pk).update(state="dead")
    elif trouble == "refused":
        ChannelPause.objects.create(channel="stripe", refused_since=now, waits_until=now)
    elif trouble == "late":
        Delivery.objects.filter(pk=row.pk).update(trying_since=now - timedelta(hours=2))
    elif trouble == "task":
        TaskRun.objects.create(name="x", period="y", state="failed", due_at=now, started_at=now)
    else:
        figures.register_trouble("events that failed", lambda: 1)
    assert not promise_all_well()
    drain()
    assert mailbox == []
    assert len(figures.troubles()) == 1


def test_what_is_due_tomorrow_is_not_late(own_figures, kind, clock):
    kind.promise(due_at=timezone.now() + timedelta(days=1))
    assert figures.troubles() == []


def test_queue_age_is_that_of_the_oldest_that_is_due(kind, clock):
    assert figures.queue_age() == timedelta(0)
    kind.promise("one", due_at=timezone.now() - timedelta(minutes=5))
    kind.promise("two")
    assert figures.queue_age() == timedelta(minutes=5)


def test_queue_age_leaves_out_what_waits_for_a_partner_that_refuses_us(kind, clock):
    kind.always = TransportError("Key refused (401).", pauses=True)
    kind.promise()
    run_once()
    clock.shift(timedelta(days=2))
    assert figures.queue_age() == timedelta(0)


def test_pruning_deletes_done_rows_after_ninety_days_and_keeps_what_is_open_or_dead(kind, clock):
    for state in ("done", "done recently", "waiting", "dead", "running"):
        row = kind.promise(state)
        age = timedelta(days=89 if "recently" in state else 91)
        Delivery.objects.filter(pk=row.pk).update(state=state.split()[0], done_at=timezone.now() - age)
    upkeep.prune()
    left = sorted(Delivery.objects.values_list("key", flat=True))
    assert left == [f"test.push:{state}" for state in ("dead", "done recently", "running", "waiting")]


def test_pruning_deletes_a_whole_message_that_was_given_up_long_ago(clock, mailbox):
    PromiseBackend().send_messages([EmailMessage("Reset", "secret link", None, ["robin@example.com"])])
    Delivery.objects.update(state="dead")
    clock.shift(timedelta(days=89))
    upkeep.prune()
    assert Delivery.objects.count() == 1
    clock.shift(timedelta(days=2))
    upkeep.prune()
    assert not Delivery.objects.exists()


def test_pruning_keeps_the_last_run_of_weekly_tasks(clock):
    def run(name, days):
        moment = timezone.now() - timedelta(days=days)
        TaskRun.objects.create(
            name=name, period=str(moment), state="done", due_at=moment, started_at=moment, finished_at=moment
        )

    assert "publish scheduled pages" in frequent_tasks()
    run("publish scheduled pages", 2)
    run("publish scheduled pages", 0)
    run("weekly all well", 7)
    run("weekly all well", 40)
    upkeep.prune()
    assert TaskRun.objects.filter(name="publish scheduled pages").count() == 1
    assert TaskRun.objects.filter(name="weekly all well").count() == 1


def test_a_partner_that_is_away_for_five_days_is_told_once_a_day(kind, clock, mailbox):
    kind.always = TransportError("HubSpot could not be reached.")
    kind.promise()
    for _ in range(5 * 24 * 4):
        drain()
        upkeep.watch_channels()
        clock.shift(timedelta(minutes=15))
    days = Alert.objects.filter(kind="channel.away").count()
    assert days in (5, 6)
    assert len(mailbox) == days


def test_a_partner_that_still_takes_other_deliveries_is_not_away(kind, clock):
    kind.always = TransportError("Busy.")
    kind.promise("stuck")
    run_once()
    clock.shift(timedelta(hours=3))
    kind.always = None
    kind.promise("fine")
    Delivery.objects.filter(key="test.push:stuck").update(due_at=timezone.now() + timedelta(hours=1))
    run_once()
    upkeep.watch_channels()
    assert not Alert.objects.exists()


def test_a_paused_channel_is_told_by_its_one_alert_only(kind, clock):
    kind.always = TransportError("Key refused (401).", pauses=True)
    kind.promise()
    run_once()
    clock.shift(timedelta(days=2))
    upkeep.watch_channels()
    assert list(Alert.objects.values_list("kind", flat=True)) == ["channel.paused"]


def test_the_outboxs_own_tasks_run(quiet_schedule, clock):
    upkeep.schedule_all()
    assert run_due_tasks() == 3
    clock.shift(timedelta(days=7))
    assert run_due_tasks() == 6
    assert not TaskRun.objects.exclude(state="done").exists()
