"""What an executive decides about a case, and what then happens. Each decision is taken once."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from membership import cases, contested, lifecycle, settling, stripe_gateway
from membership.addresses import email_key
from membership.errors import NotOurs
from membership.models import Case, Level, Member, Refund, Signup
from membership.stripe_gateway import CheckoutSession, Said

Settlement = Case.Settlement
NOT_OUR_FORM = "Stripe's record of this payment says that it did not begin on our form."


class CannotAdopt(Exception):
    """A payment without a join form cannot become a member, for a reason that is said in words."""


def accept(case: Case, *, by: AbstractBaseUser) -> None:
    """The payment that does not match its join form will do: it makes a member.

    Raises `cases.AlreadySettled`, and CannotAdopt where nobody is named.
    """
    if case.payment_id is None:
        raise CannotAdopt("The payment is no longer here.")
    if case.signup is not None and not case.signup.email_key:
        raise CannotAdopt("It names no address that can be used. Leave it, and add the person by hand.")
    with transaction.atomic():
        _lock_signup(case)
        cases.settle(case.pk, by=by, how=Settlement.ACCEPTED)
        lifecycle.accept_payment(case.payment_id, by)


def leave(case: Case, *, by: AbstractBaseUser, note: str) -> None:
    """Nothing more is to be done, for the reason in `note`. Raises `cases.AlreadySettled`."""
    with transaction.atomic():
        _lock_signup(case)
        cases.settle(case.pk, by=by, how=Settlement.KEPT, note=note)


def look_again(case: Case) -> None:
    """Push the member of a shared contact once more: the case settles itself if they have one of their own now.

    Raises `cases.AlreadySettled`.
    """
    with transaction.atomic():
        member = Member.objects.select_for_update().filter(cases=case).first()
        now = Case.objects.get(pk=case.pk)
        if not now.is_open:
            raise cases.AlreadySettled(now)
        if member is not None:
            settling.tell_partners(member)


def adopt(case: Case, *, by: AbstractBaseUser) -> Signup:
    """Make the join form of a payment again from what Stripe keeps of it, and with it the member.

    Asks Stripe, also for what became of the money since: nobody becomes a member of what was given back. Raises
    TransportError, CannotAdopt and `cases.AlreadySettled`.
    """
    session = stripe_gateway.retrieve_session(case.stripe_object_id)
    intent = session.payment_intent_id
    since = stripe_gateway.said_of_payment(intent) if intent else []
    if _is_gone(session, since):
        raise CannotAdopt("The money was given back already, so nobody becomes a member of it. Leave the case.")
    with transaction.atomic():
        cases.settle(case.pk, by=by, how=Settlement.MADE_MEMBER)
        _make_signup(session)
        try:
            signup = lifecycle.complete(session)
        except NotOurs as error:
            raise CannotAdopt(NOT_OUR_FORM) from error
        for kind, said in since:
            signup, _ = lifecycle.record_contest(kind, said.object, None)
        return signup


def _is_gone(session: CheckoutSession, since: Sequence[tuple[str, Said]]) -> bool:
    """Whether all that was paid went back to the payer."""
    back = 0
    for kind, said in since:
        is_refund = kind.startswith("refund.") and contested.REFUND_STATES.get(said.status) in Refund.AT_STRIPE
        if is_refund or (kind == stripe_gateway.DISPUTE_EVENT and said.status == "lost"):
            back += int(said.object["amount"])
    return 0 < (session.amount_total or 0) <= back


def _make_signup(session: CheckoutSession) -> None:
    marks = session.metadata
    level = Level.objects.filter(slug=marks.get("level", "")).first()
    if level is None:
        raise CannotAdopt("The level it paid for is no longer here. Refund it in Stripe, or make that level again.")
    if not session.email:
        raise CannotAdopt("Stripe does not know who paid it. Refund it in Stripe.")
    try:
        signup = UUID(marks.get("signup", ""))
    except ValueError:
        raise CannotAdopt(NOT_OUR_FORM) from None
    Signup.objects.get_or_create(
        uuid=signup,
        defaults={
            "nonce": f"adopted:{session.id}"[:64],
            "level": level,
            "amount_cents": (session.amount_total or 0) + session.discount_cents,
            "currency": session.currency or "cad",
            "first_name": marks.get("first_name", "")[:300],
            "last_name": marks.get("last_name", "")[:300],
            "email": session.email,
            "email_key": email_key(session.email),
            "attempt": 1,
            "stripe_session_id": session.id,
            "created_at": min(session.created, timezone.now()),
        },
    )


def _lock_signup(case: Case) -> None:
    """Whoever changes a payment's facts locks the signup before its cases: so do we."""
    if case.signup_id:
        Signup.objects.select_for_update(of=("self",)).get(pk=case.signup_id)
