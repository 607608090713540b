"""Which stories visitors see, and in which order."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Case, Count, Prefetch, Q, When, prefetch_related_objects
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from home.people.records import Person
from home.stories.authors import StoryAuthor
from home.stories.tags import StoryTag
from home.visibility import visible


class StoryQuerySet(PageQuerySet):
    """What the list, the feed and other stories ask for."""

    def visible(self) -> "StoryQuerySet":
        """Published, and not kept for some visitors only."""
        return visible(self)

    def latest(self) -> "StoryQuerySet":
        """The newest first."""
        return self.order_by("-published_at", "-pk")

    def led_by(self, pk: int | None) -> "StoryQuerySet":
        """The newest first, but this one before them."""
        if pk is None:
            return self.latest()
        is_lead = Case(When(pk=pk, then=0), default=1)
        return self.annotate(is_lead=is_lead).order_by("is_lead", "-published_at", "-pk")

    def as_cards(self) -> "StoryQuerySet":
        """Without the long texts: a list shows none of them."""
        return self.defer("body")

    def by_kind(self) -> dict[str, int]:
        """How many there are of each kind; kinds without any are missing."""
        return dict(self.order_by().values_list("kind").annotate(count=Count("pk")))

    def tags(self) -> list[StoryTag]:
        """The tags of these stories, each with its `count`, the most used first."""
        tags = StoryTag.objects.filter(items__content_object__in=self.order_by().values("pk"))
        return list(tags.annotate(count=Count("items")).order_by("-count", "name"))

    def near(self, tags: Iterable[StoryTag]) -> "StoryQuerySet":
        """Those that share most of these tags first, then the newest."""
        shared = Count("tagged_items", filter=Q(tagged_items__tag__in=[tag.pk for tag in tags]))
        return self.annotate(shared=shared).order_by("-shared", "-published_at", "-pk")


def people_of(stories: Sequence[Any]) -> list[Person]:
    """Those of the team who tell these stories: one query for all, which the stories keep."""
    prefetch_related_objects(stories, Prefetch("authors", StoryAuthor.objects.select_related("person")))
    return [author.person for story in stories for author in story.authors.all() if author.person]


StoryManager = PageManager.from_queryset(StoryQuerySet)
