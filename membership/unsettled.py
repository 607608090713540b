"""What of joining waits for a person: for the dashboard, and against the weekly "all well"."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from membership.models import Payment, Signup, StripeEvent

# What the site only passes on to a person (a dispute, a warning) cannot be ticked off here: it is shown for so long.
CASES_SHOWN_FOR = timedelta(days=7)


def is_unsettled() -> Q:
    """Join forms whose payment does not add up, until all that was wrong about it is refunded. Of `Signup`."""
    wrong = Payment.objects.filter(signup=OuterRef("pk")).exclude(problem="")
    kept = Exists(wrong.filter(refunded_cents__lt=F("amount_cents")))
    return Q(kept) | (Q(state=Signup.State.CASE) & ~Q(Exists(wrong)))


def has_failed() -> Q:
    """Events that could not be dealt with and still can be: their content is kept for a month. Of `StripeEvent`."""
    return Q(state=StripeEvent.State.FAILED, payload__isnull=False)


def is_a_case() -> Q:
    """Events of the last seven days that were left to a person. Of `StripeEvent`."""
    return Q(state=StripeEvent.State.CASE, received_at__gte=timezone.now() - CASES_SHOWN_FOR)


def count_signups() -> int:
    """How many join forms have a payment that does not add up."""
    return Signup.objects.filter(is_unsettled()).count()


def count_failed_events() -> int:
    """How many of Stripe's events could not be dealt with."""
    return StripeEvent.objects.filter(has_failed()).count()


def count_case_events() -> int:
    """How many of Stripe's events were left to a person lately."""
    return StripeEvent.objects.filter(is_a_case()).count()
