"""Which pages any visitor may see: the one question for every list, menu, feed and search."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr
from wagtail.models import Page, PageViewRestriction


def visible(pages: Any) -> Any:
    """Those of `pages` that are published and that neither they nor a page above keeps for some.

    It costs no query of its own: the restrictions are looked at in the same one.
    """
    above = Substr(OuterRef("path"), 1, Length("page__path"))
    closed = PageViewRestriction.objects.filter(page__path=above)
    return pages.filter(~Exists(closed), live=True)


# An alias of an alias of an alias: more than anybody makes.
ALIASES = ("alias_of", "alias_of__alias_of", "alias_of__alias_of__alias_of")


def restrictions_on(page: Page) -> QuerySet[PageViewRestriction]:
    """What keeps a page for some: its own restrictions and those of the pages above; an alias has its source's.

    As Wagtail's `get_view_restrictions`, but in one query: every visit to every page asks this.
    """
    step = page.steplen
    above = Page.objects.filter(path__in=[page.path[:end] for end in range(step, len(page.path) + 1, step)])
    closed = Q(page__in=above.values("pk"))
    for source in ALIASES:
        closed |= Q(page__in=above.values(source))
    return PageViewRestriction.objects.filter(closed)
