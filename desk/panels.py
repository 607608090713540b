"""What the executives see first in the admin: what needs them, and how many members there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from desk.models import User
from home.forms.records import count_unread, readable_by
from membership import unsettled
from membership.models import Level, Member, Membership, Signup, StripeEvent
from membership.standing import running
from outbox.models import Delivery

State = Signup.State
LONG = timedelta(days=1)
# Who never reached Stripe's page has nothing there that could end: after this, nobody expects it any more.
FORGOTTEN = timedelta(days=7)


@dataclass(frozen=True)
class Trouble:
    """Something that waits for a person: how many, in words, and where to go."""

    words: str
    url: str


@dataclass(frozen=True)
class Tally:
    """How many there are of something."""

    label: str
    count: int


class NeedsAttention(Component):
    """What waits for a person, as far as the reader may see it. Says so when nothing does."""

    name = "needs_attention"
    template_name = "desk/needs_attention.html"
    order = 10
    rights = ("membership.view_case", "membership.view_signup", "membership.view_stripeevent", "outbox.view_delivery")

    @classmethod
    def is_for(cls, user: User | AnonymousUser) -> bool:
        return any(user.has_perm(right) for right in cls.rights) or readable_by(user).exists()

    def __init__(self, request: HttpRequest) -> None:
        self.user = request.user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"troubles": list(self.troubles())}

    def troubles(self) -> Iterator[Trouble]:
        """At most five queries."""
        unread = count_unread(self.user)
        if unread:
            words = counted(unread, "answer to a form has", "answers to forms have")
            yield Trouble(f"{words} not been read", f"{reverse('answers:index')}?read=no")
        if self.user.has_perm("membership.view_case"):
            yield from self._cases()
        if self.user.has_perm("membership.view_signup"):
            yield from self._signups()
        if self.user.has_perm("membership.view_stripeevent"):
            yield from self._events()
        if self.user.has_perm("outbox.view_delivery"):
            dead = Delivery.objects.filter(state=Delivery.State.DEAD).count()
            if dead:
                words = counted(dead, "mail or update was", "mails or updates were")
                yield Trouble(f"{words} given up", deliveries_given_up())

    def _events(self) -> Iterator[Trouble]:
        failed = unsettled.count_failed_events()
        if failed:
            words = counted(failed, "message from Stripe could", "messages from Stripe could")
            index = reverse("stripe-events:index")
            yield Trouble(f"{words} not be dealt with", f"{index}?state={StripeEvent.State.FAILED}")

    def _cases(self) -> Iterator[Trouble]:
        waiting = unsettled.count_cases()
        if waiting:
            words = counted(waiting, "case about a payment waits", "cases about payments wait")
            yield Trouble(f"{words} for you to decide", f"{reverse('cases:index')}?is_open=open")

    def _signups(self) -> Iterator[Trouble]:
        now = timezone.now()
        late = Q(state=State.OPEN) | Q(state=State.STARTED, created_at__gte=now - FORGOTTEN)
        counts = Signup.objects.aggregate(
            slow=Count("pk", filter=Q(state=State.PROCESSING, created_at__lt=now - LONG)),
            late=Count("pk", filter=late & Q(created_at__lt=now - LONG)),
        )
        index = reverse("signups:index")
        if counts["slow"]:
            words = counted(counts["slow"], "payment has been", "payments have been")
            yield Trouble(f"{words} under way for more than a day", f"{index}?state={State.PROCESSING}")
        if counts["late"]:
            words = counted(counts["late"], "person has", "people have")
            yield Trouble(
                f"{words} stood at the payment for more than a day",
                f"{index}?state={State.OPEN}&state={State.STARTED}",
            )


class MembersNow(Component):
    """How many members each level has, and how many are new. Three queries."""

    name = "members_now"
    template_name = "desk/members_now.html"
    order = 20

    @staticmethod
    def is_for(user: User | AnonymousUser) -> bool:
        return user.has_perm("membership.view_member")

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        today = timezone.localdate()
        held = Membership.objects.filter(running(today)).order_by().values_list("level")
        members = dict(held.annotate(members=Count("member", distinct=True)))
        week = timezone.now() - timedelta(days=7)
        joined = Member.objects.aggregate(all=Count("pk"), week=Count("pk", filter=Q(created_at__gte=week)))
        return {
            "tallies": [
                *(Tally(level.name, members.get(level.pk, 0)) for level in Level.objects.all()),
                Tally("Joined in the last 7 days", joined["week"]),
            ],
            "nobody": not joined["all"],
            "url": reverse("members:index"),
        }


def counted(number: int, one: str, many: str) -> str:
    """`1 payment was`, `3 payments were`."""
    return f"{number} {one if number == 1 else many}"


def deliveries_given_up() -> str:
    """The list of deliveries that were given up; the dashboard itself where the site has no such list."""
    try:
        return f"{reverse('deliveries:index')}?state={Delivery.State.DEAD}"
    except NoReverseMatch:
        return reverse("wagtailadmin_home")
