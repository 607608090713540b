"""Each difference between what Stripe says and what is known here: a line for people, and the call that mends it."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from membership import cases, contested, gone, lifecycle, stripe_gateway
from membership.errors import NeedsAPerson, TransportError
from membership.models import Case, Dispute, Payment, Refund, Signup
from membership.stripe_gateway import CheckoutSession, Said

logger = logging.getLogger(__name__)

Difference = tuple[str, Callable[[], object]]
WAITING = (Signup.State.OPEN, Signup.State.PROCESSING)
NEVER_PAID = ("requires_payment_method", "canceled")


def differences(since: datetime) -> Iterator[Difference]:
    """All of the time since then, and of older things that were still open when we last heard of them.

    Asks Stripe as it goes. What Stripe refuses to show about one thing keeps no other from being compared. Raises
    TransportError where another try may help, or where nothing at all is shown.
    """
    yield from _of_sessions(since)
    yield from _of_contests(since)


def _of_sessions(since: datetime) -> Iterator[Difference]:
    signups = Signup.objects.filter(state__in=WAITING, stripe_session_id__isnull=False)
    waiting = {str(signup.stripe_session_id): signup for signup in signups}
    known = set(Payment.objects.filter(paid_at__gte=since - timedelta(days=1)).values_list("session_id", flat=True))
    for session in stripe_gateway.list_sessions(created_since=since):
        signup = waiting.pop(session.id, None)
        if stripe_gateway.is_ours(session.metadata) and session.id not in known:
            yield from _of_session(session, signup)
    settled = gone.settled_by_a_person()
    for session_id, signup in waiting.items():  # opened longer ago, and still waiting here
        if session_id in settled:
            continue
        # Of a session that nobody paid as far as we know, nothing is lost with it.
        lost = gone.Thing(session_id, "session", signup) if signup.state == Signup.State.PROCESSING else None
        yield from _by_itself(lost, session_id, partial(_of_older_session, session_id, signup))


def _of_older_session(session_id: str, signup: Signup) -> Iterator[Difference]:
    yield from _of_session(stripe_gateway.retrieve_session(session_id), signup)


def _of_session(session: CheckoutSession, signup: Signup | None) -> Iterator[Difference]:
    """What a session says that its signup does not know. None: that waits for no session, or for another."""
    if session.status == "complete" and session.payment_status != "unpaid":
        yield f"Session {session.id} is paid; nobody was made a member by it.", partial(_take_in, session)
    elif session.status == "expired" and signup is not None:
        yield f"Session {session.id} has expired.", partial(_take_in, session)
    elif session.status == "complete" and signup is not None:
        thing = gone.Thing(session.payment_intent_id or "", "payment", signup)
        yield from _by_itself(thing, session.id, partial(_of_slow_payment, session, signup))


def _of_slow_payment(session: CheckoutSession, signup: Signup) -> Iterator[Difference]:
    if session.payment_intent_id and _has_failed(session.payment_intent_id):
        yield f"The payment of session {session.id} failed.", partial(lifecycle.record_late_failure, session)
    elif signup.state == Signup.State.OPEN:
        yield f"The payment of session {session.id} is under way.", partial(_take_in, session)


def _take_in(session: CheckoutSession) -> None:
    try:
        lifecycle.complete(session)
    except NeedsAPerson:
        with transaction.atomic():
            cases.paid_for_nothing_known(session.id)
        raise


def _has_failed(payment_intent_id: str) -> bool:
    return stripe_gateway.payment_outcome(payment_intent_id).status in NEVER_PAID


def _of_contests(since: datetime) -> Iterator[Difference]:
    """Refunds, disputes and warnings of payments that we know, which no event told us of (or not all of it)."""
    known = set(Payment.objects.exclude(payment_intent_id=None).values_list("payment_intent_id", flat=True))
    refunds = dict(Refund.objects.exclude(stripe_id=None).values_list("stripe_id", "state"))
    disputes = dict(Dispute.objects.values_list("stripe_id", "status"))
    warnings = set(Case.objects.filter(kind=Case.Kind.FRAUD).values_list("stripe_object_id", flat=True))
    seen = set()
    for said in stripe_gateway.list_refunds(created_since=since):
        seen.add(said.id)
        if said.payment_intent_id in known:
            yield from _of_refund(said, refunds.get(said.id))
    for said in stripe_gateway.list_disputes(created_since=since):
        seen.add(said.id)
        if said.payment_intent_id in known:
            yield from _of_dispute(said, disputes.get(said.id))
    for said in stripe_gateway.list_fraud_warnings(created_since=since):
        if said.payment_intent_id in known and said.id not in warnings:
            words = f"The bank's warning {said.id} about payment {said.payment_intent_id} was not heard of."
            yield words, _contest(stripe_gateway.WARNING_EVENT, said)
    yield from _of_older_contests(seen | gone.settled_by_a_person())


def _of_older_contests(seen: set[str]) -> Iterator[Difference]:
    """Those that were still open when we last heard of them."""
    pending = Refund.objects.filter(state=Refund.State.PENDING, stripe_id__isnull=False)
    for refund in pending.select_related("payment__signup"):
        if refund.stripe_id in seen:
            continue
        thing = gone.Thing(str(refund.stripe_id), "refund", refund.payment.signup, refund.payment)
        yield from _by_itself(thing, thing.id, partial(_of_older_refund, refund))
    open_ones = Dispute.objects.filter(status__in=(*Dispute.HOLDING, *Dispute.ASKING))
    for dispute in open_ones.select_related("payment__signup"):
        if dispute.stripe_id in seen:
            continue
        thing = gone.Thing(dispute.stripe_id, "dispute", dispute.payment.signup, dispute.payment)
        yield from _by_itself(thing, thing.id, partial(_of_older_dispute, dispute))


def _of_older_refund(refund: Refund) -> Iterator[Difference]:
    yield from _of_refund(stripe_gateway.retrieve_refund(str(refund.stripe_id)), refund.state)


def _of_older_dispute(dispute: Dispute) -> Iterator[Difference]:
    yield from _of_dispute(stripe_gateway.retrieve_dispute(dispute.stripe_id), dispute.status)


def _of_refund(said: Said, state: str | None) -> Iterator[Difference]:
    if contested.REFUND_STATES.get(said.status) != state:
        words = f"Refund {said.id} of payment {said.payment_intent_id} is {said.status}."
        yield words, _contest(stripe_gateway.refund_event(said), said)


def _of_dispute(said: Said, status: str | None) -> Iterator[Difference]:
    if said.status != status:
        words = f"The dispute {said.id} of payment {said.payment_intent_id} is {said.status}."
        yield words, _contest(stripe_gateway.DISPUTE_EVENT, said)


def _contest(kind: str, said: Said) -> Callable[[], object]:
    return lambda: lifecycle.record_contest(kind, said.object, None)


def _by_itself(thing: gone.Thing | None, name: str, look: Callable[[], Iterable[Difference]]) -> Iterator[Difference]:
    """What `look` finds by asking Stripe for one thing; or that Stripe does not have it (any more), or refuses."""
    try:
        found = list(look())
    except TransportError as error:
        if not error.permanent or error.pauses:
            raise
        if not error.gone:
            yield f"Stripe does not show {name}: {error.message}", partial(_fail, error)
        elif thing is None:
            logger.warning("Stripe does not know session %s: is this another account?", name)
        else:
            yield thing.words, partial(gone.tell, thing)
        return
    if thing is not None and gone.is_open(thing):
        yield f"Stripe knows {name} again.", partial(gone.is_back, thing)
    yield from found


def _fail(error: TransportError) -> None:
    raise error
