"""What became of a signup: facts are added in any order, and the state follows from all of them.

Every function here is one short transaction under a lock on the signup (and then on its member, always in that
order), makes no call to the outside, and may be called any number of times with the same fact.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from membership import contested, troubles
from membership.errors import LinkRefused, NeedsAPerson, NotOurs
from membership.models import Payment, Signup, StripeEvent
from membership.money import dollars
from membership.settling import settle
from membership.states import MEMBER_STATES
from membership.stripe_gateway import CheckoutSession, is_ours

DECLINES_TOLD_AT_ONCE = 3


def complete(session: CheckoutSession) -> Signup:
    """Take in what a Checkout session says: paid, under way, or expired. The webhook, the success page and the
    reconciliation all call this, as often as they like.

    Money that does not match its signup makes a case for a person, not a member. Raises `NotOurs` for a session that
    did not begin on our form, and `NeedsAPerson` for a paid one whose signup is not here.
    """
    if not is_ours(session.metadata):
        raise NotOurs("The session did not begin on our join form.")
    paid = session.status == "complete" and session.payment_status in ("paid", "no_payment_required")
    with _one_transaction():
        try:
            signup = _locked(session.metadata.get("signup", ""))
        except NotOurs as error:
            if not paid:
                raise
            raise NeedsAPerson(f"Session {session.id} is paid, but its signup is not here.") from error
        payments = list(signup.payments.all())
        expired_before = signup.session_expired
        if paid:
            _take_payment(signup, payments, session)
        elif session.status == "complete" and _is_current(signup, session):
            signup.payment_pending = True
        elif session.status == "expired" and signup.stripe_session_id == session.id:
            signup.session_expired = True
        settle(signup, payments)
        if signup.state == Signup.State.EXPIRED and signup.declines and not expired_before:
            troubles.keeps_failing(signup)
    return signup


def record_late_failure(session: CheckoutSession) -> Signup:
    """A payment that takes days did not arrive (`checkout.session.async_payment_failed`). Raises `NotOurs`."""
    if not is_ours(session.metadata):
        raise NotOurs("The session did not begin on our join form.")
    with _one_transaction():
        signup = _locked(session.metadata.get("signup", ""))
        if _is_current(signup, session) and not signup.payment_failed:
            signup.payment_failed = True
            settle(signup, list(signup.payments.all()))
            if signup.state == Signup.State.FAILED:
                troubles.payment_failed_later(signup)
    return signup


def record_decline(metadata: dict[str, str]) -> Signup:
    """A card was declined. Called once for each event, since declines are counted. Raises `NotOurs`."""
    if not is_ours(metadata):
        raise NotOurs("The payment did not begin on our join form.")
    with _one_transaction():
        signup = _locked(metadata.get("signup", ""))
        signup.declines += 1
        signup.tried_at = timezone.now()
        settle(signup, list(signup.payments.all()))
        troubles.declined()
        unpaid = signup.state not in MEMBER_STATES
        if unpaid and (signup.declines == DECLINES_TOLD_AT_ONCE or signup.session_expired):
            troubles.keeps_failing(signup)
    return signup


def record_refund(metadata: dict[str, str], *, payment_intent_id: str, refunded_cents: int) -> Signup:
    """So much of a payment has been given back, all told. It may be heard of before the payment. Raises `NotOurs`."""
    with _one_transaction():
        uuid = metadata.get("signup", "") if is_ours(metadata) else ""
        known = Payment.objects.filter(payment_intent_id=payment_intent_id).values_list("signup__uuid", flat=True)
        signup = _locked(uuid or str(known.first() or ""))
        payments = list(signup.payments.all())
        payment = next((one for one in payments if one.payment_intent_id == payment_intent_id), None)
        if payment is None:
            payment = Payment(signup=signup, payment_intent_id=payment_intent_id)
            payments.append(payment)
        payment.is_contested = True
        payment.refund_total_cents = max(payment.refund_total_cents, refunded_cents)
        payment.save()
        contested.count(payment)
        settle(signup, payments)
    return signup


def record_contest(event_type: str, obj: dict[str, Any], as_of: datetime | None) -> tuple[Signup, str]:
    """A refund, a dispute or a warning, as an event of `contested.KINDS` made at `as_of` says, or (None) as Stripe
    answers when it is asked now.

    Found by its payment, since these objects carry none of our marks. Returns the signup and what happened, in words.
    Raises `NotOurs` for a payment that is not known here (yet): the event waits for it.
    """
    intent = str(obj.get("payment_intent") or "")
    with _one_transaction():
        known = Payment.objects.filter(payment_intent_id=intent).values_list("signup__uuid", flat=True).first()
        if not intent or known is None:
            raise NotOurs("It is about no payment that is known here.")
        signup = _locked(str(known))
        payments = list(signup.payments.all())
        payment = next(one for one in payments if one.payment_intent_id == intent)
        payment.signup = signup
        words = contested.take_in(payment, event_type, obj, as_of)
        settle(signup, payments)
    return signup, words


def accept_payment(payment_id: int, by: object) -> Signup:
    """An executive (`by`, a user) says that a payment which does not match its signup will do: it makes a member.

    A second time changes nothing.
    """
    with _one_transaction():
        uuid = Payment.objects.values_list("signup__uuid", flat=True).get(pk=payment_id)
        signup = _locked(str(uuid))
        payments = list(signup.payments.all())
        payment = next(one for one in payments if one.pk == payment_id)
        if payment.problem and payment.accepted_by_id is None:
            payment.accepted_by = by  # type: ignore[assignment]
            payment.save(update_fields=["accepted_by"])
            _credit(signup, payment)
            settle(signup, payments)
    return signup


def confirm_free(uuid: str, attempt: int) -> Signup:
    """The person opened the mailed link and pressed the button: they are a member of a free level now.

    `attempt` is the one the link was made for: a link mailed to an address that was corrected since is refused
    (`LinkRefused`), as is one for a level that costs something. A second time changes nothing.
    """
    with _one_transaction():
        try:
            signup = _locked(uuid)
        except NotOurs as error:
            raise LinkRefused("What this link was for is no longer here.") from error
        if signup.amount_cents or signup.attempt != attempt:
            raise LinkRefused("A newer link was sent since.")
        if not signup.email_key and signup.confirmed_at is None:
            raise LinkRefused("The form was emptied since: nobody's name stands on it.")
        if signup.confirmed_at is None:
            signup.confirmed_at = timezone.now()
            settle(signup, list(signup.payments.all()))
    return signup


@contextmanager
def _one_transaction() -> Iterator[None]:
    """The webhook's transaction where there is one (a savepoint would only cost two statements), else one of its own.

    What these functions refuse, they refuse before they write anything.
    """
    if transaction.get_connection().in_atomic_block:
        yield
        return
    with transaction.atomic():
        yield


def _locked(uuid: str) -> Signup:
    try:
        return Signup.objects.select_for_update(of=("self",)).select_related("level").get(uuid=uuid)
    except (Signup.DoesNotExist, ValidationError) as error:
        raise NotOurs("No signup here has that id.") from error


def _is_current(signup: Signup, session: CheckoutSession) -> bool:
    """Whether a session is the one that the signup waits for.

    So is one whose id never reached us (the answer to our call was lost), and one that Stripe's recovery mail opened
    in place of ours: from now on, the signup waits for it.
    """
    if signup.stripe_session_id in (None, session.recovered_from):
        signup.stripe_session_id = session.id
        signup.session_expired = False
    return signup.stripe_session_id == session.id


def _take_payment(signup: Signup, payments: list[Payment], session: CheckoutSession) -> None:
    """Write down that a session was paid; a refund may have made its row already."""
    intent = session.payment_intent_id or None
    payment = next((one for one in payments if one.session_id == session.id), None)
    payment = payment or next((one for one in payments if intent and one.payment_intent_id == intent), None)
    if payment is None:
        payment = Payment(signup=signup)
        payments.append(payment)
    if payment.paid_at is not None:
        return
    payment.session_id = session.id
    payment.payment_intent_id = intent
    payment.stripe_customer_id = session.customer_id or ""
    payment.amount_cents = session.amount_total or 0
    payment.currency = session.currency or signup.currency
    payment.paid_at = session.created
    payment.problem = _mismatch(signup, session)
    payment.save()
    if payment.problem:
        signup.case_reason = f"{signup.case_reason}\n{payment.problem}".strip()
    else:
        _credit(signup, payment)
    if payment.is_contested:  # what was said of it was counted without knowing the sum
        contested.count(payment)
    _take_in_what_came_before(payment)


def _credit(signup: Signup, payment: Payment) -> None:
    """A payment counts: the signup was paid when the first of them was, by the customer of that one."""
    if payment.paid_at and (signup.paid_at is None or payment.paid_at < signup.paid_at):
        signup.paid_at = payment.paid_at
        signup.stripe_customer_id = payment.stripe_customer_id or signup.stripe_customer_id


def _take_in_what_came_before(payment: Payment) -> None:
    """Take in what Stripe said of a payment before it was known here: such events were kept, and left alone."""
    if not payment.payment_intent_id:
        return
    earlier = StripeEvent.objects.select_for_update(of=("self",)).filter(
        payment_intent_id=payment.payment_intent_id,
        state=StripeEvent.State.IGNORED,
        type__in=[*contested.KINDS],
        payload__isnull=False,
    )
    for row in earlier.order_by("created", "pk"):
        obj = cast("dict[str, Any]", row.payload)["data"]["object"]
        row.outcome = contested.take_in(payment, row.type, obj, row.created)
        row.state, row.signup, row.processed_at = StripeEvent.State.PROCESSED, payment.signup, timezone.now()
        row.save(update_fields=["outcome", "state", "signup", "processed_at"])


def _mismatch(signup: Signup, session: CheckoutSession) -> str:
    """What of a paid session is not as its signup asked, in words; empty when all is right."""
    # A promotion code is the club's own gift, up to all of it: what counts is the price before it.
    price = (session.amount_total or 0) + session.discount_cents
    wrong = []
    if price != signup.amount_cents:
        paid = dollars(session.amount_total or 0, session.currency or "cad")
        off = dollars(session.discount_cents, session.currency or "cad")
        by_code = f" after a code took {off} off" if session.discount_cents else ""
        wrong.append(f"{paid} was paid{by_code}, {dollars(signup.amount_cents, signup.currency)} was asked for.")
    if session.currency != signup.currency:
        wrong.append(f"It is in {session.currency}, not {signup.currency}.")
    if session.metadata.get("level") != signup.level.slug or session.client_reference_id != str(signup.uuid):
        wrong.append("It is for another level or another join form.")
    if session.livemode == settings.STRIPE_TEST_MODE:
        wrong.append("It is a test payment." if settings.STRIPE_TEST_MODE is False else "It is a real payment.")
    if not signup.email_key:  # erased, or never finished for months: a member of it would have no name and address
        wrong.append("Its join form was emptied before it was paid, so who paid is known to Stripe only.")
    return " ".join(wrong)
