"""Pausing a whole channel, and finding out whether it works again."""

from datetime import datetime, timedelta

from outbox.alerts import alert
from outbox.models import ChannelPause, Delivery

FIRST_PROBE_SECONDS = 15
LONGEST_PROBE_SECONDS = 600
# How long nobody else probes while one delivery does.
PROBE_LEASE = timedelta(seconds=60)


def closed(now: datetime) -> list[str]:
    """Channels for which nothing may be claimed now."""
    return list(ChannelPause.objects.filter(waits_until__gt=now).values_list("channel", flat=True))


def may_claim(channel: str, now: datetime) -> tuple[bool, bool]:
    """(may a delivery of this open channel be claimed, is it a probe).

    While a channel is refused, whoever moves `waits_until` first has the one probe.
    """
    refused = ChannelPause.objects.filter(channel=channel, refused_since__isnull=False)
    if not refused.exists():
        return True, False
    won = refused.filter(waits_until__lte=now).update(waits_until=now + PROBE_LEASE)
    return won == 1, won == 1


def wait(channel: str, until: datetime) -> None:
    """The partner asked for time (429 with Retry-After): nothing of this channel before `until`."""
    pause, made = ChannelPause.objects.get_or_create(channel=channel, defaults={"waits_until": until})
    if not made:
        ChannelPause.objects.filter(pk=pause.pk, waits_until__lt=until).update(waits_until=until)


def refuse(channel: str, reason: str, now: datetime) -> None:
    """The partner refuses everything: pause the channel and tell people once. `reason` holds no personal data."""
    until = now + timedelta(seconds=FIRST_PROBE_SECONDS)
    pause, _ = ChannelPause.objects.get_or_create(channel=channel, defaults={"waits_until": until})
    first = ChannelPause.objects.filter(pk=pause.pk, refused_since__isnull=True).update(
        refused_since=now, waits_until=until, wait_seconds=FIRST_PROBE_SECONDS, reason=reason
    )
    if first:
        alert(
            "channel.paused",
            key=f"channel.paused:{channel}:{now.isoformat()}",
            what=f"The service “{channel}” refuses everything we send: {reason}",
            done="The site stopped sending to it. Nothing is lost: everything waits, and it tries again by itself.",
            todo="Check that account and its key. When it works again, what is waiting goes out by itself.",
            link=f"/admin/deliveries/?channel={channel}&state=waiting",
        )


def probe_failed(channel: str, reason: str, now: datetime) -> None:
    """A probe told that the partner still refuses, or told nothing: wait twice as long before the next."""
    pause = ChannelPause.objects.filter(channel=channel, refused_since__isnull=False).first()
    if pause is None:
        return
    seconds = min(LONGEST_PROBE_SECONDS, max(FIRST_PROBE_SECONDS, pause.wait_seconds * 2))
    until = now + timedelta(seconds=seconds)
    ChannelPause.objects.filter(pk=pause.pk).update(wait_seconds=seconds, reason=reason, waits_until=until)


def resume(channel: str, now: datetime) -> None:
    """A probe got through: everything of this channel may go, and the time of the pause counts against nobody."""
    ChannelPause.objects.filter(channel=channel, refused_since__isnull=False).update(
        refused_since=None, wait_seconds=0, waits_until=now, reason=""
    )
    waiting = Delivery.objects.filter(channel=channel, state=Delivery.State.WAITING)
    waiting.filter(trying_since__lt=now).update(trying_since=now)


def probe_now(channel: str, now: datetime) -> None:
    """A person says that it is mended: the next probe may go at once."""
    ChannelPause.objects.filter(channel=channel, waits_until__gt=now).update(waits_until=now)
