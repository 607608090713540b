"""What a page shows of a picture: the sizes that were made, or the best there is. Nothing is made here."""

from dataclasses import dataclass, field

from wagtail.images.models import Filter

from home.pictures.places import Place
from home.pictures.records import Picture, PictureRendition

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg", "png": "image/png"}


@dataclass(frozen=True)
class Source:
    """One `<source>`: a format, and where its sizes lie."""

    type: str
    srcset: str


@dataclass(frozen=True)
class Shown:
    """A picture as the template `components/picture.html` reads it."""

    src: str
    width: int
    height: int
    sources: list[Source] = field(default_factory=list)


def show(picture: Picture, place: Place) -> Shown:
    """The sizes of a picture for a place; with prefetched renditions this asks the database nothing.

    A size that is not made yet is left out. Without any of this place, another size of the picture stands in, and in
    the end the picture as it was uploaded: that was written anew then, and holds nothing but the picture.
    """
    key = focal_key(picture, place)
    made = sorted(picture.renditions.all(), key=lambda one: one.focal_point_key != key)
    # Where the focal point has moved and the new crop is not made yet, the old one still counts.
    fitting = {one.filter_spec: one for one in reversed(made)}
    *modern, last = [[fitting[spec] for spec in specs if spec in fitting] for specs in place.specs(picture).values()]
    names = place.formats[:-1]
    sources = [Source(TYPES[name], _srcset(sizes)) for name, sizes in zip(names, modern, strict=True) if sizes]
    if last:
        return Shown(last[0].url, last[0].width, last[0].height, sources)
    stand_in = _stand_in(place, [*(size for sizes in modern for size in sizes), *made])
    if stand_in:
        return Shown(stand_in.url, stand_in.width, stand_in.height, sources)
    return Shown(picture.file.url, picture.width, picture.height, sources)


def focal_key(picture: Picture, place: Place) -> str:
    """What Wagtail calls a rendition's `focal_point_key`, for a picture as it is cropped now."""
    return str(Filter(spec=f"fill-{place.boxes[0]}").get_cache_key(picture)) if place.is_cropped else ""


def _srcset(sizes: list[PictureRendition]) -> str:
    by_width = {size.width: size.url for size in sizes}
    return ", ".join(f"{url} {width}w" for width, url in by_width.items())


def _stand_in(place: Place, sizes: list[PictureRendition]) -> PictureRendition | None:
    """The smallest size that is large enough for the place."""
    enough = int(place.boxes[0].split("x")[0])
    large = [size for size in sizes if size.width >= enough]
    return min(large, key=lambda size: size.width) if large else None
