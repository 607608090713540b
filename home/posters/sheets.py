"""The layouts of posters, on a sheet of four by five units of 100.

The type field, two units by one and a half at the top left, stays empty: a date or a title may stand there. A ground,
a figure, an answer half its size, something that grows across an edge, and one plus where two parts meet.
"""

from collections.abc import Callable
from random import Random

from home.posters.parts import Part, plus, slab


def rise(rng: Random) -> list[Part]:
    """A sun of rings over a field, and a leaf that crosses it."""
    leaf, inks = rng.choice((("leaf", "pg"), ("leaf-two", "pd")))
    return [
        slab(0, 350, 400, 150, "b"),
        Part("rings", 0, 150, 400, 200, "ac"),
        Part(leaf, 252, 20, 118, 332, inks, rng.choice((-4, 5, 8))),
        plus(52, 300, 100, "c"),
        Part("squiggle", 186, 408, 168, 42, "g"),
    ]


def pane(rng: Random) -> list[Part]:
    """A screen on a wave."""
    window = rng.choice(("code", "code", "window"))
    parts = [
        Part("disc", 190, 40, 250, 250, "b"),
        Part(window, 36, 168, 292, 226, "pwa"),
        Part("wave", -1, 388, 402, 113, "a"),
        Part(rng.choice(("leaf", "sprig")), 262, 206, 120, 270, "dg", 8),
    ]
    return [*parts, plus(126, 246, 112, "p") if window == "window" else plus(36, 380, 72, "g")]


def corner(rng: Random) -> list[Part]:
    """A quarter of the sheet, rings in its corner, a leaf across."""
    return [
        Part("quarter", 0, 100, 400, 400, "a"),
        Part("quarter-rings", 0, 300, 200, 200, "cb"),
        Part("leaf-two", 216, 128, 128, 280, "pd", rng.choice((24, 32, 38))),
        plus(98, 306, 92),
    ]


def stack(rng: Random) -> list[Part]:
    """Discs and halves on each other, beside something that grows."""
    return [
        slab(0, 200, 200, 300, "b"),
        Part(rng.choice(("sprig", "leaf")), 24, 210, 152, 290, "pb"),
        Part("disc", 200, 0, 200, 200, "a"),
        Part("half", 200, 200, 200, 100, "c"),
        Part("half", 200, 300, 200, 100, "a", upside_down=True),
        plus(216, 316, 168),
    ]


def sum_of_parts(rng: Random) -> list[Part]:
    """One large plus among leaves."""
    return [
        Part("disc", 196, 40, 190, 190, "b"),
        Part("leaf-two", 20, 250, 120, 260, "pd", -16),
        Part("plus", 66, 150, 316, 316, "a", rng.choice((-8, 8, 12))),
        Part("flower", 26, 372, 120, 120, "cp"),
        Part("leaf-two", 300, 300, 92, 206, "pd", 14),
    ]


def tide(rng: Random) -> list[Part]:
    """A sun over waves, and a screen afloat."""
    return [
        Part("disc", 186, 44, 190, 190, "b"),
        Part("wave", -1, 232, 402, 130, "a"),
        slab(0, 350, 400, 150, "a"),
        Part("swell", -1, 316, 402, 110, "c"),
        slab(0, 420, 400, 80, "c"),
        Part("window", 56, 180, 132, 104, "pwa", rng.choice((-6, 5))),
        Part("wave", -1, 396, 402, 106, "d"),
        plus(268, 350, 84),
    ]


def cookie(rng: Random) -> list[Part]:
    """Cookies and code."""
    return [
        slab(0, 360, 400, 140, "c"),
        Part("cookie", 96, 132, 330, 330, "ap", rng.choice((-8, 6))),
        Part("code", 26, 290, 190, 152, "pwa", -5),
        plus(206, 388, 80, "d"),
    ]


def plate(rng: Random) -> list[Part]:
    """A plate of cookies, and a leaf."""
    return [
        slab(0, 400, 400, 100, "c"),
        Part("half", 40, 300, 340, 150, "b", upside_down=True),
        Part("cookie", 66, 206, 150, 150, "ap", rng.choice((-12, 10))),
        Part("cookie", 196, 166, 180, 180, "ap", rng.choice((20, 40))),
        Part("leaf-two", 298, 40, 84, 190, "pd", 12),
        plus(166, 306, 84),
    ]


