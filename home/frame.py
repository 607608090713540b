"""The frame of a page: what its header and footer show, read once for both.

The settings are one query, and every page that the menu, the footer, the announcement and the join button lead to
another one. A link to a page that is gone, not published or kept for some visitors is left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest
from wagtail.fields import StreamField
from wagtail.models import Page

from home.links import leads_to
from home.site_settings import SiteSettings
from home.visibility import visible

KEPT_AS = "_frame_of_the_page"
Raw = Mapping[str, Any]


@dataclass(frozen=True)
class FrameLink:
    """A link that leads somewhere; `here` when the visitor is on its page or under it."""

    text: str
    url: str
    here: bool = False


@dataclass(frozen=True)
class FrameColumn:
    """A titled list of links in the footer."""

    title: str
    links: list[FrameLink]


@dataclass(frozen=True)
class FrameAnnouncement:
    """The bar above the header."""

    text: str
    tone: str
    link: FrameLink | None = None


@dataclass(frozen=True)
class Frame:
    """What stands around every page."""

    site: SiteSettings
    menu: list[FrameLink] = field(default_factory=list)
    columns: list[FrameColumn] = field(default_factory=list)
    profiles: list[FrameLink] = field(default_factory=list)
    join: FrameLink | None = None
    announcement: FrameAnnouncement | None = None


def frame_of(request: HttpRequest | None) -> Frame:
    """The frame for this request; read once, however many ask for it."""
    found: Frame | None = getattr(request, KEPT_AS, None)
    if found is None:
        found = _read(request)
        if request is not None:
            setattr(request, KEPT_AS, found)
    return found


def links_of(stream: StreamField, request: HttpRequest | None) -> list[FrameLink]:
    """The links of a stream of the settings that lead to what any visitor may see; one query."""
    links = _links_in(stream)
    return _leading(links, _urls({link.get("page") for link in links}, request))


def _read(request: HttpRequest | None) -> Frame:
    site = SiteSettings.load(request_or_site=request)
    announced = site.is_announced()
    menu = _links_in(site.menu)
    columns = [(item["value"]["title"], _listed(item["value"]["links"])) for item in site.footer.raw_data]
    bar = _links_in(site.announcement_link) if announced else []
    wanted = [link for links in (menu, bar, *(links for _, links in columns)) for link in links]
    urls = _urls({link.get("page") for link in wanted} | {site.join_page_id}, request)
    path = request.path if request is not None else ""
    join_url = urls.get(site.join_page_id or 0, "")
    return Frame(
        site=site,
        menu=[replace(link, here=_is_here(link.url, path)) for link in _leading(menu, urls)],
        columns=[FrameColumn(title, links) for title, raw in columns if (links := _leading(raw, urls))],
        profiles=[FrameLink(one.value.name, one.value.url) for one in site.profiles if one.value.url],
        join=FrameLink(site.join_label, join_url, here=path == join_url) if join_url else None,
        announcement=FrameAnnouncement(
            site.announcement.strip(), site.announcement_tone, next(iter(_leading(bar, urls)), None)
        )
        if announced
        else None,
    )


def _links_in(stream: StreamField) -> list[Raw]:
    """The links of a stream as they are stored: reading them as blocks would be a query for each stream."""
    return [item["value"] for item in stream.raw_data if item["type"] == "link"]


def _listed(raw: Iterable[Raw]) -> list[Raw]:
    """The values of a stored list, which wraps each in an item of its own."""
    return [item.get("value", item) for item in raw]


def _leading(links: Iterable[Raw], urls: Mapping[int, str]) -> list[FrameLink]:
    ends = (
        (link, urls.get(link["page"], "") if link.get("page") else leads_to(link.get("address"))) for link in links
    )
    return [FrameLink(link["text"], url) for link, url in ends if url]


def _urls(ids: set[int | None], request: HttpRequest | None) -> dict[int, str]:
    asked = Page.objects.filter(pk__in=sorted(pk for pk in ids if pk)).only("pk", "url_path")
    return {page.pk: page.get_url(request) or "" for page in visible(asked)} if any(ids) else {}


def _is_here(url: str, path: str) -> bool:
    return url.startswith("/") and url != "/" and path.startswith(url)
