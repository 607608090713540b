"""Which state follows from the facts of a signup and its payments. Pure: nothing is read or written here."""

from collections.abc import Sequence

from membership.models import Contest, Membership, Payment, Signup

State = Signup.State

# A signup in one of these has made a membership.
MEMBER_STATES = (State.COMPLETED, State.HELD, State.REFUNDED, State.LOST)

MEMBERSHIP_STATES = {
    State.COMPLETED: Membership.State.ACTIVE,
    State.HELD: Membership.State.HELD,
    State.REFUNDED: Membership.State.REFUNDED,
    State.LOST: Membership.State.LOST,
}


def derive_state(signup: Signup, payments: Sequence[Payment]) -> Signup.State:
    """The state that follows from a signup's facts and payments.

    One payment that counts and that nobody contests makes a member. While all that is left is disputed, the
    membership is on hold; when nothing is left, it is over.
    """
    counting = [payment for payment in payments if payment.counts]
    if counting:
        return _of_money(counting)
    if signup.case_reason:
        return State.CASE
    if signup.confirmed_at:
        return State.COMPLETED
    if signup.payment_failed:
        return State.FAILED
    if signup.payment_pending:
        return State.PROCESSING
    if signup.session_expired:
        return State.EXPIRED
    if signup.stripe_session_id:
        return State.OPEN
    return State.UNCONFIRMED if signup.amount_cents == 0 and signup.attempt else State.STARTED


def standing_payments(payments: Sequence[Payment]) -> list[Payment]:
    """Those that count and that the club still has, oldest first, in whatever order they were heard of."""
    standing = [payment for payment in payments if payment.counts and not payment.is_gone]
    return sorted(standing, key=lambda one: (one.paid_at, one.session_id or ""))


def _of_money(counting: Sequence[Payment]) -> Signup.State:
    left = standing_payments(counting)
    if any(payment.dispute != Contest.OPEN for payment in left):
        return State.COMPLETED
    if left:
        return State.HELD
    return State.LOST if any(payment.dispute == Contest.LOST for payment in counting) else State.REFUNDED
