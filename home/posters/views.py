"""Posters as files: small, the same for everyone, kept by browsers for a year."""

from typing import Any

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from home.posters.choosing import Poster
from home.posters.drawing import draw, version
from home.posters.frieze import CHOICES, draw_frieze
from home.posters.frieze import version as frieze_version
from home.posters.sums import Sum, draw_sum
from home.posters.sums import version as sums_version

A_YEAR = 365 * 24 * 3600
ONLY_ITSELF: dict[str, Any] = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"]}


@require_safe
@csp_replace(ONLY_ITSELF)  # type: ignore[arg-type]
def poster_file(request: HttpRequest, drawn: str, name: str) -> HttpResponse:
    """The SVG of one poster. An address of an earlier way of drawing still answers, but is kept for an hour only."""
    poster = Poster.named(name)
    if poster is None:
        raise Http404
    return _kept(draw(poster), for_good=drawn == version())


@require_safe
@csp_replace(ONLY_ITSELF)  # type: ignore[arg-type]
def sum_file(request: HttpRequest, drawn: str, name: str) -> HttpResponse:
    """The SVG of one sum, in the same way."""
    wanted = Sum.named(name)
    if wanted is None:
        raise Http404
    return _kept(draw_sum(wanted), for_good=drawn == sums_version())


@require_safe
@csp_replace(ONLY_ITSELF)  # type: ignore[arg-type]
def frieze_file(request: HttpRequest, drawn: str, choice: int) -> HttpResponse:
    """The SVG of one strip, in the same way."""
    if choice >= CHOICES:
        raise Http404
    return _kept(draw_frieze(choice), for_good=drawn == frieze_version())


def _kept(svg: str, *, for_good: bool) -> HttpResponse:
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable" if for_good else "public, max-age=3600"
    return response
