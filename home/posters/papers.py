"""The papers a poster is cut from, by day and by night.

Slots: `g` ground, `a` figure, `b` answer, `c` field, `p` ink of the silhouettes, `d` their second tone, `w` the glass
of windows, `h` heads. At night papers are redrawn, not inverted: grounds turn deep and warm, figures stay bright, ink
turns darker than the ground, and windows light up.
"""

from dataclasses import dataclass

NAVY, NIGHT, CREAM = "#0a2338", "#040e18", "#f1efe2"
CORAL, BRICK, PINE = "#e57154", "#ae3e1e", "#1f5a52"
MINT, YELLOW, BLUSH = "#b3e2d4", "#f4d089", "#f2d0c8"

Slots = dict[str, str]


@dataclass(frozen=True)
class Paper:
    """One paper; `words` is the colour of a date or title set on its ground."""

    name: str
    label: str
    day: Slots
    night: Slots
    words_by_day: str = NAVY
    words_by_night: str = CREAM


def _slots(g: str, a: str, b: str, c: str, p: str, d: str, w: str, h: str) -> Slots:
    return {"g": g, "a": a, "b": b, "c": c, "p": p, "d": d, "w": w, "h": h}


PAPERS = {
    paper.name: paper
    for paper in (
        Paper(
            "coral",
            "Coral",
            _slots(CORAL, YELLOW, BLUSH, CREAM, NAVY, PINE, BLUSH, CREAM),
            _slots("#a5401f", YELLOW, "#d9694b", BLUSH, NIGHT, "#2b6f66", CREAM, CREAM),
        ),
        Paper(
            "mint",
            "Mint",
            _slots(MINT, CORAL, YELLOW, CREAM, NAVY, PINE, CREAM, BLUSH),
            _slots(PINE, CORAL, MINT, YELLOW, NIGHT, "#6fb39d", YELLOW, BLUSH),
        ),
        Paper(
            "yellow",
            "Yellow",
            _slots(YELLOW, CORAL, CREAM, BLUSH, NAVY, BRICK, CREAM, BLUSH),
            _slots("#84600a", CORAL, YELLOW, BLUSH, NIGHT, "#d9a441", YELLOW, BLUSH),
        ),
        Paper(
            "blush",
            "Blush",
            _slots(BLUSH, BRICK, CORAL, YELLOW, PINE, NAVY, YELLOW, CREAM),
            _slots("#6a2f4c", BLUSH, CORAL, YELLOW, NIGHT, "#e39aa0", YELLOW, CREAM),
        ),
        Paper(
            "navy",
            "Navy",
            _slots(NAVY, MINT, CORAL, YELLOW, CREAM, PINE, YELLOW, BLUSH),
            _slots("#10304a", MINT, CORAL, YELLOW, CREAM, "#3f8c80", YELLOW, BLUSH),
            words_by_day=CREAM,
        ),
        Paper(
            "cream",
            "Cream",
            _slots(CREAM, CORAL, MINT, YELLOW, NAVY, PINE, "#fbfaf4", BLUSH),
            _slots("#1b3f5c", CORAL, MINT, BLUSH, NIGHT, "#4f9a8d", YELLOW, BLUSH),
        ),
    )
}
