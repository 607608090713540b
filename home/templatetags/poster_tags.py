"""Posters in templates, wherever there is no photo."""

from datetime import datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from home.base_page import PosterPage
from home.posters import Poster, poster_for, size_of, version
from home.posters.frieze import CHOICES, SIZE, TILES
from home.posters.frieze import version as frieze_version
from home.posters.sums import Sum
from home.posters.sums import version as sums_version

register = template.Library()


def address(poster: Poster) -> str:
    """Where the poster's SVG lies."""
    return reverse("home:poster", args=[version(), poster.name])


@register.simple_tag
def poster_image(
    title: str, kind: str = "page", seed: Any = "", paper: str = "", eager: bool = False, shape: str = ""
) -> SafeString:
    """Only the picture, as decoration: `{% poster_image page.title "story" seed=page.pk %}`."""
    return drawn(poster_for(str(title), kind, seed=str(seed), paper=paper), eager, shape)


@register.simple_tag(takes_context=True)
def frieze(context: template.Context) -> SafeString:
    """The strip of paper tiles at the end of a page; another page may get another one."""
    choice = (getattr(context.get("page"), "pk", None) or 0) % CHOICES
    src = reverse("home:frieze", args=[frieze_version(), choice])
    return format_html(
        '<img class="frieze" src="{}" width="{}" height="{}" alt="" loading="lazy">', src, TILES * SIZE, SIZE
    )


@register.inclusion_tag("components/poster.html")
def poster(
    title: str,
    kind: str = "page",
    seed: Any = "",
    paper: str = "",
    date: datetime | None = None,
    eager: bool = False,
    shape: str = "",
    on: str = "",
    turn: int | None = None,
) -> dict[str, Any]:
    """A poster in its frame, with a date set in its type field where there is one.

    `shape` is a frame: `wide` (4:3), `square`, `bill` (a square with a date) or nothing (4:5); `seed` shuffles,
    `paper` is one of the six, `on` the colour of the band it lies on, `turn` the place in a list of its own.
    """
    return _framed(poster_for(str(title), kind, seed=str(seed), paper=paper, avoid=on, turn=turn), date, eager, shape)


@register.inclusion_tag("components/poster.html")
def poster_of(page: PosterPage, eager: bool = False, shape: str = "") -> dict[str, Any]:
    """The poster of a page, with its date if it has one: `{% poster_of page %}`."""
    return _framed(page.poster, page.poster_date, eager, shape)


@register.simple_tag
def drawn(poster: Poster, eager: bool = False, shape: str | None = None) -> SafeString:
    """Only the picture of a poster that was chosen already: `{% drawn hit.poster shape="square" %}`."""
    cut = poster if shape is None else poster.cut_to(shape)
    width, height = size_of(cut)
    when = SafeString('fetchpriority="high"' if eager else 'loading="lazy"')
    return format_html('<img src="{}" width="{}" height="{}" alt="" {}>', address(cut), width, height, when)


@register.simple_tag
def sum_image(wanted: Sum, on: str = "", eager: bool = False) -> SafeString:
    """The two tiles of a sum, as decoration: `{% sum_image page.sum on="mint" %}`. Its words stand under it."""
    src = reverse("home:sum", args=[sums_version(), wanted.on(on).name])
    when = 'fetchpriority="high"' if eager else 'loading="lazy"'
    return format_html('<img class="sum__tiles" src="{}" width="400" height="200" alt="" {}>', src, SafeString(when))


def _framed(chosen: Poster, date: datetime | None, eager: bool, shape: str) -> dict[str, Any]:
    day = timezone.localtime(date) if date and timezone.is_aware(date) else date
    return {"poster": chosen.cut_to(shape), "date": day, "eager": eager, "shape": shape}
