"""Every night: collect the links, look at those of our own at once, and at the others by and by.

Outside links are looked at in rounds, each a delivery that promises the next: a round ends after a few seconds, so
nothing holds up a worker that is to stop, and what was found is written down link by link, so a round whose worker
was killed goes on where it was.
"""

import time as clock
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from home.broken_links.collecting import collect, collect_again, leave_out
from home.broken_links.inside import what_is_wrong
from home.broken_links.looking import Look, Verdict, look
from home.broken_links.records import Link
from home.opportunities.page import OpportunityPage
from home.partners.records import Partner
from outbox.alerts import note
from outbox.models import Delivery
from outbox.promises import promise
from outbox.registry import register
from outbox.schedule import schedule

ROUND, ONE, ANEW = "links.round", "links.one", "links.anew"
CHANNEL = "links"
AT_ONCE = 6
ROUND_SECONDS = 20.0
# Nothing of a night is left for the next, however slow other sites are.
MOST_ROUNDS = 100
# While another worker asks, we wait: two would ask the same site at the same time.
WAIT_FOR_OTHERS = timedelta(seconds=30)
# Failing on two nights makes a link broken; the second look of one evening is not another night.
A_NIGHT = timedelta(hours=12)
LATER_AT_LEAST, LATER_AT_MOST = timedelta(hours=12), timedelta(days=7)
# When so many sites are silent and none answers, it is our own network that is away.
OURS_FROM = 3


def register_all() -> None:
    """Called once, when the app is ready."""
    leave_out(OpportunityPage, lambda: OpportunityPage.objects.filter(last_day__lt=timezone.localdate()))
    leave_out(Partner, lambda: Partner.objects.filter(until__lt=timezone.localdate()))
    register(ROUND, make_round, channel=CHANNEL, label="Look at links to other sites")
    register(ONE, look_at_one, channel=CHANNEL, label="Look at one link again")
    register(ANEW, read_anew, channel="site", label="Read the links of what was changed")
    schedule("home.links", begin_night, daily_at=time(2, 15))


def begin_night() -> None:
    """Write down all links, look at our own, and promise the first round of the others."""
    now = timezone.now()
    collect()
    look_inside(now)
    with transaction.atomic():
        _promise_round({"since": now.isoformat(), "round": 1, "night": True})


def begin_now() -> None:
    """The same, because somebody asked for it; pressed twice within a minute is once."""
    now = timezone.now().replace(second=0, microsecond=0)
    with transaction.atomic():
        _promise_round({"since": now.isoformat(), "round": 0, "night": False})


def look_again_at(link: Link) -> None:
    """Promise a look at one link, because somebody asked for it."""
    minute = timezone.now().replace(second=0, microsecond=0)
    with transaction.atomic():
        promise(ONE, f"{ONE}:{link.pk}:{minute.isoformat()}", {"link": link.pk})


def look_inside(now: datetime, links: "QuerySet[Link] | None" = None) -> None:
    """What is ours is certain: a link that leads to nothing is broken at once."""
    mine = list((Link.objects.all() if links is None else links).filter(host=""))
    wrong = what_is_wrong(link.address for link in mine)
    for link in mine:
        why = wrong[link.address]
        link.looked_at, link.why = now, why
        if why:
            link.failing_since, link.broken_at = link.failing_since or now, link.broken_at or now
            link.state = Link.State.BROKEN
        else:
            link.failing_since, link.broken_at, link.state = None, None, Link.State.FINE
    fields = ["looked_at", "why", "failing_since", "broken_at", "state"]
    Link.objects.bulk_update(mine, fields, batch_size=200)


def make_round(delivery: Delivery) -> None:
    """Look at outside links for some seconds; promise the next round while any are left, else say how it was."""
    asked = delivery.payload
    since, number = datetime.fromisoformat(asked["since"]), int(asked["round"])
    if _another_asks(delivery):
        with transaction.atomic():
            _promise_round(asked, after=delivery.pk)
        return
    if number == 0:  # somebody asked for it: what stands on the site now
        collect()
        look_inside(timezone.now())
    _write_silent(_ask_around(since, night=asked["night"]), since, night=asked["night"])
    with transaction.atomic():
        if left(since).exists() and number < MOST_ROUNDS:
            _promise_round({**asked, "round": number + 1})
        else:
            _tell(since)


def look_at_one(delivery: Delivery) -> None:
    """One link, if it still stands anywhere."""
    if _another_asks(delivery):
        with transaction.atomic():
            due = timezone.now() + WAIT_FOR_OTHERS
            promise(ONE, f"{ONE}:after:{delivery.pk}", delivery.payload, due_at=due)
        return
    link = Link.objects.filter(pk=delivery.payload["link"]).first()
    now = timezone.now()
    if link is None or (link.not_before and link.not_before > now):
        return
    if link.host and settings.LOOK_AT_OTHER_SITES:
        write(link, look(link.address), now, night=False)
    elif not link.host:
        look_inside(now, Link.objects.filter(pk=link.pk))


