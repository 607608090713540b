"""The few words of stories that executives do not write themselves, and how days, lists and minutes are said."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.utils import timezone

KINDS = "Kinds of stories"
PAGES = "More of the list"
TAGS = "Tags"
NEWER = "Newer"
OLDER = "Older"
EVERYTHING = "All"
AND = "{names} and {last}"
ONE_MINUTE, MINUTES = "{minutes} minute", "{minutes} minutes"
ONE_MINUTE_TO_READ, MINUTES_TO_READ = "{minutes} minute to read", "{minutes} minutes to read"
PAGE_OF = "Page {number} of {pages}"
LISTEN_ON = "Listen on {place}"
READ_ON = "Read it on {place}"
TOLD_ON = "On {place}"
SHELVES = {"article": "Articles", "podcast": "Podcast", "elsewhere": "Elsewhere"}

# Where an address leads, in a word, for the places that stories name most.
PLACES = {
    "spotify.com": "Spotify",
    "podcasts.apple.com": "Apple Podcasts",
    "soundcloud.com": "SoundCloud",
    "youtube.com": "YouTube",
    "youtu.be": "YouTube",
    "medium.com": "Medium",
    "substack.com": "Substack",
    "linkedin.com": "LinkedIn",
}


def day(moment: datetime) -> str:
    """`7 October 2026`, in Toronto: a story is read years later, so the year always stands there."""
    local = timezone.localtime(moment)
    return f"{local.day} {local:%B} {local.year}"


def listed(names: Sequence[str]) -> str:
    """`Ada`, `Ada and Grace`, `Ada, Grace and Joan`."""
    return AND.format(names=", ".join(names[:-1]), last=names[-1]) if len(names) > 1 else "".join(names)


def length(kind: str, minutes: int | None) -> str:
    """How long it takes: `6 minutes to read`, or `34 minutes` of a podcast; empty where nobody knows."""
    if not minutes:
        return ""
    one, many = (ONE_MINUTE, MINUTES) if kind == "podcast" else (ONE_MINUTE_TO_READ, MINUTES_TO_READ)
    return (one if minutes == 1 else many).format(minutes=minutes)


def page_of(number: int, pages: int) -> str:
    """`Page 2 of 3`."""
    return PAGE_OF.format(number=number, pages=pages)


def place_of(address: str) -> str:
    """The name of the place an address leads to: `Spotify`, or its host where it is none we know."""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    return next((name for known, name in PLACES.items() if host == known or host.endswith(f".{known}")), host)


def lead_to(kind: str, place: str) -> str:
    """The words of the link to a story elsewhere."""
    return (LISTEN_ON if kind == "podcast" else READ_ON).format(place=place)
