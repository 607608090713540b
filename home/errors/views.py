"""Django's handlers of what went wrong, and the same pages to look at for makers and staff."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from home import words
from home.errors.writing import written_broken_page
from home.frame import frame_of, links_of
from home.styleguide.views import for_makers


@requires_csrf_token
def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, in the frame of the site, with a field to search it."""
    return _missing(request, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500. It asks neither the database, nor the cache, nor the request."""
    return HttpResponseServerError(written_broken_page())


@require_safe
@for_makers
def look_at_missing(request: HttpRequest) -> HttpResponse:
    """The page of a 404, to look at."""
    return _missing(request, status=200)


@require_safe
@for_makers
def look_at_broken(request: HttpRequest) -> HttpResponse:
    """The page of a 500, to look at."""
    return HttpResponse(written_broken_page())


def _missing(request: HttpRequest, status: int) -> HttpResponse:
    site = frame_of(request).site
    context: dict[str, Any] = {
        "links": links_of(site.missing_links, request),
        "words": words,
        "site": site,
    }
    return render(request, "404.html", context, status=status)
