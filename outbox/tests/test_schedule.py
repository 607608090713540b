"""The schedule: once a period whatever the clocks do, made up for after an outage, tried again when it fails."""

import threading
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import OperationalError
from hypothesis import given
from hypothesis import strategies as st

from outbox import figures
from outbox.errors import TransportError
from outbox.models import Alert, TaskRun
from outbox.schedule import LEASE, Scheduled, run_due_tasks, schedule

TORONTO = ZoneInfo("America/Toronto")


def daily(at, weekly_on=None):
    return Scheduled("test", lambda: None, None, at, weekly_on)


@pytest.fixture
def ran(quiet_schedule):
    return []


@pytest.mark.django_db
def test_a_task_runs_once_a_period(ran, clock):
    schedule("minutely", lambda: ran.append(1), every=timedelta(minutes=1))
    assert run_due_tasks() == 1
    assert run_due_tasks() == 0
    clock.shift(60)
    assert run_due_tasks() == 1
    assert len(ran) == 2


@pytest.mark.django_db
def test_a_long_outage_is_made_up_for_once(ran, clock):
    schedule("minutely", lambda: ran.append(1), every=timedelta(minutes=1))
    run_due_tasks()
    clock.shift(timedelta(days=9))
    run_due_tasks()
    run_due_tasks()
    assert len(ran) == 2


@pytest.mark.django_db
def test_a_daily_task_that_is_new_waits_for_its_moment(ran, clock):
    schedule("digest", lambda: ran.append(1), daily_at=time(8))
    run_due_tasks()
    assert ran == []
    clock.move_to(datetime(2026, 9, 16, 7, 59, tzinfo=TORONTO))
    run_due_tasks()
    assert ran == []
    clock.move_to(datetime(2026, 9, 16, 8, 0, tzinfo=TORONTO))
    run_due_tasks()
    run_due_tasks()
    assert ran == [1]


@pytest.mark.django_db
def test_a_daily_task_whose_moment_passed_while_the_worker_was_off_runs_when_it_is_back(ran, clock):
    schedule("digest", lambda: ran.append(1), daily_at=time(8))
    run_due_tasks()
    clock.move_to(datetime(2026, 9, 18, 23, tzinfo=TORONTO))
    run_due_tasks()
    assert ran == [1]


@pytest.mark.django_db
def test_a_weekly_task_runs_on_its_day(ran, clock):
    schedule("weekly", lambda: ran.append(1), weekly_on=0)
    run_due_tasks()
    for hour in range(14 * 24):
        clock.move_to(datetime(2026, 9, 15, 16, tzinfo=UTC) + timedelta(hours=hour))
        run_due_tasks()
    periods = TaskRun.objects.filter(attempts=1).values_list("period", flat=True).order_by("period")
    assert list(periods) == ["2026-09-21T13:00:00+00:00", "2026-09-28T13:00:00+00:00"]
    assert ran == [1, 1]


@pytest.mark.parametrize("at", [time(1, 30), time(2, 30), time(3, 30)])
@pytest.mark.parametrize("day", [datetime(2026, 3, 7, tzinfo=UTC), datetime(2026, 10, 31, tzinfo=UTC)])
def test_the_night_the_clocks_change_has_one_period_like_any_other(at, day):
    scheduled = daily(at)
    periods = {scheduled.period(day + timedelta(minutes=minute)) for minute in range(0, 72 * 60, 5)}
    assert len(periods) == 4
    dates = sorted(period.astimezone(TORONTO).date() for period in periods)
    assert len(set(dates)) == 4


@given(
    now=st.integers(1_577_836_800, 2_208_988_800).map(lambda second: datetime.fromtimestamp(second, tz=UTC)),
    at=st.times(),
    weekday=st.one_of(st.none(), st.integers(0, 6)),
)
def test_a_period_never_begins_in_the_future_and_never_ended(now, at, weekday):
    period = daily(at, weekday).period(now)
    assert period <= now
    assert now - period < timedelta(days=1 if weekday is None else 7, hours=2)
    assert daily(at, weekday).period(period) == period


@pytest.mark.django_db
def test_a_task_that_fails_is_tried_again_within_its_period_and_told_once(ran, clock):
    outcomes = [ValueError("mary.anne@example.com"), ValueError("again"), None]

    def task():
        ran.append(1)
        error = outcomes.pop(0)
        if error is not None:
            raise error

    schedule("failing", task, every=timedelta(hours=6))
    run_due_tasks()
    run_due_tasks()
    assert len(ran) == 1
    for _ in range(60):
        clock.shift(60)
        run_due_tasks()
    assert len(ran) == 3
    run = TaskRun.objects.get()
    assert (run.state, run.attempts) == ("done", 3)
    alert = Alert.objects.get()
    assert alert.kind == "schedule.failed"
    assert "mary.anne" not in alert.what + run.last_error


@pytest.mark.django_db
def test_a_partner_that_is_away_for_a_moment_is_told_only_when_it_lasts(ran, clock):
    def task():
        ran.append(1)
        raise TransportError("Stripe could not be reached.")

    schedule("reconcile", task, every=timedelta(hours=6))
    for _ in range(2):
        run_due_tasks()
        clock.shift(timedelta(minutes=5))
    assert len(ran) == 2
    assert not Alert.objects.exists()
    run_due_tasks()
    assert "Stripe could not be reached." in Alert.objects.get().what


@pytest.mark.django_db
def test_a_task_that_fails_stops_no_other(ran, clock):
    def broken():
        raise ValueError

    schedule("a broken one", broken, every=timedelta(minutes=1))
    schedule("b", lambda: ran.append(1), every=timedelta(minutes=1))
    run_due_tasks()
    assert ran == [1]


@pytest.mark.django_db
def test_a_task_whose_worker_died_is_taken_up_again_after_its_lease(ran, clock):
    def dies():
        ran.append(1)
        if len(ran) == 1:
            raise SystemExit

    schedule("dies", dies, every=timedelta(hours=6))
    with pytest.raises(SystemExit):
        run_due_tasks()
    clock.shift(LEASE - timedelta(seconds=1))
    assert run_due_tasks() == 0
    clock.shift(1)
    assert run_due_tasks() == 1
    assert TaskRun.objects.get().state == "done"


@pytest.mark.django_db
@pytest.mark.parametrize("error", [SystemExit, OperationalError])
def test_a_task_that_ends_no_try_is_told(ran, clock, error):
    """It takes the worker with it, or the database breaks it off each time: neither is written down as failed."""

    def never_ends():
        raise error

    schedule("reconcile", never_ends, every=timedelta(hours=6))
    for alerts in (0, 0, 1, 1):
        with pytest.raises(error):
            run_due_tasks()
        assert Alert.objects.filter(kind="schedule.failed").count() == alerts
        clock.shift(LEASE)
    assert "reconcile" in Alert.objects.get().what
    assert "regular jobs that fail: 1" in figures.troubles()


@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_run_a_task_once(ran, at_once):
    lock = threading.Lock()

    def task():
        with lock:
            ran.append(1)

    schedule("shared", task, every=timedelta(days=1))
    at_once(8, run_due_tasks)
    assert ran == [1]
    assert TaskRun.objects.count() == 1


@pytest.mark.parametrize(
    "rhythm",
    [{}, {"every": timedelta(hours=1), "daily_at": time(1)}, {"every": timedelta(seconds=5)}],
)
def test_a_rhythm_that_makes_no_sense_is_refused(quiet_schedule, rhythm):
    with pytest.raises(ValueError, match="task"):
        schedule("odd", lambda: None, **rhythm)
