"""What follows from a signup's facts: its state, its membership, its cases, and what the partners are promised."""

from collections.abc import Sequence

from django.utils import timezone

from membership import cases, money_troubles, paying_again, terms, troubles
from membership.models import Case, Member, Membership, MembershipSettings, Payment, Refund, Signup
from membership.money import dollars
from membership.states import MEMBER_STATES, MEMBERSHIP_STATES, derive_state, standing_payments
from outbox.promises import Wish, promise_all


def settle(signup: Signup, payments: Sequence[Payment]) -> None:
    """Let state, membership, cases and promises follow from the facts. Saves the signup, which is locked."""
    before = signup.state
    signup.refunded_cents = sum(payment.refunded_cents for payment in payments if payment.paid_at)
    signup.state = derive_state(signup, payments)
    if signup.state in MEMBER_STATES and before not in MEMBER_STATES and not _has_membership(signup):
        _make_membership(signup, payments)
    elif signup.state != before and signup.state in MEMBER_STATES:
        _follow_money(signup)
    signup.save()
    is_news = signup.state != before or len(payments) > 1 or any(payment.is_contested for payment in payments)
    if is_news and signup.state in MEMBER_STATES and signup.member_id and payments:
        paying_again.follow(signup)
    # Of a payment that nobody said anything about, nothing is asked of the database.
    if len(payments) > 1 or any(payment.problem or payment.is_contested for payment in payments):
        _follow_cases(signup, payments)


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


def _has_membership(signup: Signup) -> bool:
    """Whether it led somewhere before a person had to look at it: a free form that was paid for all the same."""
    return signup.member_id is not None and Membership.objects.filter(signup=signup).exists()


def _make_membership(signup: Signup, payments: Sequence[Payment]) -> None:
    """The membership, its member if they are new, and the promises that follow. Once for each signup."""
    member = _member_of(signup)
    signup.member = member
    joined_at = signup.paid_at or signup.confirmed_at or timezone.now()
    starts_on = timezone.localdate(joined_at)
    Membership.objects.create(
        member=member,
        level=signup.level,
        signup=signup,
        starts_on=starts_on,
        ends_on=terms.last_day(signup.level, starts_on, MembershipSettings.load()),
        state=MEMBERSHIP_STATES[Signup.State(signup.state)],
        amount_cents=next((payment.amount_cents for payment in payments if payment.counts), 0),
    )
    lay_out(member, signup)
    member.stripe_customer_id = signup.stripe_customer_id or member.stripe_customer_id
    welcome = Wish(
        "mail.welcome",
        f"mail.welcome:{signup.uuid}",
        {"signup": str(signup.uuid)},
        f"member:{member.uuid}",
    )
    # Who joined on the old site was welcomed there.
    tell_partners(member, first=[] if signup.from_old_site else [welcome])


def _follow_money(signup: Signup) -> None:
    """Hold, end or take up again the membership, as the money that paid for it is disputed, gone or back."""
    membership = Membership.objects.filter(signup=signup).exclude(state=Membership.State.ENDED).first()
    if membership is None:  # the member was deleted, or an executive ended the membership
        return
    member = Member.objects.select_for_update().get(pk=membership.member_id)
    membership.state = MEMBERSHIP_STATES[Signup.State(signup.state)]
    membership.save(update_fields=["state"])
    lay_out(member, signup)
    tell_partners(member)


def lay_out(member: Member, signup: Signup | None = None) -> None:
    """Let the days of what the member paid for follow each other, after `signup` has changed and is not saved yet, or
    after something was written down by hand. In the caller's transaction, with the member locked."""
    if signup is not None and not signup.level.price_cents:
        return
    rows = list(member.memberships.select_related("level", "signup"))
    for row in rows:
        if signup is not None and row.signup_id == signup.pk:
            row.signup = signup
    for row in terms.laid_out(rows, timezone.localdate(), MembershipSettings.load()):
        row.save(update_fields=["starts_on", "ends_on"])


