"""From which day to which day a membership lasts. All dates are in America/Toronto."""

import calendar
from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from membership.models import Level, Member, Membership, MembershipSettings

# A membership in one of these keeps its days: one on hold may be in force again.
KEEPS_ITS_DAYS = (Membership.State.ACTIVE, Membership.State.HELD)


def last_day(level: Level, starts_on: date, plan: MembershipSettings) -> date | None:
    """The last day of a membership at `level` that begins on `starts_on`; None where it has no end."""
    if level.term == Level.Term.NONE:
        return None
    if level.term == Level.Term.ACADEMIC_YEAR:
        return plan.year_end_after(starts_on)
    same_day = _months_later(starts_on, level.term_months)
    # From 31 January, a month lasts until the end of February: the day that is missing is not taken off twice.
    return same_day if same_day.day < starts_on.day else same_day - timedelta(days=1)


def first_day(member: Member, level: Level, joined_on: date) -> date:
    """The first day of a membership bought on `joined_on`.

    Who pays while a paid membership is running loses none of it: the new one begins on the day after it ends. One on
    hold is not running: who pays in cash meanwhile is a member at once, and `laid_out` lets the other one come after.
    """
    if level.is_free:
        return joined_on
    running = (
        member.memberships.filter(state=Membership.State.ACTIVE, level__price_cents__gt=0, ends_on__gte=joined_on)
        .order_by("-ends_on")
        .first()
    )
    return running.ends_on + timedelta(days=1) if running and running.ends_on else joined_on


def laid_out(memberships: Iterable[Membership], today: date, plan: MembershipSettings) -> list[Membership]:
    """Those of one member's `memberships` (with levels and signups loaded) whose days change, with the new ones.

    What was paid through Stripe takes its days in the order in which it was paid, each the first that are free of
    those that stand (one on hold keeps its place). So a payment heard of late, gone again, or back again, moves what
    was paid after it. What has begun is not moved to earlier days where it can stay, and nothing to days that are
    over: a member would lose what is left of it. What was written down here by hand or from a list stays where it is,
    and all else yields to it; only a payment of the old site comes before what stood here when it was taken over. So
    no two cover the same days.
    """
    rows = [row for row in memberships if row.level.price_cents and row.state != Membership.State.ENDED]
    by_stripe = [(row.signup.paid_at, row.signup.pk, row) for row in rows if row.signup and row.signup.paid_at]
    fixed = [row for row in rows if not (row.signup and row.signup.paid_at)]
    placed: list[Membership] = []
    changed = []
    for paid_at, _, row in sorted(by_stripe, key=lambda one: one[:2]):
        joined_on = timezone.localdate(paid_at)
        from_old_site = row.signup and row.signup.from_old_site
        others = [*placed, *(other for other in fixed if not from_old_site or other.pk > row.pk)]
        starts_on = _first_free_day(row.level, joined_on, others, plan)
        if starts_on < row.starts_on:
            stays_on = _first_free_day(row.level, row.starts_on, others, plan)
            has_begun = row.starts_on <= today and stays_on == row.starts_on
            ends_on = last_day(row.level, starts_on, plan)
            if has_begun or (ends_on and ends_on < today):
                starts_on = stays_on
        elif starts_on > row.starts_on and not _meets(row, others):
            # Its last day may be of an older plan, or given by hand: nobody is moved out of days that are free.
            starts_on = row.starts_on
        if starts_on != row.starts_on:
            row.starts_on, row.ends_on = starts_on, last_day(row.level, starts_on, plan)
            changed.append(row)
        placed.append(row)
    return changed


def _meets(row: Membership, others: list[Membership]) -> bool:
    """Whether the days that a membership has now are also those of one of the standing `others`."""
    return any(
        (row.ends_on is None or other.starts_on <= row.ends_on)
        and (other.ends_on is None or other.ends_on >= row.starts_on)
        for other in others
        if other.state in KEEPS_ITS_DAYS
    )


def _first_free_day(level: Level, joined_on: date, others: list[Membership], plan: MembershipSettings) -> date:
    """The first day from `joined_on` on, from which a membership at `level` meets none of the standing `others`."""
    starts_on = joined_on
    for other in sorted((one for one in others if one.state in KEEPS_ITS_DAYS), key=lambda one: one.starts_on):
        ends_on = last_day(level, starts_on, plan)
        meets = other.ends_on and other.ends_on >= starts_on and (ends_on is None or other.starts_on <= ends_on)
        if other.ends_on and meets:
            starts_on = other.ends_on + timedelta(days=1)
    return starts_on


def beside(member: Member, level: Level, day: date) -> list[Membership]:
    """What a member has from `day` on whose days one at `level` would cover again, the first first: where both cost
    something, or are of the same level."""
    rows = member.memberships.select_related("level").filter(state__in=KEEPS_ITS_DAYS)
    from_then = [row for row in rows if row.ends_on is None or row.ends_on >= day]
    same = [row for row in from_then if row.level_id == level.pk or (row.level.price_cents and level.price_cents)]
    return sorted(same, key=lambda row: row.by_beginning)


def goes_on_from_another(membership: Membership) -> bool:
    """Whether a paid membership in force begins when another of the same member ends: it was paid for again."""
    others = membership.member.memberships.filter(
        state=Membership.State.ACTIVE,
        level__price_cents__gt=0,
        starts_on__lt=membership.starts_on,
        ends_on__gte=membership.starts_on - timedelta(days=1),
    )
    return not membership.level.is_free and others.exclude(pk=membership.pk).exists()


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
