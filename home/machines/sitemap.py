"""The map of the site: every page that any visitor may see, with the day on which it last changed."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from home.visibility import visible

# What one map may hold.
MOST = 50_000


def places(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """All addresses, in the order of the tree. A few queries, however many pages there are."""
    pages = visible(Page.objects.filter(depth__gt=1)).order_by("path")
    for page in pages.specific(defer=True)[:MOST]:
        yield from page.get_sitemap_urls(request)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`."""
    context = {"places": places(request)}
    return render(request, "machines/sitemap.xml", context, content_type="application/xml")
