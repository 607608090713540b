"""What layouts are written in: shapes at a place, each with its inks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A shape of the kit in a box on the sheet of 400 by 500; `inks` are slots of the paper for its inks 1, 2, 3."""

    shape: str
    x: float
    y: float
    width: float
    height: float
    inks: str
    turn: float = 0
    mirrored: bool = False
    upside_down: bool = False


def slab(x: float, y: float, width: float, height: float, ink: str) -> Part:
    """A plain rectangle of paper."""
    return Part("slab", x, y, width, height, ink)


def plus(x: float, y: float, size: float, ink: str = "p", turn: float = -8) -> Part:
    """The club's plus, once on a poster, where two parts meet; tilted, so that it never reads as first aid."""
    return Part("plus", x, y, size, size, ink, turn=turn)
