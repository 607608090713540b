"""What somebody may have meant who found nothing."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from home.search.terms import WORD, folded

CLOSE = 0.72  # of 1; `piton` is so near to `python`
SHORTEST = 3


def did_you_mean(words: Sequence[str], titles: Iterable[str]) -> str:
    """The same words with each that no title has put as the nearest one that a title has; empty if none is near."""
    known: dict[str, str] = {}
    for title in titles:
        for word in WORD.findall(title):
            if len(word) >= SHORTEST:
                known.setdefault(folded(word), word.lower())
    meant = [_nearest(word, known) for word in words]
    return " ".join(meant) if meant != list(words) else ""


def _nearest(word: str, known: dict[str, str]) -> str:
    plain = folded(word)
    if plain in known:
        return known[plain]
    near = get_close_matches(plain, known, n=1, cutoff=CLOSE) if len(word) >= SHORTEST else []
    return known[near[0]] if near else word
