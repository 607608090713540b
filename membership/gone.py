"""What Stripe no longer knows, though money depends on it here: told to a person once, as a case."""

from dataclasses import dataclass

from django.db import transaction

from membership import cases, stripe_troubles
from membership.errors import NeedsAPerson
from membership.models import Case, Member, Payment, Signup


@dataclass(frozen=True)
class Thing:
    """`kind` is "dispute", "refund", "payment" or "session"; `id` is Stripe's."""

    id: str
    kind: str
    signup: Signup
    payment: Payment | None = None

    @property
    def key(self) -> str:
        return f"gone:{self.id}"[:200]

    @property
    def words(self) -> str:
        return f"Stripe no longer knows the {self.kind} {self.id}, which was not over when the site last heard of it."


def tell(thing: Thing) -> None:
    """Keep it as a case. Raises NeedsAPerson, each time: the alert comes once."""
    with transaction.atomic():
        case = _follow(thing, is_open=True)
        if case is not None:
            stripe_troubles.gone(case, thing.kind)
    raise NeedsAPerson(thing.words)


def is_open(thing: Thing) -> bool:
    return Case.objects.filter(key=thing.key, settled_at=None).exists()


def is_back(thing: Thing) -> None:
    """Stripe knows it after all (the site had another account's key for a while): the case settles itself."""
    with transaction.atomic():
        _follow(thing, is_open=False)


def settled_by_a_person() -> set[str]:
    """The ids of what somebody has looked at: Stripe is not asked for it any more."""
    settled = Case.objects.filter(kind=Case.Kind.GONE, settled_by__isnull=False)
    return set(settled.values_list("stripe_object_id", flat=True))


def forget_customer(customer_id: str) -> None:
    """A customer was deleted at Stripe: whoever paid by it has none now, and gets a new one with the next payment."""
    Member.objects.filter(stripe_customer_id=customer_id).update(stripe_customer_id="")


def _follow(thing: Thing, *, is_open: bool) -> Case | None:
    Signup.objects.select_for_update(of=("self",)).get(pk=thing.signup.pk)
    return cases.follow(
        Case.Kind.GONE,
        thing.key,
        is_open=is_open,
        words=thing.words,
        signup=thing.signup,
        payment=thing.payment,
        stripe_object_id=thing.id,
    )
