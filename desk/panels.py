"""How many members there are, beside what needs attention on the dashboard."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from desk.models import User
from membership.models import Level, Member, Membership
from membership.standing import running


@dataclass(frozen=True)
class Tally:
    """How many there are of something."""

    label: str
    count: int


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