def read_anew(delivery: Delivery) -> None:
    """The links of what somebody changed, which had one in trouble."""
    holder = delivery.payload["holder"]
    collect_again(holder)
    look_inside(timezone.now(), Link.objects.filter(places__holder=holder).distinct())


def left(since: datetime) -> QuerySet[Link]:
    """The outside links that nobody has looked at since then, and whose sites may be asked."""
    if not settings.LOOK_AT_OTHER_SITES:
        return Link.objects.none()
    unseen = Q(looked_at=None) | Q(looked_at__lt=since)
    allowed = Q(not_before=None) | Q(not_before__lte=timezone.now())
    return Link.objects.exclude(host="").filter(unseen, allowed)


def write(link: Link, found: Look, now: datetime, *, night: bool) -> None:
    """What one look found, on the row. Only a night makes a link broken that failed the night before."""
    if found.verdict is Verdict.LATER:
        asked = min(max(timedelta(seconds=found.after), LATER_AT_LEAST), LATER_AT_MOST)
        Link.objects.filter(host=link.host).update(not_before=now + asked)
        if link.state == Link.State.NEW:
            Link.objects.filter(pk=link.pk).update(state=Link.State.UNCLEAR, why=found.why, failing_since=now)
        return
    changes: dict[str, Any] = {"looked_at": now, "why": found.why, "not_before": None}
    if found.verdict is Verdict.FINE:
        changes |= {"state": Link.State.FINE, "failing_since": None, "broken_at": None}
    elif found.verdict is Verdict.UNCLEAR:
        since = link.failing_since if link.state == Link.State.UNCLEAR else None
        changes |= {"state": Link.State.UNCLEAR, "failing_since": since or now, "broken_at": None}
    elif link.state == Link.State.BROKEN:
        changes |= {"state": Link.State.BROKEN}
    elif night and link.state == Link.State.ONCE and link.failing_since and now - link.failing_since >= A_NIGHT:
        changes |= {"state": Link.State.BROKEN, "broken_at": now}
    else:
        first = link.failing_since if link.state == Link.State.ONCE else None
        changes |= {"state": Link.State.ONCE, "failing_since": first or now}
    Link.objects.filter(pk=link.pk).update(**changes)


def _ask_around(since: datetime, *, night: bool) -> list[tuple[Link, Look]]:
    """Ask site by site, several at once, until the time of a round is over. Returns who was silent."""
    ends = clock.monotonic() + ROUND_SECONDS
    sites: dict[str, list[Link]] = {}
    for link in left(since).order_by("host", "pk"):
        sites.setdefault(link.host, []).append(link)
    # The sites with most links begin first, so that the last one is not alone at the end.
    waiting = sorted(sites.values(), key=len)
    silent: list[tuple[Link, Look]] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        asked: dict[Future[Look], tuple[Link, list[Link]]] = {}

        def ask_next(queue: list[Link]) -> None:
            link = queue.pop(0)
            asked[pool.submit(look, link.address)] = (link, queue)

        while True:
            in_time = clock.monotonic() < ends
            while in_time and waiting and len(asked) < AT_ONCE:
                ask_next(waiting.pop())
            if not asked:
                return silent
            for future in wait(asked, return_when=FIRST_COMPLETED).done:
                link, queue = asked.pop(future)
                found = future.result()
                if found.verdict is Verdict.SILENT:
                    silent.append((link, found))
                else:
                    write(link, found, timezone.now(), night=night)
                if queue and in_time and found.verdict is not Verdict.LATER:
                    waiting.append(queue)


def _write_silent(silent: list[tuple[Link, Look]], since: datetime, *, night: bool) -> None:
    """Sites that said nothing. Where none at all answered, nothing is known of any of them."""
    now = timezone.now()
    answered = Link.objects.exclude(host="").filter(looked_at__gte=since).exists()
    away = not answered and len({link.host for link, _ in silent}) >= OURS_FROM
    for link, found in silent:
        if away:
            Link.objects.filter(pk=link.pk).update(looked_at=now)
        else:
            write(link, found, now, night=night)


def _another_asks(delivery: Delivery) -> bool:
    """Whether another worker is asking now: two would meet at the same sites."""
    running = Delivery.objects.filter(channel=CHANNEL, state=Delivery.State.RUNNING, lease_until__gt=timezone.now())
    return running.exclude(pk=delivery.pk).exists()


def _promise_round(asked: dict[str, Any], after: int = 0) -> None:
    """`after`: the delivery that found another worker asking."""
    key = f"{ROUND}:{asked['since']}:{asked['round']}"
    if after:
        promise(ROUND, f"{key}:after:{after}", asked, due_at=timezone.now() + WAIT_FOR_OTHERS)
    else:
        promise(ROUND, key, asked)


def _tell(since: datetime) -> None:
    """One line in the daily digest, of what broke tonight; nothing where nothing did."""
    new = Link.objects.filter(state=Link.State.BROKEN, broken_at__gte=since).count()
    if new:
        links = "1 link of the site leads" if new == 1 else f"{new} links of the site lead"
        note("links.broken", f"Since last night {links} nowhere. See Reports, Broken links.")
