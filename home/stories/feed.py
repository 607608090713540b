"""The newest stories as an Atom feed, for people who follow along in a feed reader."""

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import conditional_page
from wagtail.models import Page

from home.site_settings import SiteSettings
from home.stories.authors import StoryAuthor
from home.stories.queries import StoryQuerySet
from home.stories.tags import TaggedStory

STORIES_IN_THE_FEED = 20
IN_THE_FEED = (
    Prefetch("authors", StoryAuthor.objects.select_related("person")),
    Prefetch("tagged_items", TaggedStory.objects.select_related("tag")),
)
# What XML 1.0 has no place for: control characters that a paste from another program brings along.
UNREADABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def absolute(address: str) -> str:
    """The whole address of a place on this site."""
    return urljoin(f"{settings.SITE_URL}/", address)


def readable(text: str) -> str:
    """Text that XML can hold."""
    return UNREADABLE.sub("", text)


class StoryFeed(Atom1Feed):
    """Atom with each of a story's authors, and a link to where it is told."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")
        if item["told_at"]:
            handler.addQuickElement("link", "", {"rel": "related", "href": item["told_at"]})

    def latest_post_date(self) -> datetime:
        """When the newest change was; a feed without stories is of now."""
        moments = [item["updateddate"] for item in self.items]
        return max(moments, default=timezone.now().astimezone(UTC))


@conditional_page
def atom(request: HttpRequest, index: Page, stories: StoryQuerySet) -> HttpResponse:
    """The first of `stories`, under the address and the words of the `index` page.

    Ids are made from what never changes about a page, so that a renamed or moved story is not new again.
    """
    site = SiteSettings.load(request_or_site=request)
    feed = StoryFeed(
        title=readable(f"{index.search_title} | {site.name}"),
        link=absolute(index.get_url(request) or ""),
        description="",
        subtitle=readable(index.summary_text or site.description),
        feed_url=absolute(request.path),
        feed_guid=index.translation_key.urn,
        language=settings.LANGUAGE_CODE,
        author_name=readable(site.full_name),
        author_link=settings.SITE_URL,
    )
    for story in stories.defer("body").prefetch_related(*IN_THE_FEED)[:STORIES_IN_THE_FEED]:
        published = story.published_at.astimezone(UTC)
        feed.add_item(
            title=readable(story.title),
            link=absolute(story.get_url(request) or ""),
            description=escape(readable(story.lede)),
            unique_id=story.translation_key.urn,
            pubdate=published,
            updateddate=max((story.last_published_at or published).astimezone(UTC), published),
            categories=[readable(item.tag.name) for item in story.tagged_items.all()],
            authors=[readable(str(author)) for author in story.authors.all()],
            told_at=story.address,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