def _follow_cases(signup: Signup, payments: Sequence[Payment]) -> None:
    """Open what now needs a person, and close what has settled itself."""
    standing = standing_payments(payments)
    for payment in payments:
        if payment.problem:
            _follow_mismatch(signup, payment)
        if payment.counts and len(payments) > 1:
            _follow_second(signup, payment, is_second=payment in standing[1:])
        if payment.is_contested:
            _follow_failed_refunds(signup, payment)
            _follow_refused_refunds(signup, payment)
        if payment.is_contested:
            _follow_warnings(signup, payment)


def _follow_mismatch(signup: Signup, payment: Payment) -> None:
    case = cases.follow(
        Case.Kind.OLD_SITE if signup.from_old_site else Case.Kind.MISMATCH,
        f"mismatch:{payment.session_id}",
        is_open=not payment.counts and not payment.is_gone,
        words=payment.problem,
        signup=signup,
        payment=payment,
        stripe_object_id=payment.session_id or "",
    )
    # Payments of the old site are told together, by what takes them over.
    if case is not None and not signup.from_old_site:
        troubles.does_not_match(case, payment)


def _follow_second(signup: Signup, payment: Payment, *, is_second: bool) -> None:
    case = cases.follow(
        Case.Kind.TWICE,
        f"twice:{payment.session_id}",
        is_open=is_second,
        words=f"A second payment of {dollars(payment.amount_cents, payment.currency)} arrived for one membership.",
        signup=signup,
        payment=payment,
        stripe_object_id=payment.payment_intent_id or payment.session_id or "",
    )
    if case is not None:
        troubles.paid_twice(case)


def _follow_warnings(signup: Signup, payment: Payment) -> None:
    """A warning of fraud is nothing to do while the money is given back, and is again where a refund comes back."""
    for known in payment.cases.filter(kind=Case.Kind.FRAUD):
        case = cases.follow(
            Case.Kind.FRAUD,
            known.key,
            is_open=not payment.is_gone,
            words=known.words,
            signup=signup,
            payment=payment,
            stripe_object_id=known.stripe_object_id,
        )
        if case is not None:
            money_troubles.fraud_warned(case)


def _follow_failed_refunds(signup: Signup, payment: Payment) -> None:
    for refund in payment.refunds.filter(state=Refund.State.FAILED):
        case = cases.follow(
            Case.Kind.REFUND,
            f"refund:{refund.stripe_id}",
            is_open=not payment.is_gone,
            words=f"A refund of {dollars(refund.amount_cents, payment.currency)} did not reach the person. "
            f"{refund.answer} The money is with the club again.",
            signup=signup,
            payment=payment,
            stripe_object_id=refund.stripe_id or "",
        )
        if case is not None:
            money_troubles.refund_failed(case, refund.amount_cents)


def _follow_refused_refunds(signup: Signup, payment: Payment) -> None:
    """What Stripe refused to give back is nothing to do any more once all is given back in another way, or where
    Stripe made it all the same."""
    for refund in payment.refunds.exclude(asked_by=None).exclude(state=Refund.State.ASKED):
        case = cases.follow(
            Case.Kind.REFUND,
            f"refused:{refund.uuid}",
            is_open=refund.state == Refund.State.REFUSED and not payment.is_gone,
            words=f"Stripe refused to give {dollars(refund.amount_cents, payment.currency)} back. {refund.answer}",
            signup=signup,
            payment=payment,
            stripe_object_id=payment.payment_intent_id or "",
        )
        if case is not None:
            money_troubles.refund_refused(case, refund.amount_cents)


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
        # Forms from before the moment was kept have only that of their first sending.
        newsletter_at=(signup.newsletter_at or signup.created_at) if signup.newsletter else None,
        newsletter_source="join form" if signup.newsletter else "",
        created_at=signup.created_at if signup.from_old_site else timezone.now(),
    )
    # ON CONFLICT DO NOTHING waits for another transaction that makes the same member, and needs no savepoint.
    Member.objects.bulk_create([new], ignore_conflicts=True)
    return Member.objects.select_for_update().get(email_key=signup.email_key)
