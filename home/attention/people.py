"""Slots of the team that are free, and partners without a logo or near the end of their agreement."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from home.attention.lines import Aside, Found, counted, named, one
from home.attention.pages import called
from home.attention.places import list_of_rows, row
from home.days import short
from home.partners.records import Partner
from home.people.page import TeamPage
from home.people.records import Role
from home.people.years import in_words, year_of

# A team is made ready so long before it takes over.
READY = timedelta(days=75)
# An agreement is talked about so long before its end, and so long after it.
SOON, LATELY = timedelta(days=45), timedelta(days=90)
FIRST_MONTH = 5


def find_team(user: Any, aside: Aside) -> Iterator[Found]:
    """Two questions."""
    if not user.has_perm("home.change_role"):
        return
    page = TeamPage.objects.only("new_team_in").first()
    month = page.new_team_in if page else FIRST_MONTH
    today = timezone.localdate()
    this_year = year_of(today, month)
    teams = Role.objects.filter(year__gte=this_year).order_by("year").values("year")
    counts = teams.annotate(free=Count("pk", filter=Q(person=None)))
    known = {found["year"]: found["free"] for found in counts}
    for year in (this_year, this_year + 1):
        key = f"team:{year}"
        if key in aside:
            continue
        if year in known:
            if known[year]:
                words = counted(known[year], "place on the team of {} is", "places on the team of {} are")
                yield one(f"{words.format(in_words(year))} still free", list_of_rows(Role, query=f"year={year}"), key)
        elif known and year > this_year and today >= date(year, month, 1) - READY:
            words = f"The team of {in_words(year)} takes over in {date(year, month, 1):%B} and is not made yet"
            yield one(words, list_of_rows(Role, page="next"), key)


def find_partners(user: Any, aside: Aside) -> Iterator[Found]:
    """At most four questions."""
    if not user.has_perm("home.change_partner"):
        return
    today = timezone.localdate()

    def ends(partner: Any) -> tuple[str, str]:
        over = partner.until < today
        what = f"ended on {short(partner.until)}: renew it" if over else f"ends on {short(partner.until)}"
        return f"The agreement with {called(partner.name)} {what}", row(partner)

    def bare(partner: Any) -> tuple[str, str]:
        return f"{called(partner.name)} has no logo", row(partner)

    all_of_them = list_of_rows(Partner)
    ending = Partner.objects.filter(until__gte=today - LATELY, until__lte=today + SOON)
    yield named("agreement", ending.order_by("until", "pk"), aside, ends, all_of_them)
    without = Partner.objects.filter(Q(until=None) | Q(until__gte=today), logo=None)
    yield named("logo", without.order_by("name", "pk"), aside, bare, all_of_them)
