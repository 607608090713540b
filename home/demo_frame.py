"""What stands around the demonstration's pages: announcement, menu, footer, suggestions."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from home.site_settings import SiteSettings

PROFILES = {
    "instagram": "https://www.instagram.com/",
    "linkedin": "https://www.linkedin.com/",
    "facebook": "https://www.facebook.com/",
}
HELP = [
    ("Your first event", "first-event"),
    ("Questions", "faq"),
    ("Contact", "contact"),
    ("Resources", "resources"),
    ("Opportunities", "opportunities"),
    ("Albums", "albums"),
    ("Run it with us", "run"),
]
SMALL_PRINT = [
    ("Terms", "terms"),
    ("Refunds", "refunds"),
    ("Privacy", "privacy"),
    ("Code of conduct", "conduct"),
    ("Accessibility", "accessibility"),
]
WORDS_TO_TRY = ["mentor", "Python", "résumé", "cookies", "interview", "first year"]


def link(text: str, page: Page | None = None, address: str = "") -> dict[str, Any]:
    """A link as the blocks want it."""
    return {"text": text, "page": page, "address": address}


def make_frame(
    site: SiteSettings, menu: Sequence[tuple[str, Page | None]], pages: Mapping[str, Page], join: Page | None
) -> None:
    """Fill what nobody has filled: `menu` is what the menu and the footer's first column list, where it is there."""

    def links(listed: Sequence[tuple[str, Page | None]]) -> list[tuple[str, Any]]:
        return [("link", link(text, page)) for text, page in listed if page]

    def column(title: str, listed: Sequence[tuple[str, Page | None]]) -> tuple[str, Any]:
        return "column", {"title": title, "links": [value for _, value in links(listed)]}

    site.menu = site.menu or links(menu)
    if len(site.footer) < 2:  # its own column alone, or none
        site.footer = [
            column("The club", menu),
            column("Help", [(text, pages[slug]) for text, slug in HELP]),
            column("Small print", [(text, pages[slug]) for text, slug in SMALL_PRINT]),
        ]
    site.profiles = site.profiles or [
        ("profile", {"network": network, "address": address}) for network, address in PROFILES.items()
    ]
    if not site.announcement:
        site.announcement = "Ada is open: apply for a mentor of your own."
        site.announcement_link = links([("It takes ten minutes", pages["ada"])])
        site.announcement_until = timezone.now().replace(second=0, microsecond=0) + timedelta(days=21)
    begin = [
        ("Your first event", pages["first-event"]),
        ("Find a mentor", pages["ada"]),
        ("Join WITS", join),
        ("Whom to write to", pages["contact"]),
    ]
    site.search_pages = site.search_pages or links(begin)
    site.search_words = site.search_words or [("word", word) for word in WORDS_TO_TRY]
    site.missing_links = site.missing_links or links([*menu[:1], *begin[2:], ("Questions people ask", pages["faq"])])
    site.map_link = (
        site.map_link or "https://www.openstreetmap.org/search?query=1151%20Richmond%20St%20London%20Ontario"
    )
    site.join_page = site.join_page or join
    site.save()
