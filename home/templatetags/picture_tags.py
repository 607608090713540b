"""Pictures in templates. There is one way to show an uploaded picture, and it is this."""

from typing import Any

from django import template

from home.pictures.places import PLACES
from home.pictures.records import Picture
from home.pictures.showing import show

register = template.Library()


@register.inclusion_tag("components/picture.html")
def picture(
    picture: Picture, place: str, *, css: str = "", alt: str | None = None, eager: bool = False
) -> dict[str, Any]:
    """A picture at one of `home.pictures.places`: `{% picture person.picture "portrait" alt="" %}`.

    Its words are its own description; `alt=""` where the same words stand beside it. `eager` is for the one picture
    at the top of a page: all others wait until they come near.
    """
    standing = PLACES[place]
    return {
        "shown": show(picture, standing),
        # Of a picture that waits, browsers that can measure its place do so.
        "sizes": f"auto, {standing.sizes}" if standing.can_be_measured and not eager else standing.sizes,
        "css": css,
        "alt": picture.description if alt is None else alt,
        "eager": eager,
    }
