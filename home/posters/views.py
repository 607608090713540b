"""Posters as files: small, the same for everyone, kept by browsers for a year."""

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from home.posters.choosing import Poster
from home.posters.drawing import draw, version

A_YEAR = 365 * 24 * 3600


@require_safe
@csp_replace({"default-src": ["'none'"], "style-src": ["'unsafe-inline'"]})  # type: ignore[arg-type]
def poster_file(request: HttpRequest, drawn: str, name: str) -> HttpResponse:
    """The SVG of one poster. An address of an earlier way of drawing still answers, but is kept for an hour only."""
    poster = Poster.named(name)
    if poster is None:
        raise Http404
    response = HttpResponse(draw(poster), content_type="image/svg+xml")
    kept = f"public, max-age={A_YEAR}, immutable" if drawn == version() else "public, max-age=3600"
    response["Cache-Control"] = kept
    return response
