"""One row of the table of faults: what is done, what must hold, and what was seen."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from wits_site.proof.ground import Ground


@dataclass
class Findings:
    """What a row saw: figures in the order they were noted, and what did not hold."""

    figures: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def note(self, figure: str) -> None:
        self.figures.append(figure)

    def must(self, holds: bool, figure: str) -> None:
        """Note a figure that must hold."""
        self.figures.append(figure)
        if not holds:
            self.broken.append(figure)


@dataclass(frozen=True)
class Trial:
    """What a row is given. `share` of the full figures is done (1: all of them); `chance` is seeded."""

    ground: Ground
    chance: random.Random
    share: float

    def part(self, full: int, least: int = 1) -> int:
        """So many of the full figure."""
        return max(least, round(full * self.share))


@dataclass(frozen=True)
class Row:
    """`small` names the test of `make test` that shows the same in small."""

    name: str
    fault: str
    expected: str
    small: str
    run: Callable[[Trial], Findings]
