"""The timeline as the admin shows it: each entry with its links."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.urls import NoReverseMatch, reverse

from membership.admin.partners import PartnerLink, stripe_link
from membership.timeline import Entry

# Whose page an entry leads to, with the permission that page wants.
PAGES = {
    "event": ("stripe-events:inspect", "membership.view_stripeevent", "See the event"),
    "signup": ("signups:inspect", "membership.view_signup", "See the join form"),
    "delivery": ("deliveries:inspect", "outbox.view_delivery", "See the delivery"),
}
ICONS = {
    "signup": "form",
    "payment": "tick-inverse",
    "event": "download",
    "membership": "user",
    "delivery": "upload",
    "correction": "edit",
}


@dataclass(frozen=True)
class Line:
    """One entry of the timeline with where it leads; `page` is empty where the reader may not go."""

    entry: Entry
    icon: str
    page: str
    page_label: str
    partner: PartnerLink | None


def lines(entries: Iterable[Entry], user: AbstractBaseUser | AnonymousUser, here: str = "") -> list[Line]:
    """The entries with links that `user` may follow; none to `here`, the page they stand on."""
    return [_line(entry, user, here) for entry in entries]


def _line(entry: Entry, user: AbstractBaseUser | AnonymousUser, here: str) -> Line:
    name, permission, label = PAGES.get(entry.kind, ("", "", ""))
    page = ""
    if name and isinstance(user, PermissionsMixin | AnonymousUser) and user.has_perm(permission):
        address = _address(name, entry.pk)
        page = "" if address == here else address
    partner = stripe_link(entry.reference) if entry.reference else None
    return Line(entry, "warning" if entry.tone == "bad" else ICONS[entry.kind], page, label, partner)


def _address(name: str, pk: int) -> str:
    """Empty where the site has no such page."""
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""
