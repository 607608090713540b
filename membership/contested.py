"""What is said of a payment after it was made: refunds, disputes, warnings of fraud.

Each is a fact about the payment, kept by Stripe's own id, so that any number of repeats in any order end the same.
`membership.lifecycle` calls `take_in` with the signup locked, and lets states and cases follow.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, Sum
from django.utils import timezone

from membership import cases, money_troubles, troubles
from membership.models import Case, Contest, Dispute, Payment, Refund, Signup
from membership.money import dollars
from membership.states import derive_state

# https://docs.stripe.com/api/disputes/object#dispute_object-status
WAITS_FOR_AN_ANSWER = ("needs_response", "warning_needs_response")
OVER = {
    "won": "The dispute was won: the club keeps the money.",
    "lost": "The dispute was lost: the money went back to the person.",
    "warning_closed": "The bank's question is over: the club keeps the money.",
    "prevented": "The dispute was settled before it began.",
}
# How far a dispute is. It never goes back to an earlier stage: a question may become a dispute, even one that seemed
# to be over, and a dispute is decided once. https://docs.stripe.com/disputes/how-disputes-work
STAGES = (Dispute.ASKING, ("warning_closed",), Dispute.HOLDING, ("won", "lost", "prevented"))
# https://docs.stripe.com/api/refunds/object#refund_object-status
REFUND_STATES = {
    "pending": Refund.State.PENDING,
    "requires_action": Refund.State.PENDING,
    "succeeded": Refund.State.SUCCEEDED,
    "failed": Refund.State.FAILED,
    "canceled": Refund.State.FAILED,
}


def take_in(payment: Payment, event_type: str, obj: dict[str, Any], as_of: datetime | None) -> str:
    """Write down what an event of `KINDS`, made at `as_of` (None: what Stripe answers now), says of `payment`; what
    that is, in words.

    Saves the payment, whose signup is locked. Raises KeyError or ValueError for an object that is none of Stripe's.
    """
    payment.is_contested = True
    return KINDS[event_type](payment, obj, as_of)


def count(payment: Payment) -> None:
    """Let what is gone of a payment follow from its refunds and disputes, and save it.

    The messages about a charge name a sum, those about a refund one refund. A refund that did not arrive is taken off
    the sum again, since Stripe does so too: https://docs.stripe.com/refunds#failed-refunds
    A dispute may be about a part: lost, that part is gone like one that was given back.
    """
    sums = payment.refunds.aggregate(
        given=Sum("amount_cents", filter=Q(state__in=Refund.AT_STRIPE), default=0),
        failed=Sum("amount_cents", filter=Q(state=Refund.State.FAILED), default=0),
    )
    payment.refunded_cents = max(sums["given"], payment.refund_total_cents - sums["failed"])
    disputes = dict(payment.disputes.values_list("status").annotate(Sum("amount_cents")))
    payment.dispute = Contest.NONE
    if {*Dispute.HOLDING} & disputes.keys():
        payment.dispute = Contest.OPEN
    if "lost" in disputes:
        if disputes["lost"] and payment.refunded_cents + disputes["lost"] < payment.amount_cents:
            payment.refunded_cents += disputes["lost"]
        else:
            payment.dispute = Contest.LOST
    payment.save()


def _dispute(payment: Payment, obj: dict[str, Any], as_of: datetime | None) -> str:
    status = str(obj["status"])
    known = Dispute.objects.filter(stripe_id=str(obj["id"])).first()
    dispute = known or Dispute(payment=payment, stripe_id=str(obj["id"]))
    if known is None or _is_newer(known, status, as_of):
        is_graver = known is not None and known.status not in Dispute.HOLDING and status in Dispute.HOLDING
        dispute.status, dispute.as_of = status, as_of or timezone.now()
        dispute.amount_cents = int(obj.get("amount") or 0)
        dispute.due_by = _due_by(obj)
        dispute.save()
        count(payment)
        _follow_dispute(payment, dispute, is_graver=is_graver)
    return _in_words(dispute)


def _is_newer(known: Dispute, status: str, as_of: datetime | None) -> bool:
    """Whether what is said now replaces what is known: a later stage always does an earlier one, never the other way.

    What Stripe answers now is newer than any message. Our own clock does not decide: it may have been wrong when we
    asked before. Of two messages of the same second, the one that is further on counts.
    """
    if _stage(known.status) != _stage(status):
        return _stage(status) > _stage(known.status)
    if as_of is None:
        return True
    steps = [name for stage in STAGES for name in stage]
    step = {name: number for number, name in enumerate(steps)}
    return (as_of, step.get(status, -1)) > (known.as_of, step.get(known.status, -1))


def _stage(status: str) -> int:
    """Which of `STAGES`; before all of them for a word that Stripe did not have when this was written."""
    return next((number for number, stage in enumerate(STAGES) if status in stage), -1)


def _in_words(dispute: Dispute) -> str:
    if _is_lost_in_part(dispute.payment, dispute):
        return f"The dispute was lost: {dollars(dispute.amount_cents)} went back to the person."
    if dispute.status in OVER:
        return OVER[dispute.status]
    if dispute.status in WAITS_FOR_AN_ANSWER:
        deadline = f" Stripe takes an answer until {troubles.moment(dispute.due_by)}." if dispute.due_by else ""
        return f"The payment is disputed and waits for the club's answer.{deadline}"
    return "The payment is disputed. For now there is nothing to answer."


def _follow_dispute(payment: Payment, dispute: Dispute, *, is_graver: bool) -> None:
    """`is_graver`: what was only a question, or seemed to be over, has become a dispute."""
    case = cases.follow(
        Case.Kind.DISPUTE,
        f"dispute:{dispute.stripe_id}",
        is_open=dispute.is_open,
        words=f"The payer's bank asks for {dollars(dispute.amount_cents)} back. {_in_words(dispute)}",
        signup=payment.signup,
        payment=payment,
        stripe_object_id=dispute.stripe_id,
        due_by=dispute.due_by,
        is_graver=is_graver,
    )
    waits = dispute.status in WAITS_FOR_AN_ANSWER
    if dispute.status in OVER:
        # What follows for the form is written when all is taken in; by its facts it is known already.
        left = payment.amount_cents - payment.refunded_cents
        state = derive_state(payment.signup, list(payment.signup.payments.all()))
        money_troubles.dispute_over(
            payment.signup,
            dispute.stripe_id,
            dispute.status,
            _in_words(dispute),
            now=str(Signup.State(state).label),
            kept_cents=left if payment.counts and _is_lost_in_part(payment, dispute) else 0,
        )
    elif case is not None and (waits or is_graver):
        holds = dispute.status in Dispute.HOLDING
        money_troubles.disputed(case, dispute.amount_cents, holds=holds, waits=waits)


def _is_lost_in_part(payment: Payment, dispute: Dispute) -> bool:
    return dispute.status == "lost" and payment.dispute != Contest.LOST


def _refund(payment: Payment, obj: dict[str, Any], as_of: datetime | None) -> str:
    refund = _refund_row(payment, obj)
    said = REFUND_STATES[str(obj["status"])]
    if refund.pk is None or Refund.RANK[said] > Refund.RANK[Refund.State(refund.state)]:
        refund.state = said
    refund.stripe_id, refund.amount_cents, refund.answer = str(obj["id"]), int(obj["amount"]), ""
    if refund.state == Refund.State.FAILED:
        refund.answer = FAILED_FOR.get(str(obj.get("failure_reason")), "The payer's bank sent it back.")
    refund.save()
    count(payment)
    return f"A refund of {dollars(refund.amount_cents)}: {refund.get_state_display().lower()}."


def _refund_row(payment: Payment, obj: dict[str, Any]) -> Refund:
    """The row of a refund, by Stripe's id, or by the mark that ours carry; a new one for a refund made at Stripe."""
    known = payment.refunds.filter(stripe_id=str(obj["id"])).first()
    if known is None and (mark := str((obj.get("metadata") or {}).get("wits_refund", ""))):
        try:
            known = payment.refunds.filter(uuid=UUID(mark), stripe_id=None).first()
        except ValueError:  # somebody wrote into the metadata: then it is a refund like any other
            known = None
    return known or Refund(payment=payment)


