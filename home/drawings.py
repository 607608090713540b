"""The site's own drawings, chosen by name wherever there is no photo, so that every page looks designed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Drawing:
    """One SVG in static/images/drawings; it carries its own colours for the night.

    `width` and `height` are its view box; `description` is its alt text where it is more than decoration; `tone` is
    the ground that suits it, and `around` that of a band on which its tile lies.
    """

    name: str
    label: str
    width: int
    height: int
    description: str
    tone: str = "mint"
    around: str = ""

    @property
    def path(self) -> str:
        """Where it lies under static/."""
        return f"images/drawings/{self.name}.svg"

    @property
    def is_scene(self) -> bool:
        """Whether it needs a tile to lie in, because its plants reach the edge."""
        return bool(self.around)


def _named(*drawings: Drawing) -> dict[str, Drawing]:
    return {drawing.name: drawing for drawing in drawings}


# Open drawings end in nothing: they stand on the wave of the next band.
OPEN_DRAWINGS = _named(
    Drawing(
        "big-screen",
        "Three people around a giant screen",
        1330,
        960,
        "A woman with a laptop sits on top of a giant screen; two more work below her, among big leaves.",
        "cream",
    ),
    Drawing(
        "members",
        "Five members side by side",
        1280,
        800,
        "Five members standing shoulder to shoulder among leaves.",
        "salmon",
    ),
    Drawing(
        "workshop",
        "A workshop, with a green snake",
        1150,
        780,
        "A green snake curls over a big screen of code while one student raises her hand and another teaches.",
        "mint",
    ),
)

# Scenes lie in a tile whose hill they grow out of.
SCENE_DRAWINGS = _named(
    Drawing(
        "mentor",
        "A mentor and a student",
        640,
        600,
        "A mentor and a student side by side behind one laptop.",
        "mint",
        around="yellow",
    ),
    Drawing(
        "heart",
        "A heart on a screen",
        620,
        420,
        "A screen with a large heart on it, and a cup of tea.",
        "blush",
        around="mint",
    ),
    Drawing(
        "cookies",
        "Cookies and a laptop",
        620,
        420,
        "A laptop, a pile of cookies and a hot drink.",
        "yellow",
        around="blush",
    ),
    Drawing(
        "podcast",
        "At the microphone",
        620,
        420,
        "Someone with headphones at a microphone.",
        "sea",
        around="yellow",
    ),
)

PORTRAIT_DRAWINGS = _named(
    Drawing("portrait-1", "Black curls, coral sweater", 400, 440, "A drawn person with black curls."),
    Drawing("portrait-2", "Long black hair, navy sweater", 400, 440, "A drawn person with long black hair."),
    Drawing("portrait-3", "Coral headscarf", 400, 440, "A drawn person with a coral headscarf."),
    Drawing("portrait-4", "Short red hair, overalls", 400, 440, "A drawn person with short red hair."),
    Drawing("portrait-5", "Long braids, cream jacket", 400, 440, "A drawn person with long braids."),
    Drawing("portrait-6", "Brown bob, yellow blouse", 400, 440, "A drawn person with a brown bob."),
)

DRAWINGS = OPEN_DRAWINGS | SCENE_DRAWINGS | PORTRAIT_DRAWINGS


def choices(drawings: dict[str, Drawing]) -> list[tuple[str, str]]:
    """Names and labels for a form field."""
    return [(drawing.name, drawing.label) for drawing in drawings.values()]
