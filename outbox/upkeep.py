"""What the outbox does for itself by the clock."""

from datetime import time, timedelta

from django.core.management import call_command
from django.db.models import Max
from django.utils import timezone

from outbox.alerts import alert
from outbox.deliver import EMPTIED_WHEN_DONE
from outbox.digests import promise_all_well, promise_digest
from outbox.figures import LATE
from outbox.models import Alert, ChannelPause, Delivery, TaskRun
from outbox.pings import worker_is_well
from outbox.schedule import frequent_tasks, schedule

KEEP_DONE = timedelta(days=90)
KEEP_ALERTS = timedelta(days=365)
KEEP_RUNS = timedelta(days=35)
# A run every minute is worth keeping for a day; what runs daily or weekly must leave its last run behind.
KEEP_FREQUENT_RUNS = timedelta(days=1)
MONDAY = 0


def schedule_all() -> None:
    """Called once, when the app is ready."""
    schedule("alert digest", send_digest, daily_at=time(8))
    schedule("weekly all well", send_all_well, daily_at=time(9), weekly_on=MONDAY)
    schedule("prune deliveries", prune, daily_at=time(3, 30))
    schedule("watch services", watch_channels, every=timedelta(minutes=15))
    schedule("publish scheduled pages", publish_scheduled, every=timedelta(minutes=1))
    schedule("sign of life", worker_is_well, every=timedelta(minutes=5))


def send_digest() -> None:
    """Promise the daily digest, if there is something to tell."""
    promise_digest()


def send_all_well() -> None:
    """Promise the weekly mail, if all is well."""
    promise_all_well()


def publish_scheduled() -> None:
    """Publish and take down the pages whose time has come."""
    call_command("publish_scheduled", verbosity=0)


def prune() -> None:
    """Delete done deliveries after 90 days, alerts after a year, and old runs of the schedule.

    A given-up delivery stays for a person, but not a whole message with somebody's name or link in it.
    """
    now = timezone.now()
    Delivery.objects.filter(state=Delivery.State.DONE, done_at__lt=now - KEEP_DONE).delete()
    Delivery.objects.filter(
        state=Delivery.State.DEAD, kind__in=EMPTIED_WHEN_DONE, due_at__lt=now - KEEP_DONE
    ).delete()
    Alert.objects.filter(last_at__lt=now - KEEP_ALERTS, digested__gte=1).delete()
    done = TaskRun.objects.filter(state=TaskRun.State.DONE)
    done.filter(finished_at__lt=now - KEEP_RUNS).delete()
    done.filter(name__in=frequent_tasks(), finished_at__lt=now - KEEP_FREQUENT_RUNS).delete()
    TaskRun.objects.exclude(state=TaskRun.State.DONE).filter(started_at__lt=now - KEEP_RUNS).delete()


def watch_channels() -> None:
    """Tell people once a day of a partner that has not been reached for an hour although something waits for it."""
    now = timezone.now()
    waiting = Delivery.objects.filter(
        state=Delivery.State.WAITING, attempts__gt=0, surprises=0, trying_since__lt=now - LATE
    )
    refused = ChannelPause.objects.filter(refused_since__isnull=False).values_list("channel", flat=True)
    for channel in waiting.exclude(channel__in=refused).order_by().values_list("channel", flat=True).distinct():
        made = Delivery.objects.filter(channel=channel, state=Delivery.State.DONE)
        last = made.aggregate(last=Max("done_at"))["last"]
        if last is not None and last > now - LATE:
            continue
        alert(
            "channel.away",
            key=f"channel.away:{channel}:{timezone.localdate(now)}",
            what=f"The service “{channel}” has not been reached for more than an hour.",
            done="Nothing is lost: what waits for it is tried again by itself, for a week.",
            todo="Look at that service's status page. If it lasts for days, tell your maintainer.",
            link=f"/admin/deliveries/?channel={channel}&state=waiting",
        )
