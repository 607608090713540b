"""What only the database knows of how the site is doing, for `deploy/doctor.sh` and the status page, a line each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max
from django.utils import timezone

from membership.models import StripeEvent
from membership.unsettled import count_cases, count_failed_events
from outbox.figures import LONGEST_WAIT, dead_count, queue_age
from outbox.models import Alert, ChannelPause, TaskRun

# The worker does this every minute, whatever else there is to do: the moment it last did is its heartbeat.
EVERY_MINUTE = "publish scheduled pages"
A_MINUTE = timedelta(minutes=1)
LONGEST_SILENCE = timedelta(minutes=10)
LONGEST_WITHOUT_COMPARING = timedelta(hours=3)
REPAIRS_COUNT_FOR = timedelta(days=2)


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, whether it is well, what was found, and the section of the runbook."""

    name: str
    well: bool
    words: str
    section: str


def findings() -> Iterator[Finding]:
    """Everything that was looked at; only the first, when the database is away."""
    away = "The database is away"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        yield Finding("database", False, "it does not answer", away)
        return
    yield Finding("database", True, "it answers", away)
    for look in LOOKS:
        yield look()


def migrations() -> Finding:
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    words = f"{missing} steps are missing" if missing else "it is made for the release that runs"
    return Finding("tables", not missing, words, "A deploy was broken off")


def worker() -> Finding:
    last = TaskRun.objects.filter(name=EVERY_MINUTE).aggregate(last=Max("finished_at"))["last"]
    silence = timezone.now() - last if last else None
    words = f"its last sign of life was {ago(silence)}" if silence is not None else "it has never run"
    return Finding("worker", silence is not None and silence < LONGEST_SILENCE, words, "The worker is silent")


def queue() -> Finding:
    age = queue_age()
    words = f"what is due has waited for {_minutes(age)}" if age >= A_MINUTE else "nothing is late"
    return Finding("deliveries", age < LONGEST_WAIT, words, "The worker is silent")


def dead() -> Finding:
    count = dead_count()
    return Finding(
        "given up", not count, f"{count} deliveries" if count else "nothing", "Something could not be delivered"
    )


def channels() -> Finding:
    refused = list(ChannelPause.objects.filter(refused_since__isnull=False).values_list("channel", flat=True))
    words = f"{', '.join(refused)} refuses us" if refused else "none refuses us"
    return Finding("partners", not refused, words, "A service refuses us")


def comparing() -> Finding:
    done = TaskRun.objects.filter(name="membership.reconcile", state=TaskRun.State.DONE)
    last = done.aggregate(last=Max("finished_at"))["last"]
    since = timezone.now() - last if last else None
    words = f"payments were compared with Stripe {ago(since)}" if since is not None else "never compared with Stripe"
    return Finding(
        "comparing", since is not None and since < LONGEST_WITHOUT_COMPARING, words, "Payments are not compared"
    )


def webhook() -> Finding:
    """Silence is no trouble in summer. That the comparison found payments after the last message is."""
    section = "Stripe's messages do not arrive"
    last = StripeEvent.objects.aggregate(last=Max("received_at"))["last"]
    failed = count_failed_events()
    if failed:
        return Finding("webhook", False, f"{failed} messages from Stripe failed", section)
    repairs = Alert.objects.filter(kind="reconcile.repaired", last_at__gt=timezone.now() - REPAIRS_COUNT_FOR)
    repaired = repairs.aggregate(last=Max("last_at"))["last"]
    if repaired is not None and (last is None or last < repaired):
        return Finding("webhook", False, "payments were found at Stripe that no message told of", section)
    words = f"Stripe's last message came {ago(timezone.now() - last)}" if last else "Stripe has not written yet"
    return Finding("webhook", True, words, section)


def cases() -> Finding:
    """They wait for a person and were told; the site itself is well."""
    return Finding("cases", True, f"{count_cases()} wait for a person", "A payment needs a person")


def ago(gone: timedelta | None) -> str:
    """`3 hours ago`, `just now`; `never` for None."""
    if gone is None:
        return "never"
    return f"{_minutes(gone)} ago" if gone >= A_MINUTE else "just now"


def _minutes(gone: timedelta) -> str:
    minutes = int(gone.total_seconds() // 60)
    for size, word in ((1440, "days"), (60, "hours")):
        if minutes >= 2 * size:
            return f"{minutes // size} {word}"
    return f"{minutes} minutes" if minutes != 1 else "1 minute"


LOOKS = [migrations, worker, queue, dead, channels, comparing, webhook, cases]
