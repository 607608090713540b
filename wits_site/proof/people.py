"""People who join, what they do on Stripe's page, and the events that tell of it."""

import hashlib
import hmac
import http.client
import json
import time
import urllib.parse
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from membership import hubspot_gateway, limits, settling
from membership.first_content import WITS_MEMBER
from membership.joining import JoinData, start
from membership.models import (
    Case,
    Dispute,
    Level,
    Member,
    Membership,
    Payment,
    Refund,
    Signup,
    StripeEvent,
)
from outbox.models import Alert, ChannelPause, Delivery, TaskRun
from wits_site.proof.ground import Ground

GOOD_CARD, BAD_CARD = "4242424242424242", "4000000000000002"
HOURLY = 200  # who fills in the form within an hour
HEARD_OF = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "payment_intent.payment_failed",
    "charge.refunded",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "radar.early_fraud_warning.created",
)
Event = dict[str, Any]


def begin_anew(ground: Ground) -> None:
    """Nobody has joined, nothing is promised, and the partners know nobody."""
    people = (Case, Dispute, Refund, StripeEvent, Payment, Membership, Signup, Member)
    for model in (Delivery, Alert, ChannelPause, TaskRun, *people):
        model._default_manager.all().delete()
    ground.end_faults()
    ground.ask("/reset", {})
    hubspot_gateway.ensure_properties()


def join(count: int, prefix: str, threads: int = 4) -> list[Signup]:
    """So many people fill in the form and stand on Stripe's page, in this order.

    They come over several hours, as the site sees it: more unpaid forms within one hour than `membership.limits`
    allows would be refused, and rightly.
    """
    joined: list[Signup] = []
    with ThreadPoolExecutor(threads) as pool:
        for begin in range(0, count, HOURLY):
            some = range(begin, min(begin + HOURLY, count))
            joined += pool.map(lambda number: _join(f"{prefix}{number}"), some)
            Signup.objects.update(tried_at=timezone.now() - limits.WINDOW)
    return joined


def _join(name: str) -> Signup:
    price = Level.objects.get(slug=WITS_MEMBER).price_cents
    try:
        data = JoinData(
            nonce=hashlib.sha256(name.encode()).hexdigest()[:40],
            level=WITS_MEMBER,
            price_seen=price,
            first_name="Maya",
            last_name=f"Okafor {name}",
            email=f"{name}@uwo.ca",
        )
        return start(data).signup
    finally:
        connections.close_all()


def made_members(count: int, prefix: str) -> list[Member]:
    """So many members, and the promises that Stripe's and HubSpot's side of them be written; nothing else."""
    members = []
    for number in range(count):
        email = f"{prefix}{number}@uwo.ca"
        member = Member.objects.create(first_name="Maya", last_name=f"Okafor {number}", email=email, email_key=email)
        with transaction.atomic():
            settling.tell_partners(member)
        members.append(member)
    return members


class StripePage:
    """What people and banks do on the sandbox's hosted page. One kept connection; not for several threads."""

    def __init__(self, ground: Ground) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", ground.port + 1, timeout=60)

    def pay(self, session: str, card: str = GOOD_CARD) -> None:
        self._post(f"/pay/{session}", 402 if card == BAD_CARD else 303, card=card, name="M Okafor")

    def pay_slowly(self, session: str) -> None:
        self._post(f"/pay/{session}/slow", 303)

    def settle(self, session: str, outcome: str) -> None:
        """`outcome` of a slow payment: "succeeded" or "failed"."""
        self._post(f"/pay/{session}/settle", 200, outcome=outcome)

    def expire(self, session: str) -> None:
        self._post(f"/pay/{session}/expire", 200)

    def refund(self, charge: str, dollars: str = "") -> None:
        """Give back `dollars`, such as "5.00", or all that is left."""
        self._post(f"/charges/{charge}/refund", 200, amount=dollars)

    def warn(self, charge: str) -> None:
        self._post(f"/charges/{charge}/warn", 200)

    def dispute(self, charge: str) -> None:
        self._post(f"/charges/{charge}/dispute", 200)

    def decide(self, dispute: str, outcome: str) -> None:
        """The club sends evidence, and the bank decides: `outcome` is "won" or "lost"."""
        self._post(f"/disputes/{dispute}/answer", 200)
        self._post(f"/disputes/{dispute}/close", 200, outcome=outcome)

    def bounce(self, refund: str) -> None:
        self._post(f"/refunds/{refund}/fail", 200)

    def _post(self, path: str, wanted: int, **form: str) -> None:
        body = urllib.parse.urlencode(form)
        self._connection.request("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = self._connection.getresponse()
        answer.read()
        if answer.status != wanted:
            raise RuntimeError(f"The sandbox answered {answer.status} to {path}, not {wanted}.")


def events(ground: Ground, kinds: Sequence[str] = HEARD_OF) -> list[Event]:
    """What Stripe has to tell, oldest first."""
    told = [event for event in ground.state()["events"] if event["type"] in kinds]
    return [{name: value for name, value in event.items() if name != "deliveries"} for event in told]


def signed(body: bytes, secret: str = "", at: int | None = None) -> dict[str, str]:
    """The headers of a request that Stripe signed: with our secret and now, or with another or then."""
    moment = int(time.time()) if at is None else at
    key = secret or settings.STRIPE_WEBHOOK_SECRETS[0]
    digest = hmac.new(key.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return {"Stripe-Signature": f"t={moment},v1={digest}", "Content-Type": "application/json"}


class Stripe:
    """One of Stripe's senders: a kept connection to the site, on one of its hosts. Not for several threads."""

    def __init__(self, ground: Ground, web: str = "web") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", ground.port_of(web), timeout=30)

    def send(self, event: Event | bytes, headers: dict[str, str] | None = None, die: str = "") -> int:
        """Send one event, and return the status; 0 where no answer came. `die`: where the process is to be killed."""
        body = event if isinstance(event, bytes) else json.dumps(event).encode()
        sent = signed(body) if headers is None else headers
        return self.request("POST", "/webhooks/stripe/", body, {**sent, "X-Die": die} if die else sent)

    def send_until_taken(self, event: Event, seconds: float = 120) -> int:
        """Send it again and again, as Stripe does, and return how often it took. Raises TimeoutError."""
        deadline = time.monotonic() + seconds
        for tries in range(1, 100_000):
            if self.send(event) == 200:
                return tries
            if time.monotonic() > deadline:
                break
            time.sleep(0.2)
        raise TimeoutError("An event was not taken.")

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> int:
        """The status of the answer; 0 where the connection ended without one."""
        try:
            self._connection.request(method, path, body, headers or {})
            answer = self._connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return 0
        return answer.status


def waiting() -> int:
    """How many deliveries to partners and people are not made yet; alerts to the club do not count."""
    return Delivery.objects.exclude(state=Delivery.State.DONE).exclude(kind__startswith="mail.alert").count()


def truth(signups: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    """What the site believes of each signup (by uuid), as plain values that can be compared."""
    signups = list(signups)
    rows = Signup.objects.filter(uuid__in=signups).select_related("member").prefetch_related("payments")
    terms = {term.signup_id: term for term in Membership.objects.filter(signup__uuid__in=signups)}
    found = {}
    for row in rows:
        term = terms.get(row.pk)
        paid = sorted((one.amount_cents, one.refunded_cents, one.problem) for one in row.payments.all())
        standing = (term.state, term.amount_cents) if term else None
        found[str(row.uuid)] = (row.state, row.declines, row.refunded_cents, tuple(paid), standing)
    return found