def heart(rng: Random) -> list[Part]:
    """A heart over rings."""
    return [
        Part("rings", -100, 300, 400, 200, "bc"),
        Part("heart", 84, 140, 290, 290, "a", rng.choice((-6, 8))),
        Part("sprig", 288, 272, 104, 236, "p", 6),
        plus(108, 282, 96, "g"),
    ]


def talk(rng: Random) -> list[Part]:
    """Two bubbles: a question and its answer."""
    return [
        Part("bubble", 110, 128, 280, 232, "a"),
        Part("bubble", 20, 282, 230, 190, "b", mirrored=True),
        plus(176, 258, 92, "c"),
        Part("squiggle", 52, 372, 124, 32, "p"),
        Part("leaf-two", 292, 300, 92, 206, "pd", rng.choice((6, 10, 14))),
    ]


def loom(rng: Random) -> list[Part]:
    """Four patches sewn together, the plus on the seam."""
    grown = rng.choice(("leaf-two", "sprig"))
    return [
        slab(0, 150, 200, 175, "b"),
        slab(200, 150, 200, 175, "a"),
        slab(0, 325, 200, 175, "c"),
        slab(200, 325, 200, 175, "p"),
        Part(grown, 56, 154, 88, 168, "pa"),
        Part("quarter", 200, 150, 200, 175, "c"),
        Part("quarter-rings", 0, 325, 200, 175, "ab"),
        Part("flower", 226, 338, 148, 148, "ba"),
        plus(150, 275, 100, "g"),
    ]


def orbit(rng: Random) -> list[Part]:
    """Hoops around a disc, and what circles there."""
    return [
        Part("disc", 40, 170, 350, 350, "b"),
        Part("hoop", 66, 196, 298, 298, "a"),
        Part("disc", 136, 266, 158, 158, "p"),
        Part("disc", rng.choice((300, 320)), 214, 74, 74, "c"),
        Part("leaf", 300, 20, 90, 210, "dg", 16),
        plus(56, 352, 84, "p"),
    ]


def garden(rng: Random) -> list[Part]:
    """What grows when somebody waters it."""
    return [
        Part("wave", -1, 340, 402, 100, "a"),
        slab(0, 430, 400, 70, "a"),
        Part("sprig", 20, 190, 96, 240, "d", -6),
        Part("leaf-two", 112, 236, 84, 190, "pd", rng.choice((-8, 6))),
        Part("flower", 168, 110, 190, 190, "ca"),
        slab(258, 280, 12, 130, "d"),
        Part("leaf", 288, 236, 90, 190, "pg", 14),
        Part("swell", -1, 362, 402, 74, "b"),
        slab(0, 430, 400, 70, "b"),
        plus(40, 392, 78, "p"),
    ]


def gate(rng: Random) -> list[Part]:
    """Three doors, one behind the other, all open."""
    return [
        Part("arch", 196, 60, 200, 440, "b"),
        Part("arch", 100, 170, 220, 330, "a"),
        Part("arch", 30, 280, 170, 220, "p"),
        Part(rng.choice(("sprig", "leaf")), 286, 250, 104, 250, "dg", 7),
        plus(158, 330, 88, "c"),
    ]


def stairs(rng: Random) -> list[Part]:
    """Steps up, and a sun at the top."""
    return [
        Part("disc", 236, 34, 150, 150, "c"),
        slab(0, 400, 400, 100, "d"),
        slab(100, 320, 300, 80, "a"),
        slab(200, 240, 200, 80, "b"),
        Part("leaf-two", 300, 70, 84, 172, "pd", rng.choice((6, 12))),
        Part("quarter", 0, 320, 100, 80, "p"),
        Part("quarter", 100, 240, 100, 80, "p"),
        plus(160, 280, 82, "c"),
    ]


def screens(rng: Random) -> list[Part]:
    """Two people on one problem: two windows and a pointer."""
    return [
        slab(0, 420, 400, 80, "a"),
        Part("window", 120, 130, 270, 216, "pwa", 4),
        Part("code", 20, 252, 262, 210, "pwa", rng.choice((-5, -3))),
        Part("cursor", 262, 356, 80, 112, "b"),
        plus(240, 212, 84, "a"),
    ]


