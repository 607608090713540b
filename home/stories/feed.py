"""The newest stories for feed readers."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page
from wagtail.models import Page

from home import feeds
from home.stories.authors import StoryAuthor
from home.stories.queries import StoryQuerySet
from home.stories.tags import TaggedStory

STORIES_IN_THE_FEED = 20
IN_THE_FEED = (
    Prefetch("authors", StoryAuthor.objects.select_related("person")),
    Prefetch("tagged_items", TaggedStory.objects.select_related("tag")),
)


@conditional_page
def atom(request: HttpRequest, index: Page, stories: StoryQuerySet) -> HttpResponse:
    """The first of `stories`, as the feed of the `index` page."""
    entries = [
        feeds.Entry(
            page=story,
            summary=story.lede,
            published_at=story.published_at,
            categories=[item.tag.name for item in story.tagged_items.all()],
            authors=[str(author) for author in story.authors.all()],
            elsewhere=story.address,
        )
        for story in stories.defer("body").prefetch_related(*IN_THE_FEED)[:STORIES_IN_THE_FEED]
    ]
    return feeds.atom(request, index, entries)
