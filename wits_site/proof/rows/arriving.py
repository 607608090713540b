"""Events that come more than once, in any order, at the same time, or from somebody else."""

import json
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from django.db import connections

from membership.models import Member, Membership, Payment, Signup, StripeEvent
from outbox.models import Alert, Delivery
from wits_site.proof.ground import Ground
from wits_site.proof.people import BAD_CARD, Event, Stripe, StripePage, begin_anew, events, join, signed, truth
from wits_site.proof.row import Findings, Trial

SESSIONS, ORDERINGS, COPIES = 40, 200, 5
ROUNDS, AT_ONCE = 100, 16
FORGED = 500
# What the forty people do, and how often each.
JOURNEYS = (
    ["pays"] * 5
    + ["disputes and loses"] * 2
    + ["disputes and wins"] * 2
    + ["is warned of"] * 1
    + ["is refunded in vain"] * 2
    + ["is declined, then pays"] * 6
    + ["is refunded"] * 5
    + ["is refunded in two parts"] * 4
    + ["pays slowly"] * 4
    + ["pays slowly in vain"] * 4
    + ["lets it expire"] * 5
)
MEMBERS_AT_THE_END = 12 + 6 + 5 + 4 + 4  # whatever becomes of them afterwards


def any_order(trial: Trial) -> Findings:
    """The events of forty sessions in many orderings, each event several times; each ordering has its own copies."""
    found, ground = Findings(), trial.ground
    begin_anew(ground)
    ground.start("web")
    signups = join(SESSIONS, "order")
    _live_through(ground, signups)
    told = events(ground)
    orderings = trial.part(ORDERINGS)
    seeds = [trial.chance.random() for _ in range(orderings)]
    statuses: Counter[int] = Counter()

    def one_ordering(number: int) -> list[tuple[Any, ...]]:
        copies, own = _copied(signups, told, number)
        posts = [event for event in own for _ in range(COPIES)]
        if number:  # the first is the order in which it happened
            random.Random(seeds[number]).shuffle(posts)
        stripe = Stripe(ground)
        for event in posts:
            statuses[stripe.send(event)] += 1
        known = truth(str(copy.uuid) for copy in copies)
        return [known[str(copy.uuid)] for copy in copies]

    with ThreadPoolExecutor(8) as pool:
        ends = list(pool.map(_closing(one_ordering), range(orderings)))
    different = sum(end != ends[0] for end in ends)
    found.note(f"{orderings} orderings of {len(told)} events of {SESSIONS} sessions, {COPIES} copies each")
    found.must(set(statuses) == {200}, f"answers {dict(statuses)}")
    found.must(different == 0, f"{different} orderings ended differently")
    members = sum(term is not None for *_, term in ends[0])
    found.must(members == MEMBERS_AT_THE_END, f"{members} memberships in each")
    welcomes = Delivery.objects.filter(kind="mail.welcome").count()
    found.must(welcomes == MEMBERS_AT_THE_END * orderings, f"{welcomes} welcome mails promised in all")
    return found


def _live_through(ground: Ground, signups: list[Signup]) -> None:
    page = StripePage(ground)
    for signup, journey in zip(signups, JOURNEYS, strict=True):
        session = str(signup.stripe_session_id)
        if journey == "lets it expire":
            page.expire(session)
        elif journey.startswith("pays slowly"):
            page.pay_slowly(session)
            page.settle(session, "failed" if journey.endswith("vain") else "succeeded")
        else:
            if journey.startswith("is declined"):
                page.pay(session, BAD_CARD)
            page.pay(session)
    state = ground.state()
    intents = {session["id"]: session["payment_intent"] for session in state["sessions"]}
    charges = {charge["payment_intent"]: charge["id"] for charge in state["charges"]}
    for signup, journey in zip(signups, JOURNEYS, strict=True):
        charge = charges.get(intents[str(signup.stripe_session_id)], "")
        if journey == "is refunded in two parts":
            page.refund(charge, "4.00")
            page.refund(charge, "5.00")
        elif journey.startswith("is refunded"):
            page.refund(charge)
        elif journey.startswith("disputes"):
            page.dispute(charge)
        elif journey == "is warned of":
            page.warn(charge)
    of_charge = [charges.get(intents[str(signup.stripe_session_id)], "") for signup in signups]
    _decide(ground, page, dict(zip(of_charge, JOURNEYS, strict=True)))


def _decide(ground: Ground, page: StripePage, journeys: dict[str, str]) -> None:
    """Banks decide on the disputes, and let some refunds bounce. `journeys` by charge."""
    state = ground.state()
    for dispute in state["disputes"]:
        page.decide(dispute["id"], "won" if journeys[dispute["charge"]] == "disputes and wins" else "lost")
    for refund in state["refunds"]:
        if journeys[refund["charge"]] == "is refunded in vain":
            page.bounce(refund["id"])


