"""Finding people of the team, partners and past speakers by their names, on either database."""

from datetime import date
from html import unescape

import pytest
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from home.search.finding import find
from home.tests.factories import (
    PartnerFactory,
    PartnersPageFactory,
    PastSpeakerFactory,
    PersonFactory,
    RoleFactory,
    StandardPageFactory,
    TeamPageFactory,
)
from home.tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(home, time_machine):
    """A team page and a partners page in October 2026."""
    time_machine.move_to("2026-10-01T12:00-04:00")
    return TeamPageFactory(), PartnersPageFactory()


def found(typed):
    return find(typed, RequestFactory().get("/search/"))


def places(typed):
    return {unescape(hit.title.replace("<mark>", "").replace("</mark>", "")): hit.url for hit in found(typed).names}


def test_somebody_on_the_team_leads_to_their_portfolio(site):
    role = RoleFactory(person__name="Noémi O'Brien", title="Treasurer", portfolio__name="Finance")
    for typed in ("noemi", "O'Brien", "noémi o'brien", "Brien Noe"):
        assert places(typed) == {"Noémi O'Brien": f"/team/#portfolio-{role.portfolio.pk}"}, typed
    hit = found("noemi").names[0]
    assert (hit.kind, hit.excerpt, hit.title) == ("The team", "Treasurer, Finance", "<mark>Noémi</mark> O&#x27;Brien")
    assert places("noemi smith") == {}


def test_who_left_leads_to_the_last_team_they_were_on(site):
    maya = PersonFactory(name="Maya Okafor")
    RoleFactory(year=2026, person__name="Somebody")
    for year in (2024, 2025):
        role = RoleFactory(year=year, person=maya)
    assert places("okafor maya") == {maya.name: f"/team/2025-26/#portfolio-{role.portfolio.pk}"}
    assert found("okafor maya").names[0].kind == "The team, 2025–26"


def test_nobody_is_found_who_stands_on_no_page(site):
    PersonFactory(name="Secret Agent")
    RoleFactory(person__name="Next Year", year=2027)
    PartnerFactory(name="Overpine", until=date(2026, 9, 30))
    PartnerFactory(name="Soonpine", since=date(2026, 10, 2))
    for typed in ("secret", "next year", "overpine", "soonpine"):
        assert places(typed) == {}, typed


def test_names_on_pages_that_are_not_for_everybody_are_not_found(site):
    RoleFactory(person__name="Maya Okafor")
    PartnerFactory(name="Northpine")
    PageViewRestriction.objects.create(page=site[0], restriction_type=PageViewRestriction.LOGIN)
    site[1].unpublish()
    assert places("maya") == places("northpine") == {}


def test_partners_and_speakers_lead_to_the_partners_page(site):
    partner = PartnerFactory(name="Northpine Robotics", tier__name="Gold")
    PastSpeakerFactory(name="Henrike Northpine", company="Tidewater", topic="Inside an interview", year=2025)
    assert places("northpine") == {
        "Northpine Robotics": f"/partners/#tier-{partner.tier.pk}",
        "Henrike Northpine": "/partners/#speakers-2025",
    }
    assert [hit.excerpt for hit in found("northpine").names] == ["Gold", "Tidewater, Inside an interview"]


def test_names_stand_before_pages_and_only_on_the_first_page_of_results(client, site):
    for number in range(12):
        StandardPageFactory(title=f"Maya {number}")
    RoleFactory(person__name="Maya Okafor")
    first = client.get("/search/", {"q": "maya"}).content.decode()
    second = client.get("/search/", {"q": "maya", "page": "2"}).content.decode()
    assert "13 results for “maya”" in first
    assert first.index("Okafor") < first.index("</mark> 1")
    assert "Okafor" not in second


def test_names_alone_are_a_result(client, site):
    RoleFactory(person__name="<b>Zoë</b>", title="Lead")
    html = client.get("/search/", {"q": "zoe"}).content.decode()
    assert "One result for “zoe”" in html
    assert "&lt;b&gt;<mark>Zoë</mark>&lt;/b&gt;" in html
    assert "Nothing here" not in html


def test_queries_do_not_grow_with_the_names(client, site):
    def of(number):
        for _ in range(number):
            RoleFactory(person__name="Maya Okafor")
            PartnerFactory(name="Maya Robotics")
            PastSpeakerFactory(name="Maya Solberg")
        return len(queries_of(client, "/search/?q=maya"))

    assert of(1) == of(20)
