"""Sums: two tiles sewn together with the club's plus on the seam, for "you + someone two years ahead".

A tile is cut from the kit on a sheet of 200 by 200. By night tiles keep daylight: they are the lamps of their page.
"""

import sys
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from home.posters import kit, papers, scissors
from home.posters.choosing import NEAR
from home.posters.drawing import draw_part, fingerprint
from home.posters.papers import BLUSH, BRICK, CORAL, CREAM, MINT, NAVY, PINE, YELLOW, Slots
from home.posters.parts import Part, plus, slab

SHADE = 0.17

# Slots: `g` the ground, `a` figure, `b` answer, `c` detail; `n` is always navy and `k` always cream.
GROUNDS: dict[str, Slots] = {
    "coral": {"g": CORAL, "a": NAVY, "b": YELLOW, "c": CREAM},
    "mint": {"g": MINT, "a": PINE, "b": CORAL, "c": CREAM},
    "yellow": {"g": YELLOW, "a": NAVY, "b": CORAL, "c": CREAM},
    "blush": {"g": BLUSH, "a": BRICK, "b": NAVY, "c": YELLOW},
    "pine": {"g": PINE, "a": YELLOW, "b": CORAL, "c": MINT},
    "cream": {"g": CREAM, "a": NAVY, "b": CORAL, "c": YELLOW},
}


@dataclass(frozen=True)
class Tile:
    """One term of a sum; `grounds` are the papers that suit it, best first."""

    label: str
    grounds: tuple[str, ...]
    parts: tuple[Part, ...]


def _person(x: float, y: float, size: float, body: str, head: str) -> tuple[Part, Part, Part]:
    """Somebody seen down to the edge of the tile."""
    shoulders = y + size * 0.56
    return (
        Part("arch", x, shoulders, size, size * 1.1, body),
        slab(x + size * 0.01, shoulders + size * 0.6, size * 0.98, 201 - shoulders - size * 0.6, body),
        Part("disc", x + size * 0.22, y, size * 0.56, size * 0.58, head),
    )


