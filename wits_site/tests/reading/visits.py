"""Opening addresses as a visitor does, and following every link from there."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from wits_site.tests.reading.tree import Document, Element

MOST = 1_000
FILES = (settings.STATIC_URL, settings.MEDIA_URL)
ADMIN = "/admin/"
# What a browser fetches by itself to show a page, by element.
LOADED = {"img": ("src", "srcset"), "source": ("src", "srcset"), "script": ("src",), "iframe": ("src",),
          "video": ("src", "poster"), "audio": ("src",), "object": ("data",), "embed": ("src",), "input": ("src",),
          "svg:use": ("href",), "svg:image": ("href",)}  # fmt: skip
NOT_LOADED = {"expect", "canonical", "alternate", "next", "prev", "license", "me", "author"}


@dataclass(frozen=True)
class Visit:
    """One address as a visitor got it; `queries` is the SQL that it took."""

    address: str
    status: int
    kind: str
    content: bytes
    queries: list[str]
    led_to: str = ""

    @property
    def html(self) -> str:
        return self.content.decode()

    @property
    def is_html(self) -> bool:
        return self.kind.startswith("text/html") and bool(self.content)

    @cached_property
    def document(self) -> Document:
        return Document(self.html)

    @property
    def asked_twice(self) -> list[str]:
        return [sql for sql, count in Counter(self.queries).items() if count > 1]

    def whole(self, link: str) -> str:
        """Where a link on this page leads, in full."""
        return urljoin(urljoin(settings.SITE_URL, self.address), link.strip())

    @property
    def links(self) -> list[tuple[Element, str]]:
        """Where a person can go from here, and what says so."""
        found = [(one, one.get("href")) for one in self.document.all("a", "area") if one.get("href") is not None]
        found += [(one, one.get("action") or "") for one in self.document.all("form") if one.get("method") != "post"]
        found += [(one, one.get("href")) for one in self.document.all("link") if _kind(one) & NOT_LOADED]
        return [(one, self.whole(link or "")) for one, link in found]

    @property
    def resources(self) -> list[tuple[Element, str]]:
        """What the page is made of besides its own text."""
        found = []
        for one in self.document.elements:
            for name in LOADED.get(one.name, ()):
                value = one.get(name) or ""
                links = (
                    [part.split()[0] for part in value.split(",") if part.strip()] if name == "srcset" else [value]
                )
                found += [(one, link) for link in links if link]
            if one.name == "link" and not _kind(one) & NOT_LOADED:
                found.append((one, one.get("href") or ""))
        return [(one, self.whole(link)) for one, link in found]


def _of_srcset(value: str) -> list[str]:
    return [part.split()[0] for part in value.split(",") if part.strip()]


def _kind(one: Element) -> set[str]:
    return set((one.get("rel") or "").split())


def visit(client: Client, address: str) -> Visit:
    """Open one address, without following where it leads."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    queries = [query["sql"] for query in asked.captured_queries if "SAVEPOINT" not in query["sql"]]
    return Visit(
        address, answer.status_code, answer.get("Content-Type", ""), content, queries, answer.get("Location", "")
    )


def walk(client: Client, starts: Iterable[str]) -> dict[str, Visit]:
    """Open these addresses and every address of ours that a link on one of them leads to."""
    client.get("/")  # so that what a server remembers between two visitors counts for no page
    todo, seen = list(dict.fromkeys(starts)), dict[str, Visit]()
    while todo:
        address = todo.pop(0)
        assert len(seen) < MOST, f"links without end: {address}"
        seen[address] = found = visit(client, address)
        leads = [found.whole(found.led_to)] if found.led_to else []
        if found.is_html:
            leads += [link for _, link in found.links]
        elif "xml" in found.kind:
            leads += addresses_in_xml(found.content)
        for link in leads:
            own = address_of(link)
            if own and not own.startswith((*FILES, ADMIN)) and own not in seen and own not in todo:
                todo.append(own)
    return seen


def addresses_in_xml(content: bytes) -> list[str]:
    """What a map of the site or a feed leads to."""
    elements = list(ElementTree.fromstring(content).iter())
    said = [(one.text or "") for one in elements if one.tag.rpartition("}")[2] == "loc"]
    return said + [one.attrib["href"] for one in elements if "href" in one.attrib]


def address_of(link: str) -> str:
    """The path and query of an address of this site; empty for one elsewhere."""
    parts, own = urlsplit(link), urlsplit(settings.SITE_URL)
    if (parts.scheme, parts.netloc) != (own.scheme, own.netloc):
        return ""
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def is_a_file(address: str) -> bool:
    """Whether the web server serves it and no view does."""
    return address.startswith(FILES)


def is_there(address: str) -> bool:
    """Whether the file at an address of ours exists."""
    path = unquote(urlsplit(address).path)
    if path.startswith(settings.STATIC_URL):
        return finders.find(path.removeprefix(settings.STATIC_URL)) is not None
    return default_storage.exists(path.removeprefix(settings.MEDIA_URL))


def fixed_addresses(patterns: Any = None, before: str = "/") -> Iterator[str]:
    """Every address of the URLconf that takes no parameter, but for the admin's and Wagtail's own."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if route.startswith((ADMIN, "/documents/", "/_util/")) or re.search(r"[<(^\\]", route):
            continue
        if isinstance(pattern, URLResolver):
            yield from fixed_addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route
