"""How the outbox is doing: for the weekly mail, the health page and the dashboard."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from outbox.models import ChannelPause, Delivery, TaskRun
from outbox.schedule import TOLD_FROM_ATTEMPT

# Longer overdue than this, and something is wrong with the worker or a partner.
LATE = timedelta(hours=1)
# A worker looks every second. When something due has waited this long, no worker is running.
LONGEST_WAIT = timedelta(minutes=10)

Figure = Callable[[datetime], int | str]
Trouble = Callable[[], int]

_figures: dict[str, Figure] = {}
_troubles: dict[str, Trouble] = {}


def register_weekly_figure(label: str, figure: Figure) -> None:
    """Show `figure(since)` under `label` in the weekly "all well" mail; called in an app's `ready()`.

    `since` is the aware moment a week ago. The value names nobody: counts, or amounts written out.
    """
    _figures[label] = figure


def register_trouble(label: str, trouble: Trouble) -> None:
    """Let `trouble()`, how many cases of it wait for a person now, stand against "all well"."""
    _troubles[label] = trouble


def weekly_figures(since: datetime) -> list[tuple[str, str]]:
    """Every registered figure with its value since that moment."""
    return [(label, str(figure(since))) for label, figure in _figures.items()]


def troubles() -> list[str]:
    """What is not well now, as "label: number"; empty when all is well."""
    now = timezone.now()
    counts = {
        "deliveries given up": dead_count(),
        "services that refuse us": ChannelPause.objects.filter(refused_since__isnull=False).count(),
        "deliveries that are late": late_deliveries(now),
        "regular jobs that fail": _failing_jobs(now),
        **{label: trouble() for label, trouble in _troubles.items()},
    }
    return [f"{label}: {count}" for label, count in counts.items() if count]


def _failing_jobs(now: datetime) -> int:
    """Those that failed, and those that were begun again and again and never ended."""
    endless = Q(state=TaskRun.State.RUNNING, attempts__gte=TOLD_FROM_ATTEMPT, due_at__lte=now)
    recent = TaskRun.objects.filter(started_at__gt=now - timedelta(days=7))
    return recent.filter(Q(state=TaskRun.State.FAILED) | endless).count()


def dead_count() -> int:
    """Deliveries that were given up and wait for a person."""
    return Delivery.objects.filter(state=Delivery.State.DEAD).count()


def late_deliveries(now: datetime) -> int:
    """Deliveries that should have happened more than an hour ago."""
    return Delivery.objects.filter(
        state__in=[Delivery.State.WAITING, Delivery.State.RUNNING], trying_since__lt=now - LATE
    ).count()


def queue_age() -> timedelta:
    """For how long the oldest delivery that is due has been waiting; zero when none is.

    What waits because its partner refuses us says nothing of the worker, and is left out.
    """
    now = timezone.now()
    held = ChannelPause.objects.filter(Q(waits_until__gt=now) | Q(refused_since__isnull=False))
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__lte=now).order_by("due_at")
    waiting = waiting.exclude(channel__in=held.values("channel"))
    oldest = waiting.values_list("due_at", flat=True).first()
    return now - oldest if oldest else timedelta(0)


def delivered_since(since: datetime) -> int:
    """Deliveries made since that moment."""
    return Delivery.objects.filter(state=Delivery.State.DONE, done_at__gte=since).count()
