"""Processes that are killed (-9), and a database that is restarted."""

import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from django.db import connection
from django.db.utils import InterfaceError, OperationalError

from membership.models import Member, Membership, Payment, StripeEvent
from outbox.models import Delivery
from wits_site.proof import fatal_worker
from wits_site.proof.ground import Ground, until
from wits_site.proof.people import Event, Stripe, StripePage, begin_anew, events, join, waiting
from wits_site.proof.row import Findings, Trial

KILLS_EACH = 20
WEB_POINTS = ("after verify", "before commit", "after commit before the answer")
SESSIONS, COPIES, SENDERS = 1000, 5, 8
WORKER_EVERY, WEB_EVERY = 50, 500
WEBS, WORKERS = ("web", "web 2"), ("worker", "worker 2")  # of two hosts
RESTARTS, RESTART_SESSIONS, BACK_WITHIN = 5, 400, 10.0


def paid(ground: Ground, count: int, prefix: str) -> list[Event]:
    """So many people join and pay, and the site has not heard of it: their `completed` events."""
    page = StripePage(ground)
    for signup in join(count, prefix):
        page.pay(str(signup.stripe_session_id))
    return events(ground, ["checkout.session.completed"])


def web_killed(trial: Trial) -> Findings:
    """The process that serves is killed at three points; Stripe, without an answer, sends the event again."""
    found, ground = Findings(), trial.ground
    begin_anew(ground)
    ground.start("fatal web")
    each = trial.part(KILLS_EACH)
    told = paid(ground, each * len(WEB_POINTS), "web")
    stripe, wrong, healed = Stripe(ground), Counter[str](), 0
    for number, event in enumerate(told):
        point = WEB_POINTS[number % len(WEB_POINTS)]
        if stripe.send(event, die=point) != 0:
            wrong[f"answered though killed {point}"] += 1
        stored = StripeEvent.objects.filter(event_id=event["id"]).count()
        if stored != (1 if point == WEB_POINTS[2] else 0):
            wrong[f"{stored} rows after a kill {point}"] += 1
        stripe.send_until_taken(event)
        healed += StripeEvent.objects.filter(event_id=event["id"], state="processed").count()
    counts = [model._default_manager.count() for model in (Member, Membership, Payment)]
    welcomes = Delivery.objects.filter(kind="mail.welcome").count()
    found.note(f"{each} kills at each of {len(WEB_POINTS)} points")
    found.must(not wrong, f"wrong: {dict(wrong) or 'nothing'}")
    found.must(healed == len(told), f"{healed} of {len(told)} healed by redelivery")
    found.must(
        counts == [len(told)] * 3 and welcomes == len(told), f"{counts[0]} members, {welcomes} welcomes promised"
    )
    return found


def worker_killed(trial: Trial) -> Findings:
    """The worker is killed at four points, then a whole one drains what is left."""
    found, ground = Findings(), trial.ground
    begin_anew(ground)
    ground.start("web")
    each = trial.part(KILLS_EACH)
    told = paid(ground, each * len(fatal_worker.POINTS), "worker")
    stripe, exits = Stripe(ground), Counter[int]()
    for number, event in enumerate(told):
        stripe.send_until_taken(event)
        exits[fatal_worker.run_until_killed(fatal_worker.POINTS[number % len(fatal_worker.POINTS)])] += 1
    left, began = waiting(), time.monotonic()
    ground.start("worker")
    until(lambda: waiting() == 0, seconds=180, what="everything is delivered")
    took = time.monotonic() - began
    found.note(f"{each} kills at each of {len(fatal_worker.POINTS)} points")
    found.must(set(exits) == {-9}, f"ends of the worker {dict(exits)}")
    found.must(took <= 60, f"the {left} that were left drained in {took:.0f} s")
    _all_arrived(found, ground, len(told), kills=len(told))
    return found


def all_at_once(trial: Trial) -> Findings:
    """A thousand sessions, each event five times in any order, to a site on two hosts with one PostgreSQL, each with
    its gunicorn and its worker, while one after the other of them is killed on and on.
    """
    found, ground = Findings(), trial.ground
    begin_anew(ground)
    for web in WEBS:
        ground.start(web)
    sessions = trial.part(SESSIONS, 20)
    told = paid(ground, sessions, "all")
    posts = [event for event in told for _ in range(COPIES)]
    trial.chance.shuffle(posts)
    for worker in WORKERS:
        ground.start(worker)
    kills = _kill_while(trial, posts)
    began = time.monotonic()
    until(lambda: waiting() == 0, seconds=600, what="everything is delivered")
    found.note(
        f"{sessions} sessions, {len(posts)} posts to two hosts, {kills['web']} kills of a gunicorn, "
        f"{kills['worker']} of a worker"
    )
    found.note(f"drained {time.monotonic() - began:.0f} s after the last post")
    stored = StripeEvent.objects.filter(state="processed").count()
    found.must(stored == sessions, f"{stored} events stored")
    found.must(Membership.objects.count() == sessions, f"{Membership.objects.count()} members")
    _all_arrived(found, ground, sessions, kills=kills["worker"])
    return found


