"""Who is on the team of a year, and which years there are. Queries do not depend on how many people there are."""

from dataclasses import dataclass
from itertools import groupby

from django.db import transaction

from home.people.records import Portfolio, Role


@dataclass(frozen=True)
class Group:
    """A portfolio with its slots, in order."""

    portfolio: Portfolio
    roles: list[Role]


@dataclass(frozen=True)
class Years:
    """The year whose team is shown now (None without any), and those before it, latest first."""

    current: int | None
    past: list[int]


def years(this_year: int) -> Years:
    """`this_year` is the club's year today. A team that is made ready for later is not shown; before the new one is
    made, the last one stays."""
    begun = list(Role.objects.filter(year__lte=this_year).order_by("-year").values_list("year", flat=True).distinct())
    return Years(begun[0], begun[1:]) if begun else Years(None, [])


def team_of(year: int, *, with_empty: bool) -> list[Group]:
    """The team of that year by portfolio; slots without a person only `with_empty`."""
    roles = Role.objects.filter(year=year).select_related("portfolio", "person", "person__picture")
    roles = roles.prefetch_related("person__picture__renditions")
    shown = [role for role in roles if role.person or with_empty]
    grouped = groupby(shown, key=lambda role: role.portfolio)
    return [Group(portfolio, list(its_roles)) for portfolio, its_roles in grouped]


def make_next_team(after: int) -> int:
    """Make the slots of `after` + 1 as they were, without people; returns how many: 0 if some are there already."""
    with transaction.atomic():
        if Role.objects.filter(year=after + 1).exists():
            return 0
        slots = [
            Role(year=after + 1, portfolio=role.portfolio, title=role.title, order=role.order)
            for role in Role.objects.filter(year=after).select_related("portfolio")
        ]
        Role.objects.bulk_create(slots)
    return len(slots)
