"""The frames a poster is cut to. A frame says which part of the sheet it shows, and how high it stands there.

Flat paper stretches with the frame; figures keep their proportions and grow or shrink around their own middle, so
that nothing is cut off below and the plus always stays where two parts meet.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from home.posters.parts import Part

HEIGHT = 500
STRETCHED = {"slab", "wave", "swell", "stitch", "quarter"}


@dataclass(frozen=True)
class Frame:
    """Shows the sheet from `top` down, `height` high where the sheet is 400 wide."""

    top: int
    height: int

    @property
    def factor(self) -> float:
        return self.height / (HEIGHT - self.top)


# By the name a template gives: the whole sheet; 4:3 for cards, without the field of the date; a square with a date;
# a small square without one.
FRAMES = {"": Frame(0, 500), "wide": Frame(150, 300), "bill": Frame(0, 400), "square": Frame(100, 400)}


def framed(parts: Sequence[Part], frame: Frame) -> list[Part]:
    """The parts of a sheet in their places in the frame."""
    return [_placed(part, frame) for part in parts]


def _placed(part: Part, frame: Frame) -> Part:
    middle = (part.y + part.height / 2 - frame.top) * frame.factor
    height = part.height * frame.factor
    # What spans the sheet from side to side goes on doing so; only rings are round and must stay it.
    spans = part.x <= 0 and part.x + part.width >= 400 and part.shape != "rings"
    if part.shape in STRETCHED or spans:
        return replace(part, y=middle - height / 2, height=height)
    width = part.width * frame.factor
    x = part.x + (part.width - width) / 2
    if part.x <= 0 < part.x + part.width < 400:
        x = part.x  # what comes in from a side still does
    elif part.x > 0 and part.x + part.width >= 400:
        x = part.x + part.width - width
    return replace(part, x=x, y=middle - height / 2, width=width, height=height)
