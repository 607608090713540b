"""What became of a signup: facts are added in any order, and the state follows from all of them.

Every function here is one short transaction under a lock on the signup (and then on its member, always in that
order), makes no call to the outside, and may be called any number of times with the same fact.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from membership import terms, troubles
from membership.errors import LinkRefused, NeedsAPerson, NotOurs
from membership.models import Member, Membership, MembershipSettings, Payment, Signup
from membership.stripe_gateway import CheckoutSession, is_ours
from outbox.promises import Wish, promise_all

DECLINES_TOLD_AT_ONCE = 3
MEMBER_STATES = (Signup.State.COMPLETED, Signup.State.REFUNDED)


def derive_state(signup: Signup, payments: Sequence[Payment]) -> Signup.State:
    """The state that follows from a signup's facts and payments. Pure: it reads and writes nothing else."""
    counting = [payment for payment in payments if payment.counts]
    if counting:
        refunded = all(payment.is_fully_refunded for payment in counting)
        return Signup.State.REFUNDED if refunded else Signup.State.COMPLETED
    if signup.case_reason:
        return Signup.State.CASE
    if signup.confirmed_at:
        return Signup.State.COMPLETED
    if signup.payment_failed:
        return Signup.State.FAILED
    if signup.payment_pending:
        return Signup.State.PROCESSING
    if signup.session_expired:
        return Signup.State.EXPIRED
    if signup.stripe_session_id:
        return Signup.State.OPEN
    return Signup.State.UNCONFIRMED if signup.amount_cents == 0 and signup.attempt else Signup.State.STARTED


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
            if paid:
                raise NeedsAPerson(f"Session {session.id} is paid, but its signup is not here.") from error
            raise
        payments = list(signup.payments.all())
        expired_before = signup.session_expired
        if paid:
            _take_payment(signup, payments, session)
        elif session.status == "complete" and _is_current(signup, session):
            signup.payment_pending = True
        elif session.status == "expired" and signup.stripe_session_id == session.id:
            signup.session_expired = True
        _settle(signup, payments)
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
            _settle(signup, list(signup.payments.all()))
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
        _settle(signup, list(signup.payments.all()))
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
        if refunded_cents > payment.refunded_cents:
            payment.refunded_cents = refunded_cents
            payment.save()
        _settle(signup, payments)
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
        if signup.confirmed_at is None:
            signup.confirmed_at = timezone.now()
            _settle(signup, list(signup.payments.all()))
    return signup


def tell_partners(member: Member, *, first: Sequence[Wish] = ()) -> None:
    """Promise that Stripe and HubSpot hear how things stand. In the caller's transaction, with the member locked.

    Saves the member; `first` is promised together with it.
    """
    member.revision += 1
    member.save(update_fields=["revision", "stripe_customer_id", "updated_at"])
    about = f"member:{member.uuid}"
    payload = {"member": str(member.uuid), "customer": member.stripe_customer_id}
    wishes = [*first]
    if member.stripe_customer_id:
        wishes.append(Wish("stripe.customer", f"stripe.customer:{member.uuid}:{member.revision}", payload, about))
    wishes.append(Wish("hubspot.contact", f"hubspot.contact:{member.uuid}:{member.revision}", payload, about))
    promise_all(wishes)


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
    another_counts = any(one.counts for one in payments)
    payment.session_id = session.id
    payment.payment_intent_id = intent
    payment.amount_cents = session.amount_total or 0
    payment.paid_at = session.created
    payment.problem = _mismatch(signup, session)
    payment.save()
    if payment.problem:
        signup.case_reason = f"{signup.case_reason}\n{payment.problem}".strip()
        troubles.does_not_match(signup, payment)
        return
    if another_counts:
        troubles.paid_twice(signup)
    signup.stripe_customer_id = session.customer_id or signup.stripe_customer_id
    if signup.paid_at is None or session.created < signup.paid_at:
        signup.paid_at = session.created


