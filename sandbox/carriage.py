"""What happens to events on their way: copies, disorder, delay, loss. On demand, and the same under the same seed."""

from __future__ import annotations

import fnmatch
import random
from dataclasses import asdict, dataclass
from typing import Any

MOST_COPIES = 100


class CarriageError(ValueError):
    """A way of carrying that cannot be; the text says why."""


@dataclass(frozen=True)
class Carriage:
    """How new events are carried. As it stands here, each is sent once and at once.

    `types`: which events, as a pattern with *; `copies` of each; `delay`: seconds before the first try; `scatter`: up
    to so many seconds more, drawn for each copy, so that the order changes; `drop`: the chance that a copy is never
    sent; `hold`: all wait until they are released.
    """

    types: str = "*"
    copies: int = 1
    delay: float = 0.0
    scatter: float = 0.0
    drop: float = 0.0
    hold: bool = False
    seed: int | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def read(values: dict[str, Any]) -> Carriage:
    """From JSON or a form, where an empty value is as good as none; raises CarriageError with what is wrong."""
    known = Carriage().as_json()
    unknown = set(values) - set(known)
    if unknown:
        raise CarriageError(f"Unknown: {', '.join(sorted(unknown))}. Known: {', '.join(known)}.")
    given = {name: value for name, value in values.items() if value not in (None, "")}
    try:
        found = Carriage(
            types=str(given.get("types", "*")),
            copies=int(given.get("copies", 1)),
            delay=float(given.get("delay", 0)),
            scatter=float(given.get("scatter", 0)),
            drop=float(given.get("drop", 0)),
            hold=str(given.get("hold", "")).lower() in ("true", "1", "on"),
            seed=int(given["seed"]) if "seed" in given else None,
        )
    except (TypeError, ValueError) as error:
        raise CarriageError(f"Not a number: {error}.") from error
    if not 1 <= found.copies <= MOST_COPIES:
        raise CarriageError(f"copies must be between 1 and {MOST_COPIES}.")
    if not (0 <= found.delay <= 86_400 and 0 <= found.scatter <= 86_400):
        raise CarriageError("delay and scatter must be between 0 and 86400 seconds.")
    if not 0 <= found.drop <= 1:
        raise CarriageError("drop must be between 0 and 1.")
    return found


class Carrier:
    """Carries events by the rule that holds now. Used under the lock of the state."""

    def __init__(self) -> None:
        self.use(Carriage())

    def use(self, carriage: Carriage) -> None:
        self.carriage = carriage
        self._random = random.Random(carriage.seed)  # noqa: S311 -- makes trouble, guards nothing

    def plan(self, kind: str) -> list[tuple[str, float | None]]:
        """(state, seconds until it is sent) of each copy of an event of that kind."""
        rule = self.carriage
        if not fnmatch.fnmatchcase(kind, rule.types):
            return [("waiting", 0.0)]
        return [self._copy(rule) for _ in range(rule.copies)]

    def _copy(self, rule: Carriage) -> tuple[str, float | None]:
        if rule.drop and self._random.random() < rule.drop:
            return "dropped", None
        if rule.hold:
            return "held", None
        return "waiting", rule.delay + (self._random.uniform(0, rule.scatter) if rule.scatter else 0.0)
