"""What of joining and paying needs a person's attention. Nobody can put any of it aside."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from home.attention.lines import Aside, Found, counted, one
from membership import unsettled
from membership.models import Level, Signup, StripeEvent

State = Signup.State
LONG = timedelta(days=1)
# Who never reached Stripe's page has nothing there that could end: after this, nobody expects it any more.
FORGOTTEN = timedelta(days=7)


def find_payments(user: Any, aside: Aside) -> Iterator[Found]:
    """At most four questions."""
    if user.has_perm("membership.view_case"):
        yield from _cases()
    if user.has_perm("membership.view_signup"):
        yield from _signups()
    if user.has_perm("membership.view_stripeevent"):
        yield from _events()
    if user.has_perm("membership.change_level") and not Level.objects.filter(is_open=True).exists():
        yield one("Nobody can join: no membership level is open", reverse("levels:index"))


def _cases() -> Iterator[Found]:
    waiting = unsettled.count_cases()
    if waiting:
        words = counted(waiting, "case about a payment waits", "cases about payments wait")
        yield one(f"{words} for you to decide", f"{reverse('cases:index')}?is_open=open")


def _signups() -> Iterator[Found]:
    now = timezone.now()
    late = Q(state=State.OPEN) | Q(state=State.STARTED, created_at__gte=now - FORGOTTEN)
    counts = Signup.objects.aggregate(
        slow=Count("pk", filter=Q(state=State.PROCESSING, created_at__lt=now - LONG)),
        late=Count("pk", filter=late & Q(created_at__lt=now - LONG)),
    )
    index = reverse("signups:index")
    if counts["slow"]:
        words = counted(counts["slow"], "payment has been", "payments have been")
        yield one(f"{words} under way for more than a day", f"{index}?state={State.PROCESSING}")
    if counts["late"]:
        words = counted(counts["late"], "person has", "people have")
        yield one(
            f"{words} stood at the payment for more than a day",
            f"{index}?state={State.OPEN}&state={State.STARTED}",
        )


def _events() -> Iterator[Found]:
    failed = unsettled.count_failed_events()
    if failed:
        words = counted(failed, "message from Stripe could", "messages from Stripe could")
        yield one(f"{words} not be dealt with", f"{reverse('stripe-events:index')}?state={StripeEvent.State.FAILED}")
