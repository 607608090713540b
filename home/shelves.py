"""A list of pages that can be looked at one kind at a time, each kind at an address of its own."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class FilterLink:
    """One way to look at the list: its words, its address, how many it holds, whether one is there."""

    words: str
    url: str
    count: int
    here: bool


def of_kind(base: str, kind: str) -> str:
    """Where the list of one kind begins, `base` being the address of the list of all."""
    return f"{base}{kind}/" if kind else base


def filters(
    base: str, counts: Mapping[str, int], kind: str | None, shelves: Mapping[str, str], everything: str
) -> list[FilterLink]:
    """All and each kind that there is; `kind` is where one is: "" for all, None for neither."""
    links = [FilterLink(everything, base, sum(counts.values()), kind == "")]
    for name, label in shelves.items():
        if counts.get(name) or name == kind:
            links.append(FilterLink(label, of_kind(base, name), counts.get(name, 0), name == kind))
    return links
