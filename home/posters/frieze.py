"""A strip of paper tiles, with which every page ends. By night it keeps its daylight: the tiles are the lamps."""

import sys
from functools import cache

from home.posters import kit, papers, scissors
from home.posters.drawing import draw_part, fingerprint
from home.posters.papers import BLUSH, BRICK, CORAL, CREAM, MINT, NAVY, PINE, YELLOW
from home.posters.parts import Part
from home.posters.scissors import chance

INKS = {"b": BLUSH, "r": BRICK, "o": CORAL, "c": CREAM, "m": MINT, "n": NAVY, "p": PINE, "y": YELLOW}
SIZE, TILES, CHOICES = 100, 24, 6

# The colour of a tile, and what lies on it: the kit's shapes on a square of 100.
DECK: tuple[tuple[str, Part], ...] = (
    ("y", Part("leaf-two", 30, 10, 40, 82, "on", 6)),
    ("c", Part("disc", 14, 14, 72, 72, "o")),
    ("p", Part("window", 12, 20, 76, 62, "myo")),
    ("b", Part("flower", 11, 11, 78, 78, "rp")),
    ("o", Part("bows", 4, 52, 92, 48, "ny")),
    ("p", Part("leaf", 29, 9, 42, 84, "mp", -8)),
    ("c", Part("half", 6, 52, 88, 48, "n")),
    ("m", Part("sprig", 28, 6, 44, 94, "p")),
    ("y", Part("quarter", 0, 0, 100, 100, "o")),
    ("m", Part("plus", 20, 20, 60, 60, "p", -8)),
    ("n", Part("quarter-rings", 0, 0, 100, 100, "mo")),
    ("b", Part("arch", 22, 30, 56, 70, "r")),
    ("n", Part("heart", 17, 20, 66, 64, "o", -6)),
    ("b", Part("cookie", 13, 13, 74, 74, "on")),
    ("m", Part("bubble", 14, 18, 74, 64, "c")),
    ("o", Part("code", 9, 18, 82, 66, "nyo", -4)),
    ("c", Part("hoop", 12, 12, 76, 76, "p")),
    ("y", Part("swell", 0, 44, 100, 56, "m")),
)


@cache
def draw_frieze(choice: int) -> str:
    """The strip as a small SVG; no two neighbours have one colour."""
    left: list[tuple[str, Part]] = []
    dealt = [DECK[0]]
    rng = chance(f"frieze {choice}")
    while len(dealt) <= TILES:
        left = left or rng.sample(DECK, len(DECK))
        tile = next((one for one in left if one[0] != dealt[-1][0]), None)
        if tile is None:
            left = rng.sample(DECK, len(DECK))
            continue
        left.remove(tile)
        dealt.append(tile)
    inks = "".join(f".{slot}{{fill:{colour};stroke:{colour}}}" for slot, colour in INKS.items())
    # Each ground reaches a little under the next one: no seam shows between them.
    tiles = "".join(
        f'<path class="{ground}" d="M{number * SIZE} 0h{SIZE + 1}v{SIZE}h-{SIZE + 1}z"/>'
        for number, (ground, _) in enumerate(dealt[1:])
    ) + "".join(
        f'<svg x="{number * SIZE}" width="{SIZE}" height="{SIZE}">{draw_part(part)}</svg>'
        for number, (_, part) in enumerate(dealt[1:])
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {TILES * SIZE} {SIZE}" width="{TILES * SIZE}" '
        f'height="{SIZE}"><style>{inks}.s{{opacity:.16}}path{{stroke-width:0;stroke-linecap:round;'
        f"stroke-linejoin:round}}.s path{{fill:{NAVY}}}</style>{tiles}</svg>"
    )


@cache
def version() -> str:
    """Names the way strips are drawn now, as that of posters does."""
    return fingerprint(kit, papers, scissors, sys.modules[__name__])