TILES: dict[str, Tile] = {
    "person": Tile("A person", ("coral", "mint", "yellow"), _person(34, 48, 132, "a", "b")),
    "pair": Tile(
        "Two people",
        ("mint", "coral", "yellow"),
        (*_person(92, 52, 82, "b", "k"), *_person(22, 74, 92, "a", "k")),
    ),
    "crowd": Tile(
        "A crowd",
        ("yellow", "coral", "mint"),
        (
            *_person(20, 44, 50, "b", "k"), *_person(75, 30, 50, "b", "k"), *_person(130, 44, 50, "b", "k"),
            *_person(44, 100, 56, "a", "k"), *_person(104, 100, 56, "a", "k"),
        ),
    ),
    "leaf": Tile("A leaf", ("mint", "yellow", "cream"), (Part("leaf-two", 55, 12, 92, 176, "ab"),)),
    "flower": Tile("A flower", ("blush", "cream", "mint"), (Part("flower", 22, 22, 156, 156, "ac"),)),
    "sun": Tile("A rising sun", ("cream", "mint", "yellow"), (Part("rings", 0, 100, 200, 100, "bc"),)),
    "heart": Tile("A heart", ("blush", "yellow", "mint"), (Part("heart", 40, 42, 120, 120, "a", 4),)),
    "clock": Tile("A clock", ("yellow", "mint", "cream"), (Part("clock", 36, 36, 128, 128, "bc"),)),
    "cookie": Tile("A cookie", ("pine", "coral", "mint"), (Part("cookie", 34, 36, 132, 132, "bn", -8),)),
    "cup": Tile("A hot drink", ("pine", "yellow", "mint"), (Part("cup", 24, 34, 140, 132, "ac"),)),
    "code": Tile("A screen", ("coral", "yellow", "mint"), (Part("code", 26, 44, 150, 120, "nkb", -3),)),
    "page": Tile("A résumé", ("mint", "coral", "blush"), (Part("page", 46, 22, 112, 154, "kn", 4),)),
    "pencil": Tile("A pencil", ("yellow", "cream", "blush"), (Part("pencil", 82, 18, 38, 166, "bnk", 34),)),
    "bubble": Tile(
        "A question",
        ("cream", "blush", "yellow"),
        (Part("bubble", 34, 44, 128, 112, "a"), Part("squiggle", 58, 76, 80, 24, "k")),
    ),
    "mic": Tile("A microphone", ("mint", "yellow", "blush"), (Part("mic", 44, 20, 112, 180, "na"),)),
    "door": Tile(
        "An open door",
        ("blush", "mint", "cream"),
        (
            Part("arch", 40, 34, 122, 168, "b"),
            Part("arch", 62, 62, 78, 140, "c"),
            Part("sprig", 82, 88, 44, 112, "a"),
        ),
    ),
    "office": Tile(
        "An office",
        ("cream", "yellow", "mint"),
        (
            slab(44, 34, 112, 166, "a"),
            *(slab(x, y, 22, 24, "c" if (x + y) % 3 else "b") for x in (58, 89, 120) for y in (50, 86, 122)),
            Part("arch", 86, 154, 28, 48, "b"),
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Sum:
    """Two tiles by name, and the ground that neither may have: that of the band they lie on."""

    left: str
    right: str
    avoid: str = ""

    @property
    def name(self) -> str:
        """As it stands in its address: `person-leaf`, or `person-leaf-mint` for one that lies on mint."""
        return "-".join(part for part in (self.left, self.right, self.avoid) if part)

    @classmethod
    def named(cls, name: str) -> "Sum | None":
        """The sum of that name; None for one there is not."""
        left, _, rest = name.partition("-")
        right, dash, avoid = rest.partition("-")
        known = left in TILES and right in TILES and (avoid in GROUNDS if dash else True)
        return cls(left, right, avoid) if known else None

    def on(self, tone: str) -> "Sum":
        """The same sum for a band of that colour."""
        ground = NEAR.get(tone, tone)
        return replace(self, avoid=ground if ground in GROUNDS else "")

    @property
    def grounds(self) -> tuple[str, str]:
        """The papers of both tiles, never the same."""
        left = next(ground for ground in TILES[self.left].grounds if ground != self.avoid)
        return left, next(ground for ground in TILES[self.right].grounds if ground not in (left, self.avoid))


def choices() -> list[tuple[str, str]]:
    """Names and labels for a form field."""
    return [(name, tile.label) for name, tile in TILES.items()]


@lru_cache(maxsize=256)
def draw_sum(wanted: Sum) -> str:
    """The sum as a small SVG."""
    left, right = wanted.grounds
    joint = YELLOW if "pine" in (left, right) and "yellow" not in (left, right) else NAVY
    joint = CREAM if (left, right) in {("pine", "yellow"), ("yellow", "pine")} else joint
    style = f"path{{stroke-width:0;stroke-linecap:round;stroke-linejoin:round}}.s path{{fill:{NAVY}}}"
    style += f".s{{opacity:{SHADE}}}.j{{fill:{joint};stroke:{joint}}}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200" width="400" height="200"><style>'
        f"{style}{_colours('l', left)}{_colours('r', right)}</style>"
        f'<svg class="l" width="200.5" height="200">{_tile(wanted.left, -8)}</svg>'
        f'<svg class="r" x="200" width="200" height="200">{_tile(wanted.right, 8)}</svg>'
        f"{draw_part(plus(166, 66, 68, 'j'))}</svg>"
    )


@cache
def version() -> str:
    """Names the way sums are drawn now; see `home.posters.drawing.version`."""
    return fingerprint(kit, papers, scissors, sys.modules[__name__])


def _colours(side: str, ground: str) -> str:
    slots = {**GROUNDS[ground], "n": NAVY, "k": CREAM}
    return "".join(f".{side} .{slot}{{fill:{colour};stroke:{colour}}}" for slot, colour in slots.items())


def _tile(name: str, aside: float) -> str:
    parts = "".join(draw_part(part) for part in TILES[name].parts)
    return f'<path class="g" d="M0 0h201v201h-201z"/><g transform="translate({aside} 0)">{parts}</g>'
