"""What of joining waits for a person: for the dashboard, and against the weekly "all well"."""

from django.db.models import Q

from membership.models import Case, StripeEvent


def has_failed() -> Q:
    """Events that could not be dealt with and still can be: their content is kept for a month. Of `StripeEvent`."""
    return Q(state=StripeEvent.State.FAILED, payload__isnull=False)


def count_failed_events() -> int:
    """How many of Stripe's events could not be dealt with."""
    return StripeEvent.objects.filter(has_failed()).count()


def count_cases() -> int:
    """How many cases wait for a person."""
    return Case.objects.filter(settled_at=None).count()
