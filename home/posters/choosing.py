"""Which poster a title gets."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from home.posters import people, sheets
from home.posters.papers import PAPERS
from home.posters.parts import Part
from home.posters.scissors import chance

PERSON = "person"
CHOICES = 24  # small variations of one layout: the address of a poster names one of so many
LAYOUTS: dict[str, Callable[[Random], list[Part]]] = {**sheets.LAYOUTS, PERSON: people.person}

# A long title stands above a quiet sheet, whose upper third is empty.
LONG_TITLE = 44
KINDS: dict[str, tuple[str, ...]] = {
    "event": ("pane", "tide", "rise", "stack", "stairs", "orbit", "screens", "gate", "moon", "fan", "beads", "sill"),
    "workshop": ("pane", "screens", "tide", "sill", "rise", "pointer"),
    "cookies": ("cookie", "plate"),
    "recruiting": ("stack", "talk", "corner", "stairs", "gate"),
    "program": ("corner", "loom", "garden", "sum", "fan", "heart", "quilt"),
    "podcast": ("talk", "orbit", "beads"),
    "story": ("talk", "moon", "garden", "loom", "corner", "beads", "sill"),
    "page": ("sum", "rise", "loom", "quilt", "orbit", "garden", "tide"),
    PERSON: (PERSON,),
}
# Words in a title that mean a picture of their own.
WORDS: dict[str, tuple[str, ...]] = {
    "cookies": ("cookie", "snack", "tea", "potluck", "picnic"),
    "heart": ("heart", "volunteer", "charity"),
    "workshop": ("python", "git", "code", "coding", "web", "workshop", "intro to", "data"),
    "recruiting": ("recruit", "interview", "resume", "résumé", "career", "hire"),
}


# The colours of bands that are near to a paper of another name.
NEAR = {"salmon": "coral", "paper": "cream", "foot": "navy"}


@dataclass(frozen=True)
class Poster:
    """The name of a poster: what it shows, on which paper, in which small variation."""

    layout: str
    paper: str
    choice: int

    @property
    def name(self) -> str:
        """As it stands in its address: `tide-mint-7`."""
        return f"{self.layout}-{self.paper}-{self.choice}"

    @classmethod
    def named(cls, name: str) -> "Poster | None":
        """The poster of that name; None for one there is not."""
        layout, _, rest = name.partition("-")
        paper, _, choice = rest.partition("-")
        known = layout in LAYOUTS and paper in PAPERS and choice.isascii() and choice.isdigit() and len(choice) < 3
        return cls(layout, paper, int(choice)) if known and int(choice) < CHOICES else None


def poster_for(title: str, kind: str = "page", *, seed: str = "", paper: str = "", avoid: str = "") -> Poster:
    """The poster of a title: `kind` is one of `KINDS`, `seed` shuffles, `paper` is an executive's own choice.

    Without one the title draws a paper, but not `avoid`, the colour on which the poster will lie.
    """
    rng = chance(f"{' '.join(title.lower().split())} {seed}")
    drawn_paper = rng.choice([name for name in sorted(PAPERS) if name != NEAR.get(avoid, avoid)])
    family = _family(title, kind)
    if len(title) > LONG_TITLE:
        family = tuple(name for name in family if name in sheets.QUIET) or family
    return Poster(rng.choice(family), paper if paper in PAPERS else drawn_paper, rng.randrange(CHOICES))


def _family(title: str, kind: str) -> tuple[str, ...]:
    if kind in {"event", "program", "page"}:
        for name, words in WORDS.items():
            # Whole words and what is made from them: “tea” means a picture, “tears” does not.
            if re.search(rf"\b(?:{'|'.join(words)})(?:s|ing|ers?)?\b", title.lower()):
                return ("heart",) if name == "heart" else KINDS[name]
    return KINDS.get(kind, KINDS["page"])
