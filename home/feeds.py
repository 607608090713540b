"""An Atom feed of the newest pages of a list, for people who follow along in a feed reader."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator
from wagtail.models import Page

from home.site_settings import SiteSettings

# What XML 1.0 has no place for: control characters that a paste from another program brings along.
UNREADABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def absolute(address: str) -> str:
    """The whole address of a place on this site."""
    return urljoin(f"{settings.SITE_URL}/", address)


def readable(text: str) -> str:
    """Text that XML can hold."""
    return UNREADABLE.sub("", text)


@dataclass(frozen=True)
class Entry:
    """A page in the feed. `elsewhere` is where it is told, if not there."""

    page: Page
    summary: str
    published_at: datetime
    categories: Sequence[str] = ()
    authors: Sequence[str] = ()
    elsewhere: str = ""


class Feed(Atom1Feed):
    """Atom with each of an entry's authors, and a link to where it is told."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")
        if item["told_at"]:
            handler.addQuickElement("link", "", {"rel": "related", "href": item["told_at"]})

    def latest_post_date(self) -> datetime:
        """When the newest change was; an empty feed is of now."""
        moments = [item["updateddate"] for item in self.items]
        return max(moments, default=timezone.now().astimezone(UTC))


def atom(request: HttpRequest, index: Page, entries: Iterable[Entry]) -> HttpResponse:
    """The entries, under the address and the words of the `index` page.

    Ids are made from what never changes about a page, so that a renamed or moved page is not new again.
    """
    site = SiteSettings.load(request_or_site=request)
    feed = Feed(
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
    for entry in entries:
        page, published = entry.page, entry.published_at.astimezone(UTC)
        feed.add_item(
            title=readable(page.title),
            link=absolute(page.get_url(request) or ""),
            description=escape(readable(entry.summary)),
            unique_id=page.translation_key.urn,
            pubdate=published,
            updateddate=max((page.last_published_at or published).astimezone(UTC), published),
            categories=[readable(category) for category in entry.categories],
            authors=[readable(author) for author in entry.authors],
            told_at=entry.elsewhere,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
