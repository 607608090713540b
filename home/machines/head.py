"""The head of a page, for whoever reads it without eyes: its address, title, description, picture and kind."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from home import words
from home.machines.structured import json_ld, things_of
from home.sharing.showing import Shared, shared, whole
from home.site_settings import SiteSettings


@dataclass(frozen=True)
class Head:
    """What `components/machines.html` shows."""

    title: str
    description: str
    url: str
    kind: str
    shared: Shared
    facts: SafeString


@dataclass(frozen=True)
class Otherwise:
    """Where a page answers at another address than its own, as a past team does: what the head says there instead."""

    address: str = ""
    title: str = ""
    description: str = ""


def head_of(page: Any, site: SiteSettings, otherwise: Otherwise, number: int = 1) -> Head:
    """The head of `page`; `number` is that of a page of a list.

    The address never has what a visitor's link had (`?utm_source=…`), only what makes another page of it.
    """
    own = otherwise.address or page.get_url() or "/"
    url = whole(own) + (f"?page={number}" if number > 1 and not otherwise.address else "")
    picture = shared(page, site)
    title = otherwise.title or page.search_title or site.full_name
    description = otherwise.description or page.summary_text or site.description
    return Head(
        title=title.replace("*", "") + turned(number),
        description=before_turned(number) + description,
        url=url,
        kind=page.kind_for_machines,
        shared=picture,
        facts=json_ld(things_of(page, site, url, picture.url)),
    )


def turned(number: Any) -> str:
    """`, page 2`, for the titles of the second and later pages of a list; nothing for the first."""
    return words.TURNED.format(number=number) if isinstance(number, int) and number > 1 else ""


def before_turned(number: Any) -> str:
    """`Page 2: `, for their descriptions."""
    return words.BEFORE_TURNED.format(number=number) if isinstance(number, int) and number > 1 else ""