def moon(rng: Random) -> list[Part]:
    """A large moon between two sprigs."""
    return [
        Part("disc", 110, 110, 280, 280, "b"),
        Part("disc", 170, 90, 250, 250, "c"),
        Part("swell", -1, 330, 402, 110, "a"),
        slab(0, 430, 400, 70, "a"),
        Part("sprig", 30, 220, 104, 280, "d", rng.choice((-8, -4))),
        Part("sprig", 270, 250, 104, 250, "p", 8),
        plus(178, 340, 84, "p"),
    ]


def fan(rng: Random) -> list[Part]:
    """Rings that open from a corner, and leaves like a hand."""
    return [
        Part("quarter-rings", 0, 140, 400, 360, "ab", mirrored=True),
        Part("leaf-two", 20, 290, 80, 210, "pd", -24),
        Part("leaf-two", 70, 262, 84, 230, "pd", rng.choice((2, 6))),
        Part("leaf-two", 136, 300, 76, 200, "pd", 34),
        plus(300, 398, 78, "p"),
    ]


def beads(rng: Random) -> list[Part]:
    """Beads on a thread."""
    return [
        slab(294, 0, 12, 500, "p"),
        Part("disc", 236, 24, 130, 130, "a"),
        Part("half", 222, 170, 156, 78, "b"),
        Part("half", 222, 248, 156, 78, "c", upside_down=True),
        Part("disc", 250, 346, 100, 100, "a"),
        Part("leaf-two", 60, 190, 130, 300, "pd", rng.choice((-12, -6))),
        plus(256, 204, 88, "p"),
    ]


def quilt(rng: Random) -> list[Part]:
    """Quarter circles, sewn."""
    turns = [rng.choice((False, True)) for _ in range(6)]
    parts: list[Part] = [slab(0, 230, 400, 270, "c")]
    for i, (x, y) in enumerate(((0, 230), (134, 230), (268, 230), (0, 365), (134, 365), (268, 365))):
        ground, ink = (("b", "a"), ("a", "p"), ("c", "d"))[(i + i // 3) % 3]
        parts += [slab(x, y, 134, 135, ground), Part("quarter", x, y, 134, 135, ink, mirrored=turns[i])]
    return [*parts, Part("leaf-two", 290, 40, 84, 210, "pd", 10), plus(88, 318, 94, "g")]


def sill(rng: Random) -> list[Part]:
    """A plant that grows across a window."""
    return [
        Part("window", 70, 150, 316, 270, "pwa"),
        Part("disc", 216, 230, 118, 118, "b"),
        slab(0, 420, 400, 80, "a"),
        Part("half", 76, 360, 130, 64, "c", upside_down=True),
        Part("leaf-two", 102, 190, 78, 180, "dp", rng.choice((-6, 4))),
        Part("leaf-two", 40, 236, 66, 150, "dp", -34),
        Part("leaf-two", 176, 236, 66, 150, "dp", 34),
        plus(186, 388, 76, "p"),
    ]


def pointer(rng: Random) -> list[Part]:
    """One click."""
    return [
        Part("disc", 60, 150, 320, 320, "b"),
        Part("hoop", 110, 200, 220, 220, "c"),
        Part("cursor", 196, 270, 150, 210, "p", rng.choice((-4, 0, 4))),
        Part("stitch", 0, 470, 400, 12, "a"),
        plus(96, 330, 86, "a"),
    ]


LAYOUTS: dict[str, Callable[[Random], list[Part]]] = {
    "rise": rise, "pane": pane, "corner": corner, "stack": stack, "sum": sum_of_parts, "tide": tide, "cookie": cookie,
    "plate": plate, "heart": heart, "talk": talk, "loom": loom, "orbit": orbit, "garden": garden, "gate": gate,
    "stairs": stairs, "screens": screens, "moon": moon, "fan": fan, "beads": beads, "quilt": quilt, "sill": sill,
    "pointer": pointer,
}  # fmt: skip

# Those that leave the whole upper third to a long title.
QUIET = {"rise", "heart", "talk", "loom", "quilt", "orbit", "cookie", "pane", "corner", "pointer"}
