"""A promise that cannot be kept, and very many failures."""

import time
from datetime import timedelta

import time_machine
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from outbox.alerts import alert
from outbox.digests import promise_digest
from outbox.models import Delivery
from outbox.worker import drain
from wits_site.proof.ground import Ground, NotInTimeError, until
from wits_site.proof.people import begin_anew, made_members, waiting
from wits_site.proof.row import Findings, Trial

ROWS, OTHERS_WITHIN = 100, 30
FAILURES, MINUTES, MAILS_AT_MOST = 10_000, 10, 3
CLUB = "executives@wits.example"


def poison(trial: Trial) -> Findings:
    """One promise among a hundred breaks whoever tries to keep it."""
    found, ground = Findings(), trial.ground
    begin_anew(ground)
    members = made_members(ROWS, "poison")
    bad = Delivery.objects.get(kind="hubspot.contact", about=f"member:{members[0].uuid}")
    whole = bad.payload
    Delivery.objects.filter(pk=bad.pk).update(payload={})
    began = time.monotonic()
    ground.start("worker")
    try:
        until(lambda: waiting() == 1, seconds=90, what="the others are done")
    except NotInTimeError:
        found.must(False, f"{waiting()} left after 90 s")
    took = time.monotonic() - began
    found.must(took <= OTHERS_WITHIN, f"the other {ROWS - 1} done within {took:.0f} s")
    ground.stop("worker")
    with time_machine.travel(timezone.now(), tick=True) as clock:
        for _ in range(40):
            clock.shift(timedelta(minutes=10))
            drain()
        bad.refresh_from_db()
        mails = _mails_to_the_club(ground)
        found.must(bad.state == Delivery.State.DEAD, f"{bad.state} after {bad.attempts} tries")
        found.must(mails == 1, f"{mails} alert mail")
        Delivery.objects.filter(pk=bad.pk).update(payload=whole)
        answered = _try_again_in_the_admin(bad.pk)
        drain()
        bad.refresh_from_db()
    contacts = len(ground.state()["contacts"])
    found.must(bad.state == Delivery.State.DONE, f"mended and tried again in the admin ({answered}): {bad.state}")
    found.must(contacts == ROWS, f"{contacts} contacts")
    return found


def _try_again_in_the_admin(pk: int) -> int:
    user, _ = get_user_model().objects.get_or_create(
        username="proof", defaults={"email": "proof@wits.example", "is_superuser": True, "is_staff": True}
    )
    browser = Client(headers={"host": "127.0.0.1"})
    browser.force_login(user)
    return browser.post(reverse("deliveries:try_again", args=[pk])).status_code


def many_failures(trial: Trial) -> Findings:
    """Ten thousand failures in ten minutes, half of them the same one, half each another."""
    found, ground = Findings(), trial.ground
    begin_anew(ground)
    count = trial.part(FAILURES, 200)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for number in range(count):
            alert(
                "proof.failure",
                key="proof" if number % 2 else f"proof:{number}",
                what="A payment failed.",
                done="Nothing.",
                todo="Nothing.",
            )
            if number % 500 == 0:
                drain()
            clock.shift(timedelta(minutes=MINUTES) / count)
        drain()
        clock.shift(timedelta(hours=20))
        promise_digest()
        drain()
    mails = ground.ask(f"/mail.json?to={CLUB}")
    counted = [mail for mail in mails if f"{count:,} times: A payment failed." in mail["text"]]
    found.must(len(mails) <= MAILS_AT_MOST, f"{len(mails)} mails about {count:,} failures")
    found.must(len(counted) == 1, f"{len(counted)} digest counts {count:,}")
    return found


def _mails_to_the_club(ground: Ground) -> int:
    return len(ground.ask(f"/mail.json?to={CLUB}"))
