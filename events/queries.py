"""Which events are coming and which are over."""

from django.utils import timezone
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from home.visibility import visible


class EventQuerySet(PageQuerySet):
    """What the index, the home page and event pages ask for."""

    def visible(self) -> "EventQuerySet":
        """Published, and not kept for some visitors only."""
        return visible(self)

    def coming(self) -> "EventQuerySet":
        """Not over yet, soonest first. An event under way still counts."""
        return self.visible().filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")

    def over(self) -> "EventQuerySet":
        """Over, latest first."""
        return self.visible().filter(ends_at__lte=timezone.now()).order_by("-starts_at", "-pk")


EventManager = PageManager.from_queryset(EventQuerySet)
