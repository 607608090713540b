"""Which walk shows which subject of the guide."""

from collections.abc import Callable

from wits_site.guide.walking import Walk

WALKS: dict[str, Callable[[Walk], None]] = {}


def walk(slug: str) -> Callable[[Callable[[Walk], None]], Callable[[Walk], None]]:
    """Make it the walk of the subject `slug`."""

    def register(function: Callable[[Walk], None]) -> Callable[[Walk], None]:
        WALKS[slug] = function
        return function

    return register
