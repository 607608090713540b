"""The colours of bands, and the edges between them."""

from itertools import cycle

TONES = [
    ("cream", "Cream"),
    ("paper", "White paper"),
    ("mint", "Mint"),
    ("yellow", "Yellow"),
    ("blush", "Blush"),
    ("salmon", "Salmon"),
    ("navy", "Navy"),
]

LIGHT_TONES = TONES[:2]
BRIGHT_TONES = TONES[2:5]

# Three hand-drawn edges in a box of 1440 by 100, stretched to the band. In c and b the hollow lies on the right,
# under the people of a drawing that stands there.
EDGES = {
    "a": "M0 62C150 96 330 104 540 74C790 38 960 2 1160 8C1290 12 1370 30 1440 46V101H0Z",
    "b": "M0 20C180-8 350 4 560 44C800 90 1010 104 1200 76C1310 60 1390 38 1440 26V101H0Z",
    "c": "M0 78C120 52 240 30 420 34C640 40 760 92 980 88C1180 84 1300 22 1440 10V101H0Z",
}


def edges(bands: int) -> tuple[list[str], str]:
    """One edge for each of `bands` bands after the first, and the footer's; never the same twice running."""
    names = [name for name, _ in zip(cycle("cba"), range(bands), strict=False)]
    return names, "a" if names and names[-1] == "c" else "c"
