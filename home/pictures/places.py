"""Where pictures stand on pages, and so which sizes of them are made. The one list: a new place is added here.

`sizes` tells the browser how wide the place is in the layout: a test in a real browser compares them.
"""

from dataclasses import dataclass
from typing import Protocol

WIDE = "(min-width: 76rem)"
FORMATS = ("avif", "webp", "jpeg")


class Sized(Protocol):
    """What a place asks of a picture."""

    width: int


@dataclass(frozen=True)
class Place:
    """One kind of place.

    `operation` is Wagtail's: `fill` crops around the focal point to exactly this shape, `width` and `max` keep the
    whole picture. `boxes` are the sizes of it, smallest first. `formats` stand best first; the last one is for old
    browsers, and made in one size only.
    """

    name: str
    operation: str
    boxes: tuple[str, ...]
    sizes: str = ""
    formats: tuple[str, ...] = FORMATS

    def specs(self, picture: Sized) -> dict[str, list[str]]:
        """Wagtail's filter specs by format; no size that is larger than the picture itself, but always one."""
        boxes = [box for box in self.boxes if int(box.split("x")[0]) <= picture.width] or [self.boxes[0]]
        *modern, last = self.formats
        specs = {name: [self.spec(box, name) for box in boxes] for name in modern}
        return specs | {last: [self.spec(boxes[len(boxes) // 2], last)]}

    def spec(self, box: str, name: str) -> str:
        """One filter spec: `fill-480x360|format-avif`."""
        return f"{self.operation}-{box}|format-{name}"

    @property
    def can_be_measured(self) -> bool:
        """Whether the layout alone says how wide it is; elsewhere the picture itself does, as a logo."""
        return self.operation != "max"

    @property
    def is_cropped(self) -> bool:
        """Whether the focal point matters here."""
        return self.operation == "fill"


PLACES = {
    place.name: place
    for place in (
        Place("hero", "fill", ("480x360", "800x600", "1280x960"), f"{WIDE} 40rem, (min-width: 56rem) 48vw, 92vw"),
        Place("scene", "fill", ("480x360", "800x600", "1280x960"), f"{WIDE} 34rem, (min-width: 56rem) 40vw, 92vw"),
        Place("card", "fill", ("400x300", "800x600"), "(min-width: 44rem) 22rem, 92vw"),
        Place(
            "portrait", "fill", ("280x350", "560x700", "840x1050"), f"{WIDE} 18rem, (min-width: 44rem) 14rem, 44vw"
        ),
        Place("author", "fill", ("120x120", "240x240"), "6rem"),
        Place("voice", "fill", ("300x330", "600x660"), "(min-width: 44rem) 12rem, 24vw"),
        Place("photo", "width", ("480", "960", "1440"), "(min-width: 60rem) 46rem, 92vw"),
        Place("film", "fill", ("480x270", "960x540", "1440x810"), "(min-width: 60rem) 46rem, 92vw"),
        Place("gallery", "fill", ("400x300", "720x540"), "(min-width: 44rem) 22rem, 46vw"),
        Place("large", "max", ("960x960", "1600x1600"), "92vw"),
        Place("logo", "max", ("320x120", "640x240"), "18rem", formats=("webp", "png")),
        Place("share", "fill", ("1200x630",), formats=("jpeg",)),
    )
}
ALL_OPERATIONS = {f"{place.operation}-{box}" for place in PLACES.values() for box in place.boxes}
