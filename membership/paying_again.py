"""Two payments of one person for one level, within days, over two join forms: most likely one too many."""

from itertools import pairwise

from django.db.models import Q

from membership import cases, troubles
from membership.limits import PAID_AGAIN_WITHIN
from membership.models import Case, Member, Payment, Signup
from membership.money import dollars
from membership.states import standing_payments


def follow(signup: Signup) -> None:
    """Let the cases of second payments be as the facts of all join forms of `signup`'s member and level are.

    In the caller's transaction, with the signup locked and saved; locks the member, as whoever changes another of
    their signups does. Which of two payments is the second follows from when they were made, not from when they were
    heard of. The money is kept, and the membership made longer, until a person decides.
    """
    of_level = Q(signup__member=signup.member_id, signup__level=signup.level_id, paid_at__isnull=False)
    if not Payment.objects.filter(of_level).exclude(signup=signup.pk).exists():
        return
    Member.objects.select_for_update(of=("self",)).filter(signups=signup).first()
    payments = list(Payment.objects.filter(of_level).select_related("signup"))
    second = {payment.pk for payment in seconds(payments)}
    for payment in payments:
        # The old site's are taken over long after they were made: there, nobody waits for a refund.
        if payment.counts and not payment.signup.from_old_site:
            _follow(payment, is_open=payment.pk in second)


def seconds(payments: list[Payment]) -> list[Payment]:
    """Of one member's `payments` for one level: those made soon after that of another form, which stands too.

    What a code made free cost nobody anything. Who paid twice on one form has a case of their own for that.
    """
    first_of_form: dict[int, Payment] = {}
    for payment in standing_payments(payments):
        first_of_form.setdefault(payment.signup_id, payment)
    made = [(one.paid_at, one.signup_id, one) for one in first_of_form.values() if one.paid_at and one.amount_cents]
    made.sort(key=lambda one: one[:2])
    return [second for (before, _, _), (at, _, second) in pairwise(made) if at - before <= PAID_AGAIN_WITHIN]


def _follow(payment: Payment, *, is_open: bool) -> None:
    case = cases.follow(
        Case.Kind.TWICE,
        f"again:{payment.session_id}",
        is_open=is_open,
        words=f"A payment of {dollars(payment.amount_cents, payment.currency)} arrived within days of another one by "
        "the same person for the same level, over another join form. For now it makes their membership longer.",
        signup=payment.signup,
        payment=payment,
        stripe_object_id=payment.payment_intent_id or payment.session_id or "",
    )
    if case is not None:
        troubles.paid_again(case)
