"""Where a member stands today: what executives read in their lists, and what Stripe and HubSpot are told.

All dates are in America/Toronto.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from membership.addresses import email_key
from membership.models import Level, Member, Membership

ACTIVE, HELD, ENDED, REFUNDED, NEVER = "active", "held", "ended", "refunded", "none"
LABELS = {ACTIVE: "Active", HELD: "On hold", ENDED: "Ended", REFUNDED: "Refunded", NEVER: "No membership"}
PARTNERS_WORDS = {state: state for state in LABELS} | {HELD: "on-hold"}


@dataclass(frozen=True)
class Standing:
    """`state` is one of the five above; `until` the last day of the unbroken run of days that has begun, or comes.

    None where there is no end, no membership, or one that stopped before the day it was to end.
    """

    state: str
    level: Level | None = None
    until: date | None = None
    since: date | None = None

    @property
    def label(self) -> str:
        return LABELS[self.state]

    @property
    def has_no_end(self) -> bool:
        return self.state == ACTIVE and self.until is None

    @property
    def partners_word(self) -> str:
        """The state as Stripe and HubSpot keep it."""
        return PARTNERS_WORDS[self.state]

    @property
    def level_slug(self) -> str:
        """The level as Stripe and HubSpot keep it; empty without one."""
        return self.level.slug if self.level else ""


def standing(memberships: Iterable[Membership], today: date) -> Standing:
    """What counts among one member's `memberships` (with their levels loaded).

    Of those that run today, the dearest level counts, then the longest; else the first of those that come; one on
    hold (its payment is disputed) only where there is neither. Someone with none of them is told by what they had
    last: a refund, or a term that ended.
    """
    rows = list(memberships)
    if active := [row for row in rows if _has_not_ended(row, today, Membership.State.ACTIVE)]:
        now = [row for row in active if row.starts_on <= today]
        counts = max(now, key=_by_worth) if now else min(active, key=lambda row: row.by_beginning)
        same = [row for row in active if row.level_id == counts.level_id]
        return Standing(ACTIVE, counts.level, _end_of_run(counts, same), min(row.starts_on for row in same))
    if held := [row for row in rows if _has_not_ended(row, today, Membership.State.HELD)]:
        best = max(held, key=_by_worth)
        same = [row for row in held if row.level_id == best.level_id]
        return Standing(HELD, best.level, best.ends_on, min(row.starts_on for row in same))
    if not rows:
        return Standing(NEVER)
    last = max(rows, key=lambda row: row.by_beginning)
    state = REFUNDED if last.state == Membership.State.REFUNDED else ENDED
    ended_on = last.ends_on if state == ENDED and last.ends_on and last.ends_on < today else None
    return Standing(state, last.level, ended_on, last.starts_on)


def running(today: date, state: str = Membership.State.ACTIVE) -> Q:
    """Memberships that have not ended and are in force (or in another `state`): a condition on `Membership`."""
    return Q(state=state) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))


def members_who_are(state: str, members: QuerySet[Member], today: date) -> QuerySet[Member]:
    """Those of `members` whose `standing` has that state."""
    own = Membership.objects.filter(member=OuterRef("pk"))
    is_active = Exists(own.filter(running(today)))
    if state == ACTIVE:
        return members.filter(is_active)
    is_held = Exists(own.filter(running(today, Membership.State.HELD)))
    if state == HELD:
        return members.filter(~is_active & is_held)
    if state == NEVER:
        return members.filter(~Exists(own))
    last = Subquery(own.order_by(*(f"-{name}" for name in Membership.BY_BEGINNING)).values("state")[:1])
    past = members.filter(~is_active & ~is_held & Exists(own)).alias(last_state=last)
    refunded = Q(last_state=Membership.State.REFUNDED)
    return past.filter(refunded) if state == REFUNDED else past.exclude(refunded)


def _has_not_ended(row: Membership, today: date, state: str) -> bool:
    return row.state == state and (row.ends_on is None or row.ends_on >= today)


def _by_worth(row: Membership) -> tuple[int, date, date]:
    return row.level.price_cents, row.ends_on or date.max, row.starts_on


def _end_of_run(first: Membership, same_level: Sequence[Membership]) -> date | None:
    """The last day of the unbroken run of days that begins with `first`; None: no end."""
    end = first.ends_on
    for following in sorted(same_level, key=lambda row: row.starts_on):
        if end is None or following.starts_on > end + timedelta(days=1):
            break
        end = None if following.ends_on is None else max(end, following.ends_on)
    return end


def is_member(email: str) -> bool:
    """Whether that address, in any spelling, is somebody's who is a member today."""
    held = Membership.objects.filter(running(timezone.localdate()), member__email_key=email_key(email))
    return held.exists()
