"""People of the team, partners and past speakers by their names: each leads to its place on the page it stands on."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.search.backends import get_search_backend
from wagtail.search.query import PlainText

from home.partners.lists import partners_today
from home.partners.page import PartnersPage
from home.partners.records import Partner, PastSpeaker
from home.people import years
from home.people.page import TeamPage
from home.people.records import Person, Role
from home.people.teams import years as years_with_teams
from home.posters import poster_for
from home.search.excerpts import marked
from home.search.hits import Hit
from home.search.terms import folded
from home.visibility import visible

MOST = 5  # of each kind: who looks for a name knows it
GROUND = "cream"


def named(words: Sequence[str], request: HttpRequest) -> list[Hit]:
    """Who has all these words in their name, and stands on a page that any visitor may see.

    One query for each kind, and the page where one is found.
    """
    return [*_people(words, request), *_partners(words, request)]


def _called(model: type[Any], words: Sequence[str]) -> QuerySet[Any]:
    """The keys of those whose name has words that begin so."""
    text = PlainText(folded(" ".join(words)), operator="and")
    found: QuerySet[Any] = get_search_backend().autocomplete(text, model.objects.all()).get_queryset()
    return found.order_by().values("pk")


def _people(words: Sequence[str], request: HttpRequest) -> Iterator[Hit]:
    found = Role.objects.filter(person__in=_called(Person, words)).select_related("person", "portfolio")
    roles = list(found.order_by("-year", "person__name", "pk")[: MOST * 10])
    page = visible(TeamPage.objects.defer("body")).first() if roles else None
    if page is None:
        return
    latest: dict[Person, Role] = {}
    for role in roles:
        if role.person and role.year <= page.this_year:
            latest.setdefault(role.person, role)
    current = years_with_teams(page.this_year).current
    for person, role in list(latest.items())[:MOST]:
        past = role.year != current
        where = page.reverse_subpage("past_team", [years.slug(role.year)]) if past else ""
        yield Hit(
            url=f"{page.get_url(request)}{where}#portfolio-{role.portfolio.pk}",
            kind=", ".join([page.search_title, *([role.years] if past else [])]),
            poster=poster_for(person.name, "person", avoid=GROUND),
            title=marked(person.name, words),
            excerpt=marked(", ".join(dict.fromkeys([role.title, role.portfolio.name])), words),
        )


def _partners(words: Sequence[str], request: HttpRequest) -> Iterator[Hit]:
    partners = partners_today().prefetch_related(None).select_related(None).select_related("tier")
    found: list[tuple[str, str, str]] = [
        (one.name, one.tier.name, f"#tier-{one.tier.pk}")
        for one in partners.filter(pk__in=_called(Partner, words))[:MOST]
    ]
    found += [
        (one.name, ", ".join(filter(None, [one.who, one.topic])), f"#speakers-{one.year}")
        for one in PastSpeaker.objects.filter(pk__in=_called(PastSpeaker, words))[:MOST]
    ]
    page = visible(PartnersPage.objects.defer("body")).first() if found else None
    if page is None:
        return
    for name, text, place in found:
        yield Hit(
            url=f"{page.get_url(request)}{place}",
            kind=page.search_title,
            poster=poster_for(name, "person", avoid=GROUND),
            title=marked(name, words),
            excerpt=marked(text, words),
        )
