"""Which pages any visitor may see: the one question for every list, menu, feed and search."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import Length, Substr
from wagtail.models import PageViewRestriction


def visible(pages: Any) -> Any:
    """Those of `pages` that are published and that neither they nor a page above keeps for some.

    It costs no query of its own: the restrictions are looked at in the same one.
    """
    above = Substr(OuterRef("path"), 1, Length("page__path"))
    closed = PageViewRestriction.objects.filter(page__path=above)
    return pages.filter(~Exists(closed), live=True)
