"""Structured data (schema.org, as JSON-LD): what a page is, besides its words.

A page type adds what it is in `BasePage.told_to_machines`; the trail of pages above and the questions on a page are
added to every page that has them.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from home.sharing.showing import whole
from home.site_settings import SiteSettings

Thing = dict[str, Any]

# In a script element these could end it, whatever a title says; within JSON's strings they may be written so.
ESCAPED = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
# The home page stands at the second level of the tree, what hangs from it at the third.
DEPTH_OF_HOME = 2


def json_ld(things: Sequence[Thing]) -> SafeString:
    """The things as one graph, safe between `<script type="application/ld+json">` and its end."""
    graph = {"@context": "https://schema.org", "@graph": list(things)}
    return mark_safe(json.dumps(graph, ensure_ascii=False).translate(ESCAPED))


def things_of(page: Any, site: SiteSettings, url: str, picture: str) -> list[Thing]:
    """All that is told of a page at `url`, with the address of the picture that goes with it."""
    found = [*page.told_to_machines(site, picture), _trail(page, site, url), _questions(page, url)]
    return [thing for thing in found if thing]


def club(site: SiteSettings) -> Thing:
    """The club itself, whole; other things name it by its id."""
    address = " ".join(site.address.split("\n"))
    return _without_nothing(
        {
            "@type": "Organization",
            "@id": club_id(),
            "name": site.full_name,
            "alternateName": site.name,
            "url": whole("/"),
            "description": site.description,
            "logo": whole(static("images/icon-512.png")),
            "email": site.email,
            "address": {"@type": "PostalAddress", "streetAddress": address} if address else None,
            "sameAs": [item.value.url for item in site.profiles if item.value.url],
        }
    )


def website(site: SiteSettings) -> Thing:
    """The site, and how to look for something on it."""
    return {
        "@type": "WebSite",
        "@id": whole("/#site"),
        "name": site.name,
        "url": whole("/"),
        "inLanguage": "en-CA",
        "publisher": {"@id": club_id()},
    }


def club_id() -> str:
    return whole("/#club")


def _trail(page: Any, site: SiteSettings, url: str) -> Thing | None:
    """The pages above, down to this one; none for the home page."""
    if page.depth <= DEPTH_OF_HOME:
        return None
    steps = [(site.name, whole("/")), *((one.title, whole(one.url)) for one in _above(page)), (page.title, url)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": address}
            for number, (name, address) in enumerate(steps, start=1)
        ],
    }


def _above(page: Page) -> list[Page]:
    """Published pages between the home page and this one; most have none, and one costs no more than a look above."""
    if page.depth <= DEPTH_OF_HOME + 1:
        return []
    if page.depth == DEPTH_OF_HOME + 2:
        return [parent for parent in [page.get_parent()] if parent.live]
    return list(page.get_ancestors().filter(depth__gt=DEPTH_OF_HOME, live=True))


def _questions(page: Page, url: str) -> Thing | None:
    """Questions and answers in the page's text, if there are any."""
    streams = [getattr(page, field.name) for field in page._meta.concrete_fields if isinstance(field, StreamField)]
    blocks = [block for stream in streams for block in stream if block.block_type == "faq"]
    items = [item for block in blocks for item in block.value["questions"]]
    if not items:
        return None
    return {
        "@type": "FAQPage",
        "@id": f"{url}#questions",
        "mainEntity": [
            {
                "@type": "Question",
                "name": item["question"],
                "acceptedAnswer": {
                    "@type": "Answer",
                    "text": get_text_for_indexing(item["answer"].source),
                },
            }
            for item in items
        ],
    }


def _without_nothing(thing: Thing) -> Thing:
    return {name: value for name, value in thing.items() if value}
