"""The frame of every page (header, footer) and its small drawn marks."""

from typing import Any

from django import template
from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from home import words
from home.drawings import DRAWINGS, Drawing
from home.frame import Frame, frame_of
from home.inert import inert
from home.site_settings import SiteSettings
from home.tones import EDGES

register = template.Library()
register.filter("inert", inert)

PUNCTUATION = ",.;:!?…)»”’"

ICONS = {
    "arrow": "M3 12h17M13 5l7 7-7 7",
    "listen": "M4 16v-3a8 8 0 0 1 16 0v3M4 15h3v5H4zM17 15h3v5h-3z",
    "out": "M6 18L18 6M8 6h10v10",
    "tick": "M4 13c3 2 4 4 5.5 7C12 13 15 8 20.5 4",
    "dash": "M6 12.5c4-1 8 0 12-1",
    "close": "M5 5l14 14M19 5L5 19",
    "plus": "M12 3v18M3 12h18",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5L21 21",
}


@register.inclusion_tag("components/header.html", takes_context=True)
def site_header(context: template.Context, tone: str = "cream") -> dict[str, Any]:
    """The header, in the colour of the band below it, with the menu and any messages for this visitor."""
    request = context.get("request")
    return {
        "frame": frame_of(request),
        "tone": tone,
        "words": words,
        "notices": get_messages(request) if request and hasattr(request, "_messages") else [],
    }


@register.inclusion_tag("components/footer.html", takes_context=True)
def site_footer(context: template.Context, wave: str = "c") -> dict[str, Any]:
    """The footer; `wave` is another edge than that of the band before it."""
    return {"frame": frame_of(context.get("request")), "wave": wave, "words": words}


@register.simple_tag
def interface(name: str) -> str:
    """One of the words that executives do not edit: `{% interface "SKIP" %}`, from `home/words.py`."""
    return str(getattr(words, name))


@register.simple_tag(takes_context=True)
def site_settings(context: template.Context) -> SiteSettings:
    """The club's name and what else stands on every page: `{% site_settings as site %}`."""
    return SiteSettings.load(request_or_site=context.get("request"))


@register.simple_tag(takes_context=True)
def site_frame(context: template.Context) -> Frame:
    """Where the frame's links lead, such as the join button's: `{% site_frame as frame %}`."""
    return frame_of(context.get("request"))


@register.simple_tag
def wave(edge: str = "a") -> SafeString:
    """The edge a band draws over the band before it: the first thing inside a `.band`."""
    return format_html(
        '<svg class="wave" viewBox="0 0 1440 100" preserveAspectRatio="none" aria-hidden="true"><path d="{}"/></svg>',
        EDGES[edge],
    )


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawn mark: one of `ICONS`. Without a label it is decoration."""
    who = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="icon" viewBox="0 0 24 24" {}><path d="{}"/></svg>', who, ICONS[name])


@register.simple_tag
def drawing(which: str | Drawing, eager: bool = False, decoration: bool = False) -> SafeString:
    """One of the site's drawings as an image; nothing for a name that is no longer there."""
    found = which if isinstance(which, Drawing) else DRAWINGS.get(which)
    if found is None:
        return SafeString("")
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="{}"{}>',
        static(found.path),
        found.width,
        found.height,
        "" if decoration else found.description,
        mark_safe(' fetchpriority="high"') if eager else mark_safe(' loading="lazy"'),
    )


@register.simple_tag
def drawing_tone(name: str) -> str:
    """The colour of the ground that suits a drawing."""
    found = DRAWINGS.get(name)
    return found.tone if found else "mint"


@register.simple_tag
def hill() -> SafeString:
    """The wave that people and plants of a `.scene` grow out of."""
    return format_html(
        '<svg class="hill" viewBox="0 0 1440 100" preserveAspectRatio="none" aria-hidden="true"><path d="{}"/></svg>',
        EDGES["b"],
    )


@register.filter
def underlined(title: str) -> SafeString:
    """A title with the word between asterisks on a drawn wave: `Tech is better with *you* in it.`"""
    parts = title.split("*")
    if len(parts) != 3 or not parts[1].strip():
        return conditional_escape(title.replace("*", ""))
    before, word, after = parts
    # What touches the word (a comma, a full stop) stays on its line.
    touching = after[: len(after) - len(after.lstrip(PUNCTUATION))]
    return format_html(
        '{}<span class="squiggle-line"><span class="squiggle">{}<svg viewBox="0 0 120 16" preserveAspectRatio="none"'
        ' aria-hidden="true"><path d="M3 10C14 2 24 2 34 9C44 15 54 14 64 7C74 1 86 2 95 8C103 13 110 12 117 6"'
        ' vector-effect="non-scaling-stroke"/></svg></span>{}</span>{}',
        before,
        word,
        touching,
        after[len(touching) :],
    )


@register.filter
def plain(title: str) -> str:
    """A title without the asterisks of its underlined word."""
    return title.replace("*", "")
