"""A frame with a link in every place that takes one."""

from typing import Any

from home.models import SiteSettings


def link(text: str, page: Any = None, address: str = "") -> dict[str, Any]:
    """A link as the blocks want it."""
    return {"text": text, "page": page, "address": address}


def fill_the_frame(page: Any, *others: Any) -> SiteSettings:
    """Lead the menu, the footer, the announcement and the button to `page`; a second column to `others`."""
    site = SiteSettings.load()
    site.menu = [("link", link("In the menu", page)), ("link", link("Shop", address="https://shop.example"))]
    site.footer = [
        ("column", {"title": "The club", "links": [link("In the footer", page)]}),
        ("column", {"title": "More", "links": [link(f"Other {n}", other) for n, other in enumerate(others)]}),
    ]
    site.announcement = "We moved."
    site.announcement_link = [("link", link("In the bar", page))]
    site.join_page, site.join_label = page, "On the button"
    site.save()
    return site
