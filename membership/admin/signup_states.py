"""What an executive reads of a join form's state. A state follows from facts alone (`membership.states`), and so
does not say whether a person has dealt with a payment that does not match: this does."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from membership.models import Case, Contest, Payment, Refund, Signup
from membership.timeline import BAD, GOOD, PLAIN, WAITING

State = Signup.State
Settlement = Case.Settlement

SETTLED = "settled"
SETTLED_LABEL = "Settled by a person"
WHAT_IT_MEANS = {
    State.STARTED: "They sent the form, and have not reached Stripe's page. Often Stripe was away for a moment.",
    State.OPEN: "They are on Stripe's page, or left it. Nothing was paid. The page closes by itself within the hour.",
    State.UNCONFIRMED: "They chose a free level and have not opened the link that we mailed them.",
    State.PROCESSING: "They paid in a way that takes a few days. They become a member by themselves when it arrives.",
    State.COMPLETED: "They are a member. There is nothing to do.",
    State.FAILED: "Their payment did not arrive, so they are not a member. They can join again at any time.",
    State.EXPIRED: "They ran out of time on Stripe's page. Nothing was paid. They can join again at any time.",
    State.HELD: "Their bank asks for the money back. Until that is decided, the membership is on hold.",
    State.LOST: "Their bank took the money back, and the membership has ended.",
    State.REFUNDED: "All they paid was given back, and the membership has ended.",
    State.CASE: "Something about the payment does not add up, so nobody was made a member by it.",
}
# A case that is settled, by what became of it: label and meaning. Nobody was made a member by any of them.
GIVEN_BACK, TAKEN_BACK, ON_ITS_WAY, PART_KEPT, LEFT = "given-back", "taken-back", "on-its-way", "part-kept", "left"
ONCE_SETTLED = {
    GIVEN_BACK: ("Settled: refunded", "The payment did not add up and was given back."),
    TAKEN_BACK: ("Settled: payment lost", "The payment did not add up, and their bank took it back."),
    ON_ITS_WAY: ("Settled: refund on its way", "The payment did not add up and is on its way back."),
    PART_KEPT: (
        "Settled: a part refunded",
        "The payment did not add up: a part of it was given back, and the club keeps the rest.",
    ),
    LEFT: ("Settled: left by {who}", "The payment did not add up, and was left as it is: {who} wrote down why."),
}


@dataclass(frozen=True)
class ShownState:
    """A join form's state in words, with its colour."""

    label: str
    tone: str
    meaning: str


def with_settlement(signups: QuerySet[Signup]) -> QuerySet[Signup]:
    """`signups` with what `shown_state` reads, by the same query."""
    about = Case.objects.filter(signup=OuterRef("pk"))
    settled = about.filter(settled_at__isnull=False, kind__in=[Case.Kind.MISMATCH, Case.Kind.OLD_SITE])
    last = settled.order_by("-settled_at", "-pk")
    paid = Payment.objects.filter(signup=OuterRef("pk"), paid_at__isnull=False)
    is_gone = Q(dispute=Contest.LOST) | Q(amount_cents__gt=0, refunded_cents__gte=F("amount_cents"))
    asked = Refund.objects.filter(payment__signup=OuterRef("pk"), state=Refund.State.ASKED)
    return signups.annotate(
        is_settled=Q(state=State.CASE) & ~Exists(about.filter(settled_at=None)) & Exists(settled),
        settled_as=Subquery(last.values("settlement")[:1]),
        settled_by_name=Subquery(last.values("settled_by__username")[:1]),
        has_money_left=Exists(paid.exclude(is_gone)),
        was_lost=Exists(paid.filter(dispute=Contest.LOST)),
        is_asked_back=Exists(asked),
    )


def shown_state(signup: Signup) -> ShownState:
    """What is said of a join form of `with_settlement`."""
    now = State(signup.state)
    if not signup.is_settled:  # type: ignore[attr-defined]
        return ShownState(now.label, _tone(now), WHAT_IT_MEANS[now])
    label, meaning = ONCE_SETTLED[_became(signup)]
    who = signup.settled_by_name or "the site"  # type: ignore[attr-defined]
    return ShownState(label.format(who=who), PLAIN, f"{meaning.format(who=who)} Nobody was made a member by it.")


def _became(signup: Signup) -> str:
    if not signup.has_money_left:  # type: ignore[attr-defined]
        return TAKEN_BACK if signup.was_lost else GIVEN_BACK  # type: ignore[attr-defined]
    if signup.is_asked_back:  # type: ignore[attr-defined]
        return ON_ITS_WAY
    if signup.settled_as == Settlement.REFUNDED and signup.refunded_cents:  # type: ignore[attr-defined]
        return PART_KEPT
    return LEFT


def _tone(now: Signup.State) -> str:
    if now == State.COMPLETED:
        return GOOD
    if now in (State.CASE, State.FAILED, State.HELD):
        return BAD
    return PLAIN if now in (State.REFUNDED, State.LOST, State.EXPIRED) else WAITING
