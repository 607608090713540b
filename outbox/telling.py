"""Deciding which alerts are mailed at once and which wait for the digest."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from outbox.models import Alert
from outbox.promises import promise

A_KIND_EVERY = timedelta(hours=1)
MAILS_A_DAY = 20


def tell() -> int:
    """Promise the mails of new alerts: the first of a kind in an hour, twenty a day. Returns how many.

    Several workers may do this at once: the rows are locked (on SQLite by the transaction itself), and the second
    finds nothing new.
    """
    if not Alert.objects.filter(state=Alert.State.NEW).exists():
        return 0
    mails = 0
    with transaction.atomic():
        now = timezone.now()
        new = list(
            Alert.objects.select_for_update().filter(state=Alert.State.NEW).order_by("pk").values_list("pk", "kind")
        )
        # What was mailed by a clock that was days fast, and is right again, must not hold back for days.
        mailed = Alert.objects.filter(mailed_at__lt=now + A_KIND_EVERY)
        left = MAILS_A_DAY - mailed.filter(mailed_at__gte=_start_of_day(now)).count()
        recent = set(mailed.filter(mailed_at__gt=now - A_KIND_EVERY).values_list("kind", flat=True))
        for pk, kind in new:
            if kind in recent or mails >= left:
                continue
            recent.add(kind)
            mails += 1
            Alert.objects.filter(pk=pk).update(state=Alert.State.MAILED, mailed_at=now, told=F("count"))
            promise("mail.alert", f"mail.alert:{pk}", {"alert": pk}, about=f"alert:{pk}")
        held = [pk for pk, _ in new]
        for start in range(0, len(held), 500):
            Alert.objects.filter(pk__in=held[start : start + 500], state=Alert.State.NEW).update(
                state=Alert.State.HELD
            )
    return mails


def _start_of_day(now: datetime) -> datetime:
    day = timezone.localdate(now)
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
