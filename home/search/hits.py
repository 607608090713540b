"""One line of what a search found."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from home.posters import Poster


@dataclass(frozen=True)
class Hit:
    """Something that was found: what it is and where it says so, with the words marked."""

    url: str
    kind: str
    poster: Poster
    title: SafeString
    excerpt: SafeString
