"""Which column holds what, found by its heading. An executive corrects it where it is wrong."""

import re
from collections.abc import Sequence

FIELDS = {
    "first_name": "First name",
    "last_name": "Last name",
    "name": "Whole name",
    "email": "Email",
    "level": "Level",
    "status": "Status",
    "since": "First day",
    "until": "Last day",
}
# Headings of the join form that stood at Tally, of HubSpot's and Stripe's exports, and of our own; the best first.
# What this site wrote at HubSpot and Stripe comes before a plain "Status", which may be that of a subscription.
KNOWN_BY = {
    "first_name": ("first name", "firstname", "given name", "preferred name"),
    "last_name": ("last name", "lastname", "surname", "family name"),
    "name": ("name", "full name", "your name", "customer name"),
    "email": ("email", "e mail", "email address", "school email", "western email", "your email", "customer email"),
    "level": ("wits level metadata", "wits membership level", "membership level", "level"),
    "status": ("wits status metadata", "wits membership status", "membership status", "status"),
    "since": ("since", "first day", "start date", "starts on", "submitted at"),
    "until": ("wits until metadata", "wits member until", "member until", "until", "last day", "end date", "ends on"),
}


def match(headings: Sequence[str]) -> dict[str, int]:
    """For each field whose column can be told, its place from 0. No column is used twice."""
    simple = [" ".join(re.findall(r"[a-z0-9]+", heading.lower())) for heading in headings]
    found: dict[str, int] = {}
    for field, names in KNOWN_BY.items():
        place = next((simple.index(name) for name in names if name in simple), None)
        if place is not None and place not in found.values():
            found[field] = place
    if "email" not in found:
        near = [place for place, heading in enumerate(simple) if "email" in heading.split()]
        if len(near) == 1:
            found["email"] = near[0]
    if not {"first_name", "last_name", "name"} & set(found):
        near = [
            place for place, heading in enumerate(simple) if "name" in heading.split() and place not in found.values()
        ]
        if len(near) == 1:
            found["name"] = near[0]
    if "first_name" in found and "last_name" in found:
        found.pop("name", None)
    return found
