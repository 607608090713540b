"""Payments that somebody contests: disputes, warnings of fraud, and refunds that did not arrive.

Nothing of a membership is changed by them. Each is a case for a person, told once with what there is to do.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from membership import troubles
from membership.errors import NotOurs
from membership.models import Payment, Signup

# https://docs.stripe.com/api/disputes/object#dispute_object-status
WAITS_FOR_AN_ANSWER = ("needs_response", "warning_needs_response")
OVER = {
    "won": "The dispute was won: the club keeps the money.",
    "lost": "The dispute was lost: the money went back to the person.",
    "warning_closed": "The bank's question is over: the club keeps the money.",
    "prevented": "The dispute was settled before it began.",
}


def take_in(event_type: str, obj: dict[str, Any]) -> tuple[Signup, str]:
    """Tell the club what an event of `KINDS` says. Returns the signup it concerns and what happened, in words.

    Found by its payment, since these objects carry none of our marks. Raises `NotOurs` for a payment that is not
    known here. In the caller's transaction; any number of times with the same event.
    """
    intent = str(obj.get("payment_intent") or "")
    payment = Payment.objects.select_related("signup").filter(payment_intent_id=intent).first() if intent else None
    if payment is None:
        raise NotOurs("It is about no payment of ours.")
    return payment.signup, KINDS[event_type](payment.signup, obj)


def _dispute(signup: Signup, obj: dict[str, Any]) -> str:
    status = str(obj.get("status"))
    due_by = _due_by(obj)
    if status in WAITS_FOR_AN_ANSWER:
        troubles.disputed(signup, str(obj.get("id")), int(obj.get("amount") or 0), due_by)
        deadline = f" Stripe takes an answer until {troubles.moment(due_by)}." if due_by else ""
        return f"The payment is disputed and waits for the club's answer.{deadline}"
    return OVER.get(status, "The payment is disputed. For now there is nothing to answer.")


def _dispute_over(signup: Signup, obj: dict[str, Any]) -> str:
    words = OVER.get(str(obj.get("status")), "The dispute is over.")
    troubles.dispute_over(signup, str(obj.get("id")), words)
    return words


def _fraud_warning(signup: Signup, obj: dict[str, Any]) -> str:
    troubles.fraud_warned(signup, str(obj.get("id")))
    return "The bank warns that the card may not be the payer's own."


def _refund_failed(signup: Signup, obj: dict[str, Any]) -> str:
    troubles.refund_failed(signup, str(obj.get("id")), int(obj.get("amount") or 0))
    return "A refund did not reach the person. The money is back with the club."


def _due_by(obj: dict[str, Any]) -> datetime | None:
    """Until when Stripe takes the club's answer (UTC). https://docs.stripe.com/api/disputes/object"""
    due_by = (obj.get("evidence_details") or {}).get("due_by")
    return datetime.fromtimestamp(due_by, UTC) if due_by else None


# https://docs.stripe.com/api/events/types
KINDS: dict[str, Callable[[Signup, dict[str, Any]], str]] = {
    "charge.dispute.created": _dispute,
    "charge.dispute.updated": _dispute,
    "charge.dispute.closed": _dispute_over,
    "radar.early_fraud_warning.created": _fraud_warning,
    "refund.failed": _refund_failed,
}
