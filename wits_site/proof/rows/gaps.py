"""Events that never arrive, and what the comparison with Stripe makes of it."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from membership.models import Membership, Signup
from membership.reconciliation import reconcile
from wits_site.proof.people import BAD_CARD, Stripe, StripePage, begin_anew, events, join, truth
from wits_site.proof.row import Findings, Trial

EVENTS, DROPPED, OUTAGE = 500, 7, timedelta(days=4)
DURING = 30  # people who come while nothing arrives: a third pay, a third pay slowly, a third run out of time


def dropped_and_outage(trial: Trial) -> Findings:
    """Seven of five hundred events never come, then none for four days; then Stripe is asked, twice."""
    found, ground = Findings(), trial.ground
    begin_anew(ground)
    ground.start("web")
    count = trial.part(EVENTS, 2 * DROPPED)
    page, stripe = StripePage(ground), Stripe(ground)
    for signup in join(count, "gap"):
        page.pay(str(signup.stripe_session_id))
    told = events(ground, ["checkout.session.completed"])
    dropped = {event["id"] for event in trial.chance.sample(told, DROPPED)}
    for event in told:
        if event["id"] not in dropped:
            stripe.send_until_taken(event)
    before = Membership.objects.count()
    later = join(DURING, "outage")
    for number, signup in enumerate(later):
        session = str(signup.stripe_session_id)
        if number % 3 == 0:
            page.pay(session)
        elif number % 3 == 1:
            page.pay_slowly(session)
            page.settle(session, "succeeded" if number % 2 else "failed")
        else:
            page.pay(session, BAD_CARD)
            page.expire(session)
    refunded = _refund_some(trial, page)
    with time_machine.travel(timezone.now() + OUTAGE, tick=True):
        first = reconcile()
        after = truth(str(uuid) for uuid in Signup.objects.values_list("uuid", flat=True))
        second = reconcile()
        again = truth(str(uuid) for uuid in Signup.objects.values_list("uuid", flat=True))
    arrived = DURING // 3 + sum(number % 3 == 1 and number % 2 == 1 for number in range(DURING))
    states = [row.state for row in Signup.objects.filter(pk__in=[signup.pk for signup in later])]
    ended = Membership.objects.filter(state=Membership.State.REFUNDED).count()
    found.must(before == count - DROPPED, f"{before} members before, {DROPPED} of {count} events dropped")
    found.must(
        Membership.objects.count() == count + arrived,
        f"{Membership.objects.count()} memberships after, of {count} and {arrived} paid in the outage",
    )
    found.must(states.count("open") == 0, f"{states.count('open')} of {DURING} forms of the outage still open")
    found.must(ended == refunded, f"{ended} of {refunded} refunds of the outage followed")
    found.must(
        not first.failed and not first.for_a_person,
        f"first run: {len(first.repaired)} repaired, {len(first.failed)} failed",
    )
    found.must(not second.repaired and after == again, f"second run: {len(second.repaired)} repaired")
    return found


def _refund_some(trial: Trial, page: StripePage) -> int:
    """Five payments that the site knows are given back in Stripe's dashboard."""
    charges = trial.ground.state()["charges"]
    known = {row.payments.get().payment_intent_id for row in Signup.objects.filter(state=Signup.State.COMPLETED)}
    ours = [charge["id"] for charge in charges if charge["payment_intent"] in known][:5]
    for charge in ours:
        page.refund(charge)
    return len(ours)
