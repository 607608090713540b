"""The pages that people meet while they join, each with a pair of title and text on the join page."""

from dataclasses import dataclass
from typing import Any

from home.drawings import DRAWINGS


@dataclass(frozen=True)
class Kind:
    """How one of the join page's pairs of title and text is shown."""

    label: str
    status: int = 200
    tone: str = "blush"
    drawing: str = "heart"
    offers_form: bool = False
    offers_mail: bool = False
    offers_page: bool = False


# A drawing never stands on a ground of its own colour.
KINDS = {
    "others": Kind("You are in, in another browser", tone="mint", drawing="members"),
    "processing": Kind("Payment under way", tone="mint", drawing="cookies"),
    "checking": Kind("Stripe is away, after paying", status=503, tone="mint", drawing="cookies"),
    "case": Kind("Needs a person", tone="yellow", drawing="mentor", offers_mail=True),
    "unknown": Kind("Payment not found", status=404, tone="yellow", drawing="podcast", offers_mail=True),
    "refunded": Kind("Paid back", tone="yellow", drawing="heart", offers_page=True),
    "cancelled": Kind("Left without paying", tone="blush", drawing="cookies", offers_form=True),
    "failed": Kind("The bank said no", tone="yellow", drawing="heart", offers_form=True),
    "expired": Kind("Ran out of time", status=410, tone="mint", drawing="cookies", offers_form=True),
    "check": Kind("Check your mail", tone="yellow", drawing="mentor", offers_page=True),
    "confirm": Kind("Confirm", tone="mint", drawing="members"),
    "link": Kind("Link too old", status=410, tone="yellow", drawing="podcast", offers_form=True),
}


@dataclass(frozen=True)
class MemberCard:
    """What stands on the card of someone who is in; `joined` is words.

    Not until when: who pays for an address that is a member's already lengthens that membership, and its later end
    would tell a stranger so. The welcome mail says it, to the address itself.
    """

    name: str
    level: str
    joined: str

    @property
    def has_long_name(self) -> bool:
        """Whether the name needs smaller letters."""
        return len(self.name) > 40


def context_of(name: str) -> dict[str, Any]:
    """What `membership/answer.html` needs of one of `KINDS`, besides its words."""
    kind = KINDS[name]
    return {"name": name, "kind": kind, "drawing": DRAWINGS[kind.drawing]}