# https://docs.stripe.com/api/refunds/object#refund_object-failure_reason
FAILED_FOR = {
    "lost_or_stolen_card": "The card was lost or stolen.",
    "expired_or_canceled_card": "The card has expired or was cancelled.",
    "insufficient_funds": "There was not enough money in the club's Stripe account.",
    "declined": "The bank declined it.",
    "merchant_request": "It was cancelled in Stripe.",
}


def _fraud_warning(payment: Payment, obj: dict[str, Any], as_of: datetime | None) -> str:
    words = "The bank warns that the card may not be the payer's own."
    count(payment)
    key = f"fraud:{obj['id']}"
    if Case.objects.filter(key=key).exists():
        return words
    # Kept even where all is given back already, since a refund can come back: `membership.settling` lets it follow.
    case = cases.follow(
        Case.Kind.FRAUD,
        key,
        is_open=True,
        words=words,
        signup=payment.signup,
        payment=payment,
        stripe_object_id=str(obj["id"]),
    )
    if case is not None and not payment.is_gone:
        money_troubles.fraud_warned(case)
    return words


def _due_by(obj: dict[str, Any]) -> datetime | None:
    """Until when Stripe takes the club's answer (UTC). https://docs.stripe.com/api/disputes/object"""
    due_by = (obj.get("evidence_details") or {}).get("due_by")
    return datetime.fromtimestamp(due_by, UTC) if due_by else None


# https://docs.stripe.com/api/events/types
KINDS: dict[str, Callable[[Payment, dict[str, Any], datetime | None], str]] = {
    "charge.dispute.created": _dispute,
    "charge.dispute.updated": _dispute,
    "charge.dispute.closed": _dispute,
    "radar.early_fraud_warning.created": _fraud_warning,
    "refund.created": _refund,
    "refund.updated": _refund,
    "refund.failed": _refund,
}
