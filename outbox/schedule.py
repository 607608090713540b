"""What the worker does by the clock, America/Toronto's: one row for each task and period, however many workers."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from outbox.alerts import alert
from outbox.errors import TransportError
from outbox.models import TaskRun
from outbox.outcomes import trail, wait_before, where

logger = logging.getLogger(__name__)

Task = Callable[[], None]
WEEKLY_AT = time(9)
# A worker that died in a task: another takes it up after this, so no task may take longer.
LEASE = timedelta(minutes=15)
TOLD_FROM_ATTEMPT = 3


@dataclass(frozen=True)
class Scheduled:
    """A task and its rhythm: either `every` so often, or `daily_at`, which `weekly_on` narrows to one weekday."""

    name: str
    task: Task
    every: timedelta | None
    daily_at: time | None
    weekly_on: int | None

    def period(self, now: datetime) -> datetime:
        """The beginning (UTC) of the period that `now` lies in.

        Wall-clock times that a change of clocks skips or repeats happen once: the period belongs to the date.
        """
        if self.every is not None:
            seconds = int(self.every.total_seconds())
            return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=UTC)
        zone = timezone.get_default_timezone()
        day = now.astimezone(zone).date()
        moment = datetime.combine(day, self.daily_at or WEEKLY_AT, tzinfo=zone)
        while moment.astimezone(UTC) > now or (self.weekly_on is not None and day.weekday() != self.weekly_on):
            day -= timedelta(days=1)
            moment = datetime.combine(day, self.daily_at or WEEKLY_AT, tzinfo=zone)
        return moment.astimezone(UTC)


_tasks: dict[str, Scheduled] = {}


def schedule(
    name: str,
    task: Task,
    *,
    every: timedelta | None = None,
    daily_at: time | None = None,
    weekly_on: int | None = None,
) -> None:
    """Let the worker run `task` once a period: every so often, or daily at a wall-clock time, or weekly.

    `weekly_on` is 0 for Monday to 6 for Sunday, at `daily_at` (9:00 without it). A task runs outside any transaction
    and may run twice when a worker dies in it. If it raises, it is tried again within its period, and people are
    told once a day. After an outage the current period is made up for, not each that was missed. A daily or weekly
    task that is new here waits for its first moment.
    """
    if (every is None) == (daily_at is None and weekly_on is None):
        raise ValueError("Give a task either every=… or daily_at=… and/or weekly_on=….")
    if every is not None and every < timedelta(minutes=1):
        raise ValueError("A task runs every minute at most.")
    _tasks[name] = Scheduled(name, task, every, daily_at, weekly_on)


def frequent_tasks() -> list[str]:
    """Names of the tasks that run more often than daily."""
    return [scheduled.name for scheduled in _tasks.values() if scheduled.every is not None]


def forget(name: str) -> None:
    """Undo `schedule`, for tests."""
    _tasks.pop(name, None)


def run_due_tasks(stopping: threading.Event | None = None) -> int:
    """Run every task whose period has no run yet, or whose run failed and is due again. Returns how many ran."""
    ran = 0
    for scheduled in list(_tasks.values()):
        if stopping is not None and stopping.is_set():
            break
        now = timezone.now()
        run = _claim(scheduled, scheduled.period(now).isoformat(), now)
        if run is not None:
            _run(scheduled, run)
            ran += 1
    return ran


def _claim(scheduled: Scheduled, period: str, now: datetime) -> TaskRun | None:
    runs = TaskRun.objects.filter(name=scheduled.name)
    run = runs.filter(period=period).first()
    if run is None:
        fresh = TaskRun(name=scheduled.name, period=period, started_at=now, due_at=now + LEASE)
        if scheduled.every is None and not runs.exists():
            fresh.state, fresh.finished_at, fresh.attempts = TaskRun.State.DONE, now, 0
        try:
            with transaction.atomic():
                fresh.save(force_insert=True)
        except IntegrityError:
            return None
        return fresh if fresh.state == TaskRun.State.RUNNING else None
    if run.state == TaskRun.State.DONE or run.due_at > now:
        return None
    won = runs.filter(pk=run.pk, attempts=run.attempts, due_at=run.due_at).update(
        state=TaskRun.State.RUNNING, attempts=F("attempts") + 1, due_at=now + LEASE
    )
    if not won:
        return None
    if run.state == TaskRun.State.RUNNING and run.attempts + 1 >= TOLD_FROM_ATTEMPT:
        # Nobody wrote down what became of the tries before: their worker died, or the database broke them off.
        reason = "it was begun and did not end"
        logger.error("Task %s: %s, %s times.", scheduled.name, reason, run.attempts)
        _tell(scheduled, now, reason)
    return runs.get(pk=run.pk)


def _run(scheduled: Scheduled, run: TaskRun) -> None:
    mine = TaskRun.objects.filter(pk=run.pk, attempts=run.attempts)
    try:
        scheduled.task()
    except (OperationalError, InterfaceError):
        # The database went away: the lease runs out, and the run is taken up again.
        raise
    except Exception as error:  # noqa: BLE001 - written to the row, logged and told, whatever it is
        _failed(scheduled, run, mine, error)
        return
    mine.update(state=TaskRun.State.DONE, finished_at=timezone.now(), last_error="")


def _failed(scheduled: Scheduled, run: TaskRun, mine: QuerySet[TaskRun], error: Exception) -> None:
    now = timezone.now()
    outside = isinstance(error, TransportError)
    reason = error.message if isinstance(error, TransportError) else where(error)
    logger.error("Task %s failed: %s via %s", scheduled.name, reason, trail(error))
    with transaction.atomic():
        mine.update(state=TaskRun.State.FAILED, due_at=now + wait_before(run.attempts + 3), last_error=reason)
        # A partner that is away for a moment is nobody's business: it is told once it lasts.
        if outside and run.attempts < TOLD_FROM_ATTEMPT:
            return
        _tell(scheduled, now, reason)


def _tell(scheduled: Scheduled, now: datetime, reason: str) -> None:
    alert(
        "schedule.failed",
        key=f"schedule.failed:{scheduled.name}:{timezone.localdate(now)}",
        what=f"A regular job of the site failed: {scheduled.name} ({reason}).",
        done="It is tried again by itself.",
        todo="If you hear of it again tomorrow, ask your maintainer to look at it.",
    )
