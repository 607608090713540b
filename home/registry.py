"""What other rooms show on pages of this one. They register in their `ready()`; this room imports none of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class EventRow:
    """One row of a list of events. `meta` is time, place and summary; `tag_colour` mint, yellow or coral."""

    title: str
    url: str
    starts_at: datetime
    meta: str
    summary: str = ""
    tag: str = ""
    tag_colour: str = ""
    poster_seed: str = ""
    poster_paper: str = ""


@dataclass(frozen=True)
class Offer:
    """One way to be a member: `price` as people say it ("$15", "Free"), what it is, and one line more."""

    price: str
    what: str
    more: str = ""


@dataclass(frozen=True)
class Samples:
    """What a room adds to the styleguide: a template, and what makes its context."""

    heading: str
    template: str
    provider: Callable[[], dict[str, Any]]


UpcomingProvider = Callable[[HttpRequest | None, int], Sequence[EventRow]]
OffersProvider = Callable[[], Sequence[Offer]]
PerksProvider = Callable[[], Any]
MemberCheck = Callable[[str], bool]
MemberPost = Callable[[str, int], None]

_upcoming: list[UpcomingProvider] = []
_offers: list[OffersProvider] = []
_perks: list[PerksProvider] = []
_samples: list[Samples] = []
_is_member: list[MemberCheck] = []
_to_member: list[MemberPost] = []


def register_upcoming(provider: UpcomingProvider) -> None:
    """Name what returns the next events (request, at most so many), soonest first."""
    _upcoming[:] = [provider]


def register_offers(provider: OffersProvider) -> None:
    """Name what returns the membership levels that are open, for the join band of the home page."""
    _offers[:] = [provider]


def register_perks(provider: PerksProvider) -> None:
    """Name what returns the table of perks, as the template `membership/perks_table.html` reads it."""
    _perks[:] = [provider]


def register_members(check: MemberCheck) -> None:
    """Name what says whether an address is a member's today."""
    _is_member[:] = [check]


def register_member_post(post: MemberPost) -> None:
    """Name what mails the link of an opportunity (its page) to the member of an address, if there is one."""
    _to_member[:] = [post]


def register_samples(samples: Samples) -> None:
    """Add a room's own components, in every state, to the styleguide."""
    _samples.append(samples)


def samples() -> list[Samples]:
    """What rooms added to the styleguide."""
    return list(_samples)


def is_member(email: str) -> bool:
    """Whether the address is a member's today; nobody's before somebody registered."""
    return _is_member[0](email) if _is_member else False


def send_to_member(email: str, page: int) -> None:
    """Mail the link of an opportunity to the member of that address; nothing before somebody registered."""
    if _to_member:
        _to_member[0](email, page)


def perks() -> Any:
    """Today's table of perks; None before somebody registered."""
    return _perks[0]() if _perks else None


def upcoming(request: HttpRequest | None, limit: int) -> Sequence[EventRow]:
    """The next events, soonest first; none before somebody registered."""
    return _upcoming[0](request, limit) if _upcoming else []


def offers() -> Sequence[Offer]:
    """The open membership levels; none before somebody registered."""
    return _offers[0]() if _offers else []