def _kill_while(trial: Trial, posts: list[Event]) -> Counter[str]:
    """Send all posts from several threads, each until it is taken; kill beside it. How often each was killed."""
    ground, kills = trial.ground, Counter[str]()
    turn, lock, sent = iter(posts), threading.Lock(), Counter[str]()

    def send(web: str) -> None:
        stripe = Stripe(ground, web)
        while True:
            with lock:
                event = next(turn, None)
            if event is None:
                return
            stripe.send_until_taken(event, seconds=300)
            with lock:
                sent["posts"] += 1

    with ThreadPoolExecutor(SENDERS + 1) as pool:
        senders = [pool.submit(send, WEBS[number % 2]) for number in range(SENDERS)]
        web_every, worker_every = trial.part(WEB_EVERY, 40), trial.part(WORKER_EVERY, 20)
        next_web, next_worker = web_every, worker_every
        goal = len(posts) // COPIES * 3
        while not (all(sender.done() for sender in senders) and next_worker >= goal):
            delivered = (
                Delivery.objects.filter(state=Delivery.State.DONE).exclude(kind__startswith="mail.alert").count()
            )
            if sent["posts"] >= next_web and not all(sender.done() for sender in senders):
                _kill(ground, WEBS[kills["web"] % 2])
                kills["web"] += 1
                next_web += web_every
            if delivered >= next_worker:
                _kill(ground, WORKERS[kills["worker"] % 2])
                kills["worker"] += 1
                next_worker = max(next_worker, delivered) + worker_every
            time.sleep(0.05)
        for sender in senders:
            sender.result()
    return kills


def _kill(ground: Ground, name: str) -> None:
    ground.stop(name, signal.SIGKILL)
    ground.start(name)


def _all_arrived(found: Findings, ground: Ground, people: int, kills: int) -> None:
    """Each person has one customer with their name, one contact, and a welcome mail; none is lost."""
    state = ground.state()
    members = {member.email: member for member in Member.objects.all()}
    customers = Counter(
        one["email"]
        for one in state["customers"]
        if one["metadata"].get("wits_member_id") and "Okafor" in one["name"]
    )
    contacts = Counter(one["properties"]["email"] for one in state["contacts"] if not one["archived"])
    mails = Counter(to for mail in state["mails"] for to in mail["to"] if to in members)
    for what, seen in (("customers", customers), ("contacts", contacts)):
        once = sum(seen[email] == 1 for email in members)
        found.must(once == people == sum(seen.values()), f"{once} {what} of {len(members)} members")
    lost = sum(mails[email] == 0 for email in members)
    total = sum(mails.values())
    found.must(lost == 0 and people <= total <= people + kills, f"{total} welcome mails, {lost} lost")


def database_restarted(trial: Trial) -> Findings:
    """PostgreSQL is stopped and started while events arrive and the worker delivers."""
    found, ground = Findings(), trial.ground
    begin_anew(ground)
    ground.start("web")
    told = paid(ground, trial.part(RESTART_SESSIONS, 60), "restart")
    ground.start("worker")
    waits: list[float] = []
    answered: list[str] = []
    turn, lock = iter(told), threading.Lock()

    def send() -> None:
        stripe = Stripe(ground)
        while True:
            with lock:
                event = next(turn, None)
            if event is None:
                return
            stripe.send_until_taken(event)
            answered.append(event["id"])
            time.sleep(0.2)

    with ThreadPoolExecutor(4) as pool:
        senders = [pool.submit(send) for _ in range(4)]
        for number in range(RESTARTS):
            share = (number + 1) * len(told) // (RESTARTS + 2)
            until(partial(_at_least, answered, share), seconds=120, what="events arrive")
            connection.close()
            ground.restart_database()
            # Counted on the server that is back: what was written before it stopped proves nothing.
            began, before = time.monotonic(), _asked(_done)
            until(partial(_more_done, before), seconds=60, what="the worker is back")
            waits.append(time.monotonic() - began)
        for sender in senders:
            sender.result()
    stored = StripeEvent.objects.filter(event_id__in=answered, state="processed").count()
    until(lambda: waiting() == 0, seconds=180, what="everything is delivered")
    found.note(f"{RESTARTS} restarts while {len(told)} events arrived")
    found.must(stored == len(told), f"{stored} of {len(answered)} acknowledged events stored")
    found.must(
        max(waits) <= BACK_WITHIN, f"the worker delivered again after {', '.join(f'{w:.1f}' for w in waits)} s"
    )
    # Each restart may catch as many deliveries in the middle as the worker has threads.
    _all_arrived(found, ground, len(told), kills=RESTARTS * 4)
    return found


def _at_least(rows: list[str], count: int) -> bool:
    return len(rows) >= count


def _more_done(before: int) -> bool:
    return _asked(_done) > before


def _done() -> int:
    return Delivery.objects.filter(state=Delivery.State.DONE).count()


def _asked(question: Any) -> int:
    """An answer of the database, or -1 while it is away."""
    try:
        return int(question())
    except (OperationalError, InterfaceError):
        connection.close()
        return -1
