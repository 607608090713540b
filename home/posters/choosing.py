"""Which poster a title gets."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from home.posters import people, sheets
from home.posters.frames import FRAMES, HEIGHT
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


# The shapes that make the floor of a picture where they reach its lower edge.
FLAT = {"slab", "wave", "swell", "quarter", "quarter-rings", "rings"}
# The colours of bands that are near to a paper of another name.
NEAR = {"salmon": "coral", "paper": "cream", "foot": "navy"}


@dataclass(frozen=True)
class Poster:
    """The name of a poster: what it shows, on which paper, in which small variation, cut to which frame."""

    layout: str
    paper: str
    choice: int
    frame: str = ""

    @property
    def name(self) -> str:
        """As it stands in its address: `tide-mint-7`, or `tide-mint-7-wide`."""
        return f"{self.layout}-{self.paper}-{self.choice}" + (f"-{self.frame}" if self.frame else "")

    @classmethod
    def named(cls, name: str) -> "Poster | None":
        """The poster of that name; None for one there is not."""
        layout, paper, choice, frame = (*name.split("-", 3), "", "", "")[:4]
        known = layout in LAYOUTS and paper in PAPERS and frame in FRAMES
        counts = choice.isascii() and choice.isdigit() and len(choice) < 3 and int(choice) < CHOICES
        return cls(layout, paper, int(choice), frame) if known and counts else None

    def cut_to(self, frame: str) -> "Poster":
        """The same poster in another frame. A person has one frame only."""
        return self if self.layout == PERSON else replace(self, frame=frame if frame in FRAMES else "")


def poster_for(
    title: str, kind: str = "page", *, seed: str = "", paper: str = "", avoid: str = "", turn: int | None = None
) -> Poster:
    """The poster of a title: `kind` is one of `KINDS`, `seed` shuffles, `paper` is an executive's own choice.

    Without one the title draws a paper, but not `avoid`, the colour on which the poster will lie; and where the lower
    edge of the picture would melt into that colour, the next picture of its kind is taken. Several colours stand with
    a space between them. Where posters stand only in one list, `turn` is the place there: neighbours then differ.
    """
    bands = {NEAR.get(band, band) for band in avoid.split()}
    rng = chance(f"{' '.join(title.lower().split())} {seed}")
    papers = [name for name in sorted(PAPERS) if name not in bands]
    drawn_paper = rng.choice(papers)
    family = _family(title, kind)
    if len(title) > LONG_TITLE:
        family = tuple(name for name in family if name in sheets.QUIET) or family
    first = rng.choice(family)
    if turn is not None:
        first, drawn_paper = family[turn % len(family)], papers[turn % len(papers)]
    layouts = _from(first, family) if turn is None else [first]
    cuts = [paper] if paper in PAPERS else _from(drawn_paper, papers)
    pairs = [(layout, cut) for cut in cuts for layout in layouts]
    layout, cut = next((pair for pair in pairs if not bands & _floor(*pair)), pairs[0])
    return Poster(layout, cut, rng.randrange(CHOICES))


def _from(first: str, names: Sequence[str]) -> list[str]:
    """These names, beginning at that one."""
    here = list(names).index(first)
    return [*names[here:], *names[:here]]


@cache
def _floor(layout: str, paper: str) -> set[str]:
    """The papers whose colour, by day, lies along the lower edge of this picture."""
    grounds = {PAPERS[name].day["g"]: name for name in PAPERS}
    parts = LAYOUTS[layout](chance(layout))
    lowest = [part for part in parts if part.shape in FLAT and part.y + part.height >= HEIGHT]
    inks = {PAPERS[paper].day[ink] for part in lowest for ink in part.inks}
    if layout == PERSON:  # whatever their cut, shoulders are the figure's colour
        inks = {PAPERS[paper].day["a"]}
    return {grounds[ink] for ink in inks if ink in grounds}


def _family(title: str, kind: str) -> tuple[str, ...]:
    if kind in {"event", "program", "page"}:
        for name, words in WORDS.items():
            # Whole words and what is made from them: “tea” means a picture, “tears” does not.
            if re.search(rf"\b(?:{'|'.join(words)})(?:s|ing|ers?)?\b", title.lower()):
                return ("heart",) if name == "heart" else KINDS[name]
    return KINDS.get(kind, KINDS["page"])
