"""The styleguide."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from home.blocks import HOME_BANDS, PAGE_BODY
from home.drawings import DRAWINGS
from home.posters import PAPERS, Poster
from home.posters.choosing import LAYOUTS, PERSON
from home.posters.sums import TILES, Sum
from home.registry import EventRow, samples
from home.styleguide import tokens
from home.styleguide.samples import STATE_LABELS, STATES, value_of
from home.templatetags.poster_tags import address
from home.tones import BRIGHT_TONES, LIGHT_TONES, TONES

TYPE_STEPS = ("head-xxl", "head-xl", "head-l", "head-m", "head-s", "text-l", "text-m", "text-s")
SPACE_STEPS = tuple(range(1, 10))


View = Callable[[HttpRequest], HttpResponse]


def for_makers(view: View) -> View:
    """Keep a view for development and staff, and out of search engines; 404 for visitors of a real site."""

    @wraps(view)
    def kept(request: HttpRequest) -> HttpResponse:
        if not (settings.DEBUG or request.user.has_perm("wagtailadmin.access_admin")):
            raise Http404
        response = view(request)
        response["X-Robots-Tag"] = "noindex"
        return response

    return kept


@require_safe
@for_makers
def styleguide(request: HttpRequest) -> HttpResponse:
    """Everything there is, or with `?block=name` one block in every state."""
    wanted = request.GET.get("block", "")
    blocks = dict(PAGE_BODY) | dict(HOME_BANDS)
    if wanted and wanted not in blocks:
        raise Http404
    context: dict[str, Any] = {
        "names": sorted(blocks),
        "wanted": wanted,
        "shown": [_in_every_state(name, blocks[name]) for name in ([wanted] if wanted else blocks)],
    }
    if not wanted:
        context |= _tokens_and_components()
    return render(request, "styleguide/styleguide.html", context)


def _in_every_state(name: str, block: Any) -> dict[str, Any]:
    is_band = name in dict(HOME_BANDS)
    shown = []
    for number, state in enumerate(STATES):
        value = value_of(block, state)
        tone = (value.get("tone") if hasattr(value, "get") else "") or getattr(block.meta, "tone", "cream")
        shown.append(
            {"label": STATE_LABELS[state], "bound": block.bind(value), "tone": tone, "wave": "abc"[number % 3]}
        )
    return {"name": name, "description": block.get_description(), "is_band": is_band, "states": shown}


def _tokens_and_components() -> dict[str, Any]:
    raw, day, _ = tokens.read_tokens()
    now = timezone.now()
    return {
        "raw": [name for name, value in raw.items() if tokens.is_colour(value)],
        "roles": [name for name, value in day.items() if tokens.is_colour(value)],
        "type_steps": TYPE_STEPS,
        "space_steps": SPACE_STEPS,
        "tones": [*TONES, ("sea", "Sea")],
        "light_tones": LIGHT_TONES,
        "bright_tones": BRIGHT_TONES,
        "drawings": DRAWINGS.values(),
        "posters": [
            address(Poster(layout, paper, number))
            for number, layout in enumerate(LAYOUTS)
            if layout != PERSON
            for paper in (list(PAPERS)[(number + step) % 6] for step in (0, 2, 4))
        ],
        "sums": [Sum(name, list(TILES)[number - 1]) for number, name in enumerate(TILES)],
        "portraits": [address(Poster(PERSON, list(PAPERS)[number % 6], number)) for number in range(12)],
        "events": [
            EventRow("Intro to Python", "#", now, "6:30 pm, Middlesex 110", "Never coded?", "19 places", "yellow"),
            EventRow("Inside a technical interview with people who have held a hundred of them", "#", now, "Online",
                     "", "Members first", "coral"),
            EventRow("Cookies & Code", "#", now, "", "", "", ""),
        ],
        "now": now,
        "schemes": ("day", "night"),
        "samples": [
            {"heading": room.heading, "html": render_to_string(room.template, room.provider())} for room in samples()
        ],
    }  # fmt: skip