def _mismatch(signup: Signup, session: CheckoutSession) -> str:
    """What of a paid session is not as its signup asked, in words; empty when all is right."""
    free_code = session.payment_status == "no_payment_required" and session.amount_total == 0
    wrong = []
    if session.amount_total != signup.amount_cents and not free_code:
        wrong.append(f"{session.amount_total} cents were paid, {signup.amount_cents} were asked for.")
    if session.currency != signup.currency:
        wrong.append(f"It is in {session.currency}, not {signup.currency}.")
    if session.metadata.get("level") != signup.level.slug or session.client_reference_id != str(signup.uuid):
        wrong.append("It is for another level or another join form.")
    if session.livemode == settings.STRIPE_TEST_MODE:
        wrong.append("It is a test payment." if settings.STRIPE_TEST_MODE is False else "It is a real payment.")
    return " ".join(wrong)


def _settle(signup: Signup, payments: Sequence[Payment]) -> None:
    """Let state, membership and promises follow from the facts. Saves the signup, which is locked."""
    before = signup.state
    signup.refunded_cents = sum(payment.refunded_cents for payment in payments if payment.paid_at)
    signup.state = derive_state(signup, payments)
    if signup.state in MEMBER_STATES and before not in MEMBER_STATES:
        _make_membership(signup, payments)
    elif signup.state != before and signup.state in MEMBER_STATES:
        _follow_refund(signup)
    signup.save()


def _make_membership(signup: Signup, payments: Sequence[Payment]) -> None:
    """The membership, its member if they are new, and the promises that follow. Once for each signup."""
    member = _member_of(signup)
    signup.member = member
    joined_at = signup.paid_at or signup.confirmed_at or timezone.now()
    starts_on = terms.first_day(member, signup.level, timezone.localdate(joined_at))
    Membership.objects.create(
        member=member,
        level=signup.level,
        signup=signup,
        starts_on=starts_on,
        ends_on=terms.last_day(signup.level, starts_on, MembershipSettings.load()),
        state=_membership_state(signup),
        amount_cents=next((payment.amount_cents for payment in payments if payment.counts), 0),
    )
    member.stripe_customer_id = signup.stripe_customer_id or member.stripe_customer_id
    welcome = Wish(
        "mail.welcome",
        f"mail.welcome:{signup.uuid}",
        {"signup": str(signup.uuid)},
        f"member:{member.uuid}",
    )
    tell_partners(member, first=[welcome])


def _follow_refund(signup: Signup) -> None:
    """End the membership that was refunded in full, or take it up again when a second payment stands."""
    membership = Membership.objects.filter(signup=signup).exclude(state=Membership.State.ENDED).first()
    if membership is None:  # the member was deleted, or an executive ended the membership
        return
    member = Member.objects.select_for_update().get(pk=membership.member_id)
    membership.state = _membership_state(signup)
    membership.save(update_fields=["state"])
    tell_partners(member)


def _membership_state(signup: Signup) -> Membership.State:
    return Membership.State.REFUNDED if signup.state == Signup.State.REFUNDED else Membership.State.ACTIVE


def _member_of(signup: Signup) -> Member:
    """The member this signup belongs to, locked; a new one takes name and consent from it.

    Typing an address proves nothing: of a member that exists, nothing is changed. What differs stays on the signup.
    """
    if signup.member_id:
        known = Member.objects.select_for_update().filter(pk=signup.member_id).first()
        if known is not None:
            return known
    new = Member(
        email_key=signup.email_key,
        first_name=signup.first_name,
        last_name=signup.last_name,
        email=signup.email,
        newsletter=signup.newsletter,
        newsletter_text=signup.newsletter_text if signup.newsletter else "",
        newsletter_at=signup.created_at if signup.newsletter else None,
        newsletter_source="join form" if signup.newsletter else "",
    )
    # ON CONFLICT DO NOTHING waits for another transaction that makes the same member, and needs no savepoint.
    Member.objects.bulk_create([new], ignore_conflicts=True)
    return Member.objects.select_for_update().get(email_key=signup.email_key)