def _copied(signups: list[Signup], told: list[Event], number: int) -> tuple[list[Signup], list[Event]]:
    """The same people and events under other ids, so that many orderings can be lived through side by side."""
    text = json.dumps(told)
    copies = []
    for signup in signups:
        copy = Signup.objects.get(pk=signup.pk)
        copy.pk, copy.uuid, copy.nonce = None, uuid4(), uuid4().hex
        copy.stripe_session_id = f"{signup.stripe_session_id}_{number}"
        copy.email = copy.email_key = f"o{number}.{signup.email}"
        text = text.replace(str(signup.uuid), str(copy.uuid))
        text = text.replace(f'"{signup.stripe_session_id}"', f'"{copy.stripe_session_id}"')
        copies.append(copy)
    Signup.objects.bulk_create(copies)
    ids = {event["id"] for event in told}
    for event in told:
        thing = event["data"]["object"]
        ids |= {thing[name] for name in ("payment_intent", "customer", "charge") if thing.get(name)}
        ids |= {thing["id"]} if thing["object"] != "checkout.session" else set()
    for one in ids:
        text = text.replace(f'"{one}"', f'"{one}_{number}"')
    own: list[Event] = json.loads(text)
    return copies, own


def _closing(work: Any) -> Any:
    """The same work, but the thread's database connection is given back at its end."""

    def closing(number: int) -> Any:
        try:
            return work(number)
        finally:
            connections.close_all()

    return closing


def at_once(trial: Trial) -> Findings:
    """Each round, sixteen threads tell of one paid session: the event, another event, and the success page."""
    found, ground = Findings(), trial.ground
    begin_anew(ground)
    ground.start("web")
    rounds = trial.part(ROUNDS)
    signups = join(rounds, "race")
    page = StripePage(ground)
    for signup in signups:
        page.pay(str(signup.stripe_session_id))
    told = {event["data"]["object"]["id"]: event for event in events(ground, ["checkout.session.completed"])}
    statuses: Counter[int] = Counter()
    senders = [Stripe(ground) for _ in range(AT_ONCE)]
    barrier = threading.Barrier(AT_ONCE)

    def act(number: int, event: Event, other: Event, session: str) -> int:
        barrier.wait(60)
        if number % 4 == 0:
            return senders[number].request("GET", f"/welcome/?session_id={session}")
        return senders[number].send(other if number % 4 == 1 else event)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for signup in signups:
            session = str(signup.stripe_session_id)
            event = told[session]
            other = {**event, "id": f"{event['id']}_other", "type": "checkout.session.async_payment_succeeded"}
            answers = [pool.submit(act, number, event, other, session) for number in range(AT_ONCE)]
            statuses.update(answer.result() for answer in answers)
    counts = [model._default_manager.count() for model in (Member, Membership, Payment)]
    welcomes = Delivery.objects.filter(kind="mail.welcome").count()
    deadlocks = Alert.objects.filter(kind="webhook.failed").count()
    found.note(f"{rounds} rounds of {AT_ONCE} at once")
    found.must(set(statuses) == {200}, f"answers {dict(statuses)}")
    found.must(counts == [rounds] * 3, f"{counts[0]} members, {counts[1]} memberships, {counts[2]} payments")
    found.must(welcomes == rounds, f"{welcomes} welcome mails promised")
    found.must(deadlocks == 0, f"{deadlocks} failures told, deadlocks among them")
    return found


def from_strangers(trial: Trial) -> Findings:
    """Requests that Stripe did not sign for us, or signed long ago, or for another mode, or far too large."""
    found, ground = Findings(), trial.ground
    begin_anew(ground)
    ground.start("web")
    signup = join(1, "forged")[0]
    StripePage(ground).pay(str(signup.stripe_session_id))
    (event,) = events(ground, ["checkout.session.completed"])
    body = json.dumps(event).encode()
    live = json.dumps({**event, "livemode": True}).encode()
    large = json.dumps({**event, "padding": "x" * 2_000_000}).encode()
    now = int(time.time())
    kinds = {
        "without a signature": (body, {}),
        "forged": (body, {"Stripe-Signature": f"t={now},v1={'0' * 64}"}),
        "another body": (body.replace(b"paid", b"Paid"), signed(body)),
        "replayed after six minutes": (body, signed(body, at=now - 360)),
        "with another secret": (body, signed(body, "whsec_of_somebody_else")),
        "of the other mode": (live, signed(live)),
        "no JSON": (b"{", signed(b"{")),
        "of 2 MB": (large, signed(large)),
    }
    stripe, statuses = Stripe(ground), Counter[int]()
    requests = trial.part(FORGED, len(kinds))
    for number in range(requests):
        sent, headers = list(kinds.values())[number % len(kinds)]
        statuses[stripe.send(sent, headers)] += 1
    rows, members = StripeEvent.objects.count(), Member.objects.count()
    alerts = Alert.objects.filter(kind__in=["webhook.forged", "webhook.other-mode"])
    hours = max(alerts.filter(kind=kind).count() for kind in ("webhook.forged", "webhook.other-mode"))
    told = sum(alerts.values_list("count", flat=True))
    passed_an_hour = int(time.time()) // 3600 != now // 3600
    found.note(f"{requests} requests of {len(kinds)} kinds")
    found.must(set(statuses) == {400}, f"answers {dict(statuses)}")
    found.must(rows == 0 and members == 0, f"{rows} event rows, {members} members")
    found.must(hours <= 1 + passed_an_hour, f"{hours} alert of each kind, which count {told}")
    return found
