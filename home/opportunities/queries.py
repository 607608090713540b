"""Which opportunities visitors see: those whose last day is not over. Nothing has to take the others away."""

from django.db.models import Count
from django.utils import timezone
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from home.visibility import visible


class OpportunityQuerySet(PageQuerySet):
    """What the list and the feed ask for."""

    def open(self) -> "OpportunityQuerySet":
        """Published for everybody, and not over: the soonest last day first."""
        return visible(self).filter(last_day__gte=timezone.localdate()).order_by("last_day", "-pk")

    def latest(self) -> "OpportunityQuerySet":
        """The newest first."""
        return self.order_by("-first_published_at", "-pk")

    def by_kind(self) -> dict[str, int]:
        """How many there are of each kind; kinds without any are missing."""
        return dict(self.order_by().values_list("kind").annotate(count=Count("pk")))


OpportunityManager = PageManager.from_queryset(OpportunityQuerySet)
