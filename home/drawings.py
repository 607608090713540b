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
    Drawing(
        "together",
        "Five friends, one in a wheelchair",
        1280,
        800,
        "Five friends close together: one waves, one in a wheelchair has a laptop on her knees, one has a mug, one a "
        "phone.",
        "yellow",
    ),
    Drawing(
        "cookie-night",
        "Cookies, tea and code",
        1200,
        800,
        "Three friends at a table with cookies, mugs and a laptop, under a string of paper flags.",
        "mint",
    ),
    Drawing(
        "whiteboard",
        "Two at a whiteboard",
        1280,
        800,
        "Two students work out a sum on a whiteboard: an idea plus code is a heart.",
        "mint",
    ),
    Drawing(
        "open-door",
        "An open door",
        1200,
        800,
        "Someone holds a bright door open for two students, who come in waving.",
        "blush",
    ),
    Drawing(
        "on-air",
        "Two at their microphones",
        1250,
        800,
        "Two people with headphones talk into microphones across a table.",
        "mint",
    ),
    Drawing(
        "say-hi",
        "Messages fly",
        1180,
        790,
        "One person writes on a phone, another waves, and speech bubbles and a paper plane fly above them.",
        "blush",
    ),
    Drawing(
        "books",
        "Reading on a stack of books",
        1200,
        800,
        "Someone reads on top of a stack of giant books, while another takes one from it.",
        "mint",
    ),
    Drawing(
        "snake",
        "A snake that ate a page",
        1200,
        790,
        "A large green snake has swallowed a page, whose shape shows in its belly; beside it somebody shrugs.",
        "mint",
    ),
    Drawing(
        "welcome",
        "Welcome, with confetti",
        1200,
        800,
        "Three people cheer under confetti; the one in the middle holds a membership card up high.",
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
    Drawing(
        "solder",
        "Soldering a circuit",
        620,
        420,
        "Someone with safety glasses solders a circuit board.",
        "mint",
        around="blush",
    ),
    Drawing(
        "hack-night",
        "A night of hacking",
        620,
        420,
        "Two students at their laptops in front of a night window, a bowl of noodles between them.",
        "sea",
        around="mint",
    ),
    Drawing(
        "empty-chair",
        "A free chair",
        620,
        420,
        "A free chair with a plus on its back, and a hot drink that waits beside it.",
        "blush",
        around="mint",
    ),
)

PORTRAIT_DRAWINGS = _named(
    *(
        Drawing(f"portrait-{number}", label, 400, 440, f"A drawn person: {label[0].lower()}{label[1:]}.")
        for number, label in enumerate(
            (
                "Black curls, coral sweater",
                "Long black hair, with a phone",
                "Coral headscarf",
                "Short red hair, waving",
                "Long braids, cream jacket",
                "Brown bob, with a mug",
                "Locs and glasses",
                "Long copper curls",
                "Silver hair, glasses and a scarf",
                "Yellow headwrap, striped shirt",
                "Green turban, navy jacket",
                "Short black hair, with a hearing aid",
                "Two puffs, overalls",
                "Green headscarf, with a pencil",
                "A long sweep of black hair",
                "Blond ponytail, striped sweater",
            ),
            start=1,
        )
    )
)

DRAWINGS = OPEN_DRAWINGS | SCENE_DRAWINGS | PORTRAIT_DRAWINGS


def choices(drawings: dict[str, Drawing]) -> list[tuple[str, str]]:
    """Names and labels for a form field."""
    return [(drawing.name, drawing.label) for drawing in drawings.values()]


# Fields name these functions rather than their lists, so that a new drawing needs no migration.
def open_choices() -> list[tuple[str, str]]:
    """Drawings that stand on a wave."""
    return choices(OPEN_DRAWINGS)


def scene_choices() -> list[tuple[str, str]]:
    """Drawings that lie in a tile."""
    return choices(SCENE_DRAWINGS)


def portrait_choices() -> list[tuple[str, str]]:
    """Drawn people."""
    return choices(PORTRAIT_DRAWINGS)


def picture_choices() -> list[tuple[str, str]]:
    """All drawings but the portraits."""
    return choices(OPEN_DRAWINGS | SCENE_DRAWINGS)
