"""Giving a payment back: an executive asks, the worker tells Stripe, and Stripe's own word makes it true."""

import uuid
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Sum
from wagtail.log_actions import log

from membership import cases, lifecycle, stripe_gateway
from membership.errors import TransportError
from membership.models import Case, Contest, Payment, Refund, Signup
from membership.money import dollars
from membership.settling import settle
from outbox.models import Delivery
from outbox.promises import Wish, promise_all

ASKED = "membership.refund"
# https://docs.stripe.com/api/refunds/create#create_refund-reason
REASONS = {
    "requested_by_customer": "The person asked for it",
    "duplicate": "They paid twice",
    "fraudulent": "The card was probably stolen",
}


class RefundRefused(Exception):
    """It cannot be given back, for a reason that is said in words. Nothing was asked of Stripe."""


@dataclass(frozen=True)
class Wanted:
    """What an executive wants given back. `nonce` is the form's own: the same form twice is one refund.

    `rest_kept` says why the club keeps the rest of what the case is about, where that is decided too.
    """

    nonce: uuid.UUID
    payment_id: int
    cents: int
    reason: str
    note: str
    rest_kept: str = ""


def left_of(payment: Payment) -> int:
    """How many cents of a payment can still be given back: without what went back, or is on its way."""
    asked = payment.refunds.filter(state=Refund.State.ASKED).aggregate(sum=Sum("amount_cents", default=0))["sum"]
    return max(0, payment.amount_cents - payment.refunded_cents - int(asked))


def left_of_case(case: Case, payment: Payment) -> int:
    """How many cents of what a case is about can still be given back: of one refund, or of the payment."""
    mark, _, which = case.key.partition(":")
    by = {"refund": "stripe_id", "refused": "uuid"}
    refund = payment.refunds.filter(**{by[mark]: which}).first() if mark in by else None
    return min(left_of(payment), refund.amount_cents) if refund else left_of(payment)


def why_not(payment: Payment) -> str:
    """Why nothing of a payment can be given back here; empty when something can."""
    if payment.paid_at is None or not payment.payment_intent_id:
        return "Nothing was charged for it, so there is nothing to give back."
    if payment.dispute == Contest.OPEN:
        return "The payer's bank is asking for it back already. While that is open, Stripe makes no refund."
    if payment.dispute == Contest.LOST:
        return "The payer's bank has taken it back already."
    if left_of(payment) == 0:
        return "All of it was given back already, or is on its way."
    return ""


def ask(wanted: Wanted, *, by: AbstractBaseUser, case_id: int | None = None) -> Refund:
    """Write down that a payment is to be given back, and promise it; settles the case it was asked from, unless a
    part of what that is about is left and nobody said that the club keeps it.

    In one transaction under the lock on the signup, so that two refunds together never exceed the payment. The same
    nonce again returns the refund it made. Raises RefundRefused, and `cases.AlreadySettled` where somebody settled
    the case first: then nothing is asked.
    """
    with transaction.atomic():
        payment = Payment.objects.select_related("signup").get(pk=wanted.payment_id)
        signup = Signup.objects.select_for_update(of=("self",)).get(pk=payment.signup_id)
        before = Refund.objects.filter(uuid=wanted.nonce).first()
        if before is not None:
            return before
        payment.refresh_from_db()
        if refusal := why_not(payment):
            raise RefundRefused(refusal)
        if not 0 < wanted.cents <= left_of(payment):
            raise RefundRefused(f"At most {dollars(left_of(payment))} of it can be given back.")
        case = None if case_id is None else _case_of(payment, case_id)
        if case and (wanted.rest_kept or wanted.cents >= left_of_case(case, payment)):
            note = "\n".join(filter(None, [wanted.note, wanted.rest_kept]))
            cases.settle(case.pk, by=by, how=Case.Settlement.REFUNDED, note=note)
        refund = Refund.objects.create(
            uuid=wanted.nonce,
            payment=payment,
            amount_cents=wanted.cents,
            reason=wanted.reason,
            note=wanted.note,
            asked_by_id=by.pk,
        )
        about = f"member:{signup.member.uuid}" if signup.member else f"signup:{signup.uuid}"
        promise_all([Wish("stripe.refund", f"stripe.refund:{refund.uuid}", {"refund": str(refund.uuid)}, about)])
        log(
            signup,
            ASKED,
            user=by,
            title=f"Join form {signup.pk}",
            data={"payment": payment.pk, "cents": wanted.cents},
        )
    return refund


def _case_of(payment: Payment, case_id: int) -> Case:
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        raise RefundRefused("The case that it was asked from is no longer here. Nothing was refunded.")
    if case.payment_id != payment.pk:
        raise RefundRefused("The case that it was asked from is about another payment. Nothing was refunded.")
    if not case.is_open:
        raise cases.AlreadySettled(case)
    return case


def make(delivery: Delivery) -> None:
    """What the worker does for `stripe.refund`. A refund that Stripe refuses for good becomes a case."""
    refund = Refund.objects.select_related("payment").get(uuid=delivery.payload["refund"])
    if refund.state != Refund.State.ASKED:
        return
    try:
        said = stripe_gateway.make_refund(
            refund_uuid=str(refund.uuid),
            payment_intent_id=str(refund.payment.payment_intent_id),
            cents=refund.amount_cents,
            reason=refund.reason,
        )
    except TransportError as error:
        if not error.permanent:
            raise
        _refused(refund.pk, error.message)
    else:
        lifecycle.record_contest("refund.updated", said.object, None)


def _refused(pk: int, answer: str) -> None:
    with transaction.atomic():
        known = Refund.objects.select_related("payment").get(pk=pk)
        signup = Signup.objects.select_for_update(of=("self",)).get(pk=known.payment.signup_id)
        refund = Refund.objects.select_for_update(of=("self",)).get(pk=pk)
        if refund.state != Refund.State.ASKED:
            return
        refund.state, refund.answer = Refund.State.REFUSED, answer
        refund.save()
        Payment.objects.filter(pk=known.payment_id).update(is_contested=True)
        settle(signup, list(signup.payments.all()))
