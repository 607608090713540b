"""What the club is told of money that is asked back, or goes back. See `membership.troubles` for the rules."""

from membership.models import Case, Signup
from membership.money import dollars
from membership.troubles import case_link, moment, said, signup_link
from outbox.alerts import alert
from outbox.models import Alert


def disputed(case: Case, cents: int, *, holds: bool, waits: bool = True) -> None:
    """The payer's bank asks for the money back, or (not `holds`) only asks. Told again for a new deadline, and when a
    question has become a dispute, even one that does not wait for an answer (not `waits`)."""
    by = f"by {moment(case.due_by)}" if case.due_by else "soon"
    held = "The membership is on hold, and Stripe holds the money, until it is decided."
    if not waits:
        todo = "Nothing for now: the club's answer is with the bank. Open the case to see it."
    elif holds:
        todo = (
            f"Open the payment in Stripe and answer {by}, or accept the dispute there. Without an answer the club "
            "loses it."
        )
    else:
        todo = f"Open the payment in Stripe and answer {by}, or refund it: then there will be no dispute and no fee."
    alert(
        "payment.disputed",
        key=f"{said(case)}:{'holds' if holds else 'asks'}:{case.due_by.isoformat() if case.due_by else ''}"[:200],
        what=f"Somebody's bank asks for {dollars(cents)} back: the payment is disputed."
        if holds
        else f"Somebody's bank asks about a payment of {dollars(cents)}. It may become a dispute.",
        done=f"It is recorded. {held if holds else 'The membership was not changed, and no money was taken.'}",
        todo=todo,
        link=case_link(case),
    )


def dispute_over(
    signup: Signup, dispute_id: str, status: str, outcome: str, *, now: str, kept_cents: int = 0
) -> None:
    """A dispute was decided: `outcome` says how, as a sentence, and `now` in which state the join form is by it.

    Each end (`status`, Stripe's word) is told once: a bank's question that was over may become a lost dispute.
    `kept_cents`: what the club still has where only a part of the payment was lost.
    """
    _once(
        "payment.dispute-over",
        key=f"payment.dispute-over:{dispute_id}:{status}"[:200],
        what=outcome,
        done=f"It is recorded. The join form is now: {now}.",
        todo=f"They stay a member, since the club keeps {dollars(kept_cents)} of it. If that is not right, give the "
        "rest back: then the membership ends."
        if kept_cents
        else "Nothing. The membership has followed: it goes on if the club keeps the money, and ends if not.",
        link=signup_link(signup),
    )


def fraud_warned(case: Case) -> None:
    """A card's bank says that a payment was probably not made by the card's owner."""
    alert(
        "payment.fraud-warning",
        key=said(case),
        what="A bank warns that a card may have been stolen with which somebody joined.",
        done="It is recorded. The membership was not changed, and nothing was refunded.",
        todo="Open the case. If you do not know the person, refund all of it now: that avoids a dispute and its fee.",
        link=case_link(case),
    )


def refund_failed(case: Case, cents: int) -> None:
    """The payer's bank sent a refund back."""
    alert(
        "refund.failed",
        key=said(case),
        what=f"A refund of {dollars(cents)} did not reach the person: their bank sent it back.",
        done="It is recorded. The money is in the club's Stripe account again, and the membership is as before it.",
        todo="Write to the person, give the money back in another way, and say so in the case.",
        link=case_link(case),
    )


def refund_refused(case: Case, cents: int) -> None:
    """Stripe does not make a refund that an executive asked for."""
    alert(
        "refund.refused",
        key=said(case),
        what=f"Stripe refused to give {dollars(cents)} back that an executive asked for.",
        done="Nothing was given back. The membership was not changed.",
        todo="Open the case: it says why. Try again there, or refund it in Stripe's dashboard.",
        link=case_link(case),
    )


def _once(kind: str, *, key: str, **words: str) -> None:
    """An alert that is not counted again: the same fact is heard of many times."""
    if not Alert.objects.filter(key=key).exists():
        alert(kind, key=key, **words)
