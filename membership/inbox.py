"""What Stripe tells us, taken in once: the event, the work it asks for and the promises, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from membership import cases, contested, lifecycle, stripe_troubles
from membership.errors import NeedsAPerson, NotOurs
from membership.models import Payment, Signup, StripeEvent
from membership.stripe_gateway import Event, session_from_object

State = StripeEvent.State


@dataclass(frozen=True)
class Outcome:
    """What was made of an event: `state` of the row, `text` for executives, whether it had been `seen` before."""

    state: str
    text: str
    signup: Signup | None = None
    seen: bool = False


def receive(event: Event) -> Outcome:
    """Deal with a verified event. When this returns, everything is committed and Stripe can be answered 200.

    An event seen before does nothing, unless it failed then. When the work fails it is rolled back, the event is
    kept as failed, the club is told once an hour, and the error is raised, so that Stripe sends it again.
    """
    try:
        return _receive(event)
    except Exception as error:
        _keep_failure(event, error)
        raise


def process_again(pk: int) -> Outcome:
    """Deal again with a stored event that failed, was ignored or became a case; one that was processed stays so.

    Raises what the work raises, and ValueError when the payload is gone already (after 30 days).
    """
    row = StripeEvent.objects.get(pk=pk)
    if row.state == State.PROCESSED:
        return Outcome(row.state, row.outcome, row.signup, seen=True)
    if not row.payload:
        raise ValueError("The content of this event is no longer kept.")
    event = Event(
        id=row.event_id,
        type=row.type,
        created=row.created,
        livemode=row.livemode,
        object=row.payload["data"]["object"],
        raw=row.payload,
    )
    try:
        with transaction.atomic():
            return _work(StripeEvent.objects.select_for_update(of=("self",)).get(pk=pk), event)
    except Exception as error:
        _keep_failure(event, error, by_hand=True)
        raise


def _receive(event: Event) -> Outcome:
    try:
        with transaction.atomic():
            # Whoever is first holds the row; the others wait here until the work is committed.
            row = _insert(event)
            return _work(row, event)
    except _SeenError:
        pass
    with transaction.atomic():
        row = StripeEvent.objects.select_for_update(of=("self",)).get(event_id=event.id)
        row.deliveries += 1
        row.save(update_fields=["deliveries"])
        if row.state != State.FAILED:
            return Outcome(row.state, row.outcome, seen=True)
        return _work(row, event)


class _SeenError(Exception):
    """The event has a row already."""


def _insert(event: Event) -> StripeEvent:
    row = StripeEvent(**_fields(event), state=State.PROCESSED)
    try:
        row.save(force_insert=True)
    except IntegrityError as error:
        raise _SeenError from error
    return row


def _fields(event: Event) -> dict[str, Any]:
    return {
        "event_id": event.id,
        "type": event.type,
        "livemode": event.livemode,
        "object_id": str(event.object.get("id") or ""),
        "payment_intent_id": str(event.object.get("payment_intent") or "")[:255],
        "created": event.created,
        "payload": event.raw,
    }


def _work(row: StripeEvent, event: Event) -> Outcome:
    """Do what the event asks for and write it on its row."""
    outcome = _outcome_of(event)
    row.state, row.outcome, row.signup = outcome.state, outcome.text, outcome.signup
    row.processed_at = timezone.now()
    row.save(update_fields=["state", "outcome", "signup", "processed_at"])
    return outcome


def _outcome_of(event: Event) -> Outcome:
    handler = HANDLERS.get(event.type)
    if handler is None and event.type not in contested.KINDS:
        return Outcome(State.IGNORED, "The site has no use for this kind of event.")
    try:
        if handler is None:
            signup, words = lifecycle.record_contest(event.type, event.object, event.created)
            return Outcome(_left_to(signup, event), words, signup)
        signup = handler(event.object)
    except NotOurs as error:
        return Outcome(State.IGNORED, str(error))
    except NeedsAPerson as error:
        cases.paid_for_nothing_known(str(event.object.get("id") or ""))
        return Outcome(State.CASE, str(error))
    words = f"The join form is now: {signup.get_state_display()}."
    return Outcome(State.CASE if signup.state == Signup.State.CASE else State.PROCESSED, words, signup)


def take_in_what_waited() -> None:
    """Deal again with refunds, disputes and warnings that were heard of before their payment.

    Normally the payment takes them in when it comes. This is for the two that came in the same moment, and did not
    see each other. Runs every hour.
    """
    waited = StripeEvent.objects.filter(
        state=State.IGNORED,
        type__in=[*contested.KINDS],
        payload__isnull=False,
        payment_intent_id__in=Payment.objects.filter(paid_at__isnull=False).values("payment_intent_id"),
    ).exclude(payment_intent_id="")
    for pk in list(waited.order_by("created", "pk").values_list("pk", flat=True)):
        process_again(pk)


def _left_to(signup: Signup, event: Event) -> str:
    """Whether what was taken in waits for a person."""
    waits = any(case.stripe_object_id == str(event.object.get("id")) for case in cases.open_cases(signup))
    return State.CASE if waits else State.PROCESSED


def _session(obj: dict[str, Any]) -> Signup:
    return lifecycle.complete(session_from_object(obj))


def _late_failure(obj: dict[str, Any]) -> Signup:
    return lifecycle.record_late_failure(session_from_object(obj))


def _decline(obj: dict[str, Any]) -> Signup:
    return lifecycle.record_decline(obj.get("metadata") or {})


def _refund(obj: dict[str, Any]) -> Signup:
    payment_intent_id = obj.get("payment_intent")
    if not payment_intent_id:
        raise NotOurs("The charge belongs to no payment of ours.")
    return lifecycle.record_refund(
        obj.get("metadata") or {},
        payment_intent_id=str(payment_intent_id),
        refunded_cents=int(obj["amount_refunded"]),
    )


# https://docs.stripe.com/payments/checkout/fulfill-orders and https://docs.stripe.com/api/events/types
HANDLERS: dict[str, Callable[[dict[str, Any]], Signup]] = {
    "checkout.session.completed": _session,
    "checkout.session.async_payment_succeeded": _session,
    "checkout.session.async_payment_failed": _late_failure,
    "checkout.session.expired": _session,
    "payment_intent.payment_failed": _decline,
    "charge.refunded": _refund,
}


def _keep_failure(event: Event, error: Exception, *, by_hand: bool = False) -> None:
    """Keep the event, outside the transaction that was rolled back, with what went wrong but no personal data."""
    reason = f"{type(error).__name__} while dealing with it; the log of this time says where."
    with transaction.atomic():
        row = StripeEvent.objects.select_for_update(of=("self",)).filter(event_id=event.id).first()
        if row is None:
            row = StripeEvent(**_fields(event), state=State.FAILED, outcome=reason)
            row.save(force_insert=True)
        elif row.state in (State.FAILED, State.IGNORED, State.CASE):
            row.state, row.outcome = State.FAILED, reason
            row.deliveries += 0 if by_hand else 1
            row.save(update_fields=["state", "outcome", "deliveries"])
        if row.state == State.FAILED:
            stripe_troubles.event_failed(row)
