"""The daily digest and the weekly "all well": what they say is fixed when they are promised."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from outbox.figures import troubles, weekly_figures
from outbox.models import Alert
from outbox.promises import promise

BATCH = 500


def promise_digest() -> bool:
    """Promise one mail with everything since the last digest, by kind, if any of it was not told yet."""
    with transaction.atomic():
        # Told or not, a kind is counted whole: "10,000 times" must be true, and the first was mailed at once.
        rows = list(
            Alert.objects.select_for_update()
            .filter(digested__lt=F("count"))
            .order_by("pk")
            .values_list("pk", "kind", "what", "count", "told", "digested")
        )
        kinds: dict[str, dict[str, str | int]] = {}
        untold: set[str] = set()
        for _, kind, what, count, told, digested in rows:
            line = kinds.setdefault(kind, {"kind": kind, "what": what, "count": 0})
            line["count"] = int(line["count"]) + count - digested
            if told < count:
                untold.add(kind)
        pks = [row[0] for row in rows]
        for start in range(0, len(pks), BATCH):
            Alert.objects.filter(pk__in=pks[start : start + BATCH]).update(told=F("count"), digested=F("count"))
        lines = sorted((line for kind, line in kinds.items() if kind in untold), key=lambda line: -int(line["count"]))
        if lines:
            promise("mail.digest", f"mail.digest:{uuid4()}", {"lines": lines})
        return bool(lines)


def promise_all_well() -> bool:
    """Promise the weekly "all well", with its figures, unless something is not: then silence tells."""
    if troubles():
        return False
    now = timezone.now()
    figures = weekly_figures(now - timedelta(days=7))
    with transaction.atomic():
        promise("mail.weekly", f"mail.weekly:{timezone.localdate(now)}", {"figures": figures})
    return True
