"""HubSpot, the mail server and Stripe fail, for a moment and for days."""

import time
from collections import Counter
from datetime import timedelta
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urlencode

import time_machine
from django.utils import timezone

from membership.models import Member, Signup
from outbox.models import Alert, Delivery
from outbox.schedule import run_due_tasks
from outbox.worker import drain
from wits_site.proof.ground import Ground
from wits_site.proof.people import Stripe, StripePage, begin_anew, events, join, made_members, waiting
from wits_site.proof.row import Findings, Trial

CONTACTS = 1000
JOINS_WHILE_AWAY, HUBSPOT_DAYS, SMTP_DAYS = 20, 5, 1
AWAY_KINDS = ("503", "500", "429", "reset", "lost", "html")


def hubspot_faults(trial: Trial) -> Findings:
    """HubSpot refuses 30 % of the calls for now, fails at 10 %, and loses its answer to 5 % after the work."""
    found, ground = Findings(), trial.ground
    begin_anew(ground)
    count = trial.part(CONTACTS, 20)
    made_members(count, "contact")
    for kind, chance in (("429", 0.30), ("500", 0.10), ("lost", 0.05)):
        ground.fault("hubspot", kind, probability=chance, seed=trial.chance.randrange(1000), seconds=1)
    began, rounds = timezone.now(), 0
    with time_machine.travel(began, tick=True) as clock:
        while waiting() and rounds < 20 * count:
            drain(threads=4)
            clock.shift(timedelta(seconds=1))
            rounds += 1
        took = timezone.now() - began
    struck = Counter({fault["kind"]: fault["hits"] for fault in ground.ask("/faults")["faults"]})
    contacts = [one for one in ground.state()["contacts"] if not one["archived"]]
    addresses = Counter(one["properties"]["email"] for one in contacts)
    known = set(Member.objects.values_list("hubspot_contact_id", flat=True))
    found.note(f"struck: {dict(struck)}; delivered in {took.total_seconds() / 60:.0f} minutes of the moved clock")
    found.must(len(contacts) == count, f"{len(contacts)} contacts of {count} members")
    found.must(max(addresses.values(), default=0) == 1, f"{sum(n > 1 for n in addresses.values())} duplicates")
    found.must(known == {one["id"] for one in contacts}, f"{len(known)} contact ids kept")
    dead = Delivery.objects.filter(state=Delivery.State.DEAD).count()
    found.must(dead == 0, f"{dead} given up")
    return found


def away_for_days(trial: Trial) -> Findings:
    """HubSpot is away for five days and the mail server for one; people join all the same."""
    found, ground = Findings(), trial.ground
    begin_anew(ground)
    ground.fault("hubspot", "503")
    ground.fault("smtp", "451")
    ground.start("web")
    count = trial.part(JOINS_WHILE_AWAY, 5)
    page, stripe = StripePage(ground), Stripe(ground)
    for signup in join(count, "away"):
        page.pay(str(signup.stripe_session_id))
    answers = Counter(stripe.send(event) for event in events(ground, ["checkout.session.completed"]))
    joined = Member.objects.count()
    ground.stop("web")
    welcomes_after = None
    with time_machine.travel(timezone.now(), tick=True) as clock:
        for hour in range(24 * HUBSPOT_DAYS):
            if hour == 24 * SMTP_DAYS:
                ground.end_faults()
                ground.fault("hubspot", "503")
            run_due_tasks()
            drain(threads=4)
            clock.shift(timedelta(hours=1))
            if hour == 24 * SMTP_DAYS + 2:
                welcomes_after = Delivery.objects.filter(kind="mail.welcome", state=Delivery.State.DONE).count()
        ground.end_faults()
        for _ in range(6):
            drain(threads=4)
            clock.shift(timedelta(hours=1))
        told = Counter(
            (alert.kind, alert.what, timezone.localdate(alert.mailed_at))
            for alert in Alert.objects.filter(mailed_at__isnull=False)
            if alert.mailed_at
        )
    contacts = len(ground.state()["contacts"])
    found.note(f"HubSpot away for {HUBSPOT_DAYS} days, SMTP for {SMTP_DAYS}, {count} people joined meanwhile")
    found.must(set(answers) == {200} and joined == count, f"answers {dict(answers)}, {joined} members at once")
    found.must(welcomes_after == count, f"{welcomes_after} welcome mails two hours after SMTP was back")
    found.must(contacts == count and waiting() == 0, f"{contacts} contacts, {waiting()} still waiting at the end")
    found.must(max(told.values(), default=0) == 1, f"{sum(told.values())} alerts mailed, none twice on one day")
    return found


class JoinForm(HTMLParser):
    """The fields of the join form on a page, as a browser would send them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._inside = given.get("id") == "join-form"
        if tag == "input" and self._inside:
            chosen = given.get("type") not in ("radio", "checkbox") or "checked" in given
            if chosen and given.get("name"):
                self.fields[str(given["name"])] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False


def stripe_away(trial: Trial) -> Findings:
    """Stripe fails in six ways while somebody joins; they send the same form again once it is back."""
    found, ground = Findings(), trial.ground
    begin_anew(ground)
    ground.start("web")
    for kind in AWAY_KINDS:
        ground.fault("stripe", kind, method="POST", path="/v1/checkout/sessions")
        email = f"away{kind}@uwo.ca"
        _, html = _browse(ground, "GET", "/join/")
        typed = {"first_name": "Maya", "last_name": "Okafor", "email": email, "level": "wits-member"}
        # The form takes nothing from whoever is faster than a person.
        time.sleep(2.2)
        away, html = _browse(ground, "POST", "/membership/join/", {**JoinForm(html).fields, **typed})
        kept = JoinForm(html).fields
        ground.end_faults()
        again, _ = _browse(ground, "POST", "/membership/join/", kept)
        sessions = [one for one in ground.state()["sessions"] if one["customer_email"] == email]
        kept_all = all(kept.get(name) == value for name, value in typed.items())
        found.must(away == 503 and kept_all, f"{kind}: {away}, input {'kept' if kept_all else 'LOST'}")
        found.must(again == 303 and len(sessions) == 1, f"again: {again}, {len(sessions)} session")
    found.must(Signup.objects.count() == len(AWAY_KINDS), f"{Signup.objects.count()} signups")
    return found


def _browse(ground: Ground, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", ground.port, timeout=60)
    headers = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
    connection.request(method, path, urlencode(form) if form else None, headers)
    answer = connection.getresponse()
    html = answer.read().decode()
    connection.close()
    return answer.status, html
