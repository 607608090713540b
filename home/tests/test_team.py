"""The team page: this year's people, past teams by themselves, free slots, and next year's slots with one click."""

from datetime import date

import pytest
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from home.models import Person, Portfolio, Role, TeamPage
from home.people import demo, teams, years
from home.tests.factories import PersonFactory, PictureFactory, RoleFactory, TeamPageFactory
from home.tests.markup import Markup, breaches

NOON = "2026-10-01T12:00-04:00"


@given(day=st.dates(date(1990, 1, 1), date(2099, 12, 31)), month=st.integers(1, 12))
def test_a_clubs_year_has_one_name_that_leads_back_to_it(day, month):
    year = years.year_of(day, month)
    assert date(year, month, 1) <= day < date(year + 1, month, 1)
    assert years.from_slug(years.slug(year)) == year


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-28", "2026–27", "26-27", "٢٠٢٦-27", "2026-27-", "abcd-ef", "../2026-27"]
)
def test_what_is_no_year_is_none(text):
    assert years.from_slug(text) is None


@pytest.fixture
def team_page(home, time_machine):
    time_machine.move_to(NOON)
    return TeamPageFactory(new_team_in=5)


def seen(client, url):
    response = client.get(url)
    assert response.status_code == 200
    html = response.content.decode()
    assert breaches(html) == []
    return html


def test_the_present_team_stands_by_portfolio_in_its_order(client, team_page):
    second = Portfolio.objects.create(name="Finance", order=20)
    first = Portfolio.objects.create(name="Presidents", order=10)
    RoleFactory(year=2026, portfolio=second, title="Treasurer", person=PersonFactory(name="Zoë Adams"))
    RoleFactory(year=2026, portfolio=first, title="Co-President", order=2, person=PersonFactory(name="Bea Lind"))
    RoleFactory(year=2026, portfolio=first, title="President", order=1, person=PersonFactory(name="Ada Ray"))
    html = seen(client, team_page.url)
    places = [html.index(words) for words in ("Presidents", "Ada Ray", "Bea Lind", "Finance", "Zoë Adams")]
    assert places == sorted(places)


def test_in_may_the_team_that_is_ready_takes_over_and_last_years_becomes_a_past_team(client, team_page, time_machine):
    RoleFactory(year=2026, person=PersonFactory(name="Ada Ray"))
    RoleFactory(year=2027, person=PersonFactory(name="Next Inline"))
    time_machine.move_to("2027-04-30T23:59-04:00")
    html = seen(client, team_page.url)
    assert "Ada Ray" in html
    assert "Next Inline" not in html, "a team that is made ready is not shown early"
    assert client.get(f"{team_page.url}2027-28/").status_code == 404
    time_machine.move_to("2027-05-01T00:00-04:00")
    html = seen(client, team_page.url)
    assert "Next Inline" in html
    assert "Ada Ray" not in html
    assert f"{team_page.url}2026-27/" in html
    past = seen(client, f"{team_page.url}2026-27/")
    assert "Ada Ray" in past
    assert f'rel="canonical" href="{team_page.full_url}2026-27/"' in past


def test_the_last_team_stays_until_a_new_one_is_made(client, team_page, time_machine):
    RoleFactory(year=2026, person=PersonFactory(name="Ada Ray"))
    time_machine.move_to("2029-01-01T12:00-05:00")
    assert "Ada Ray" in seen(client, team_page.url)
    assert client.get(f"{team_page.url}2026-27/").status_code == 404, "one team has one address"


def test_a_free_slot_invites_now_and_is_left_out_of_past_teams(client, team_page, time_machine):
    RoleFactory(year=2026, title="First-Year Representative", person=None)
    RoleFactory(year=2026, person=PersonFactory(name="Ada Ray"))
    html = seen(client, team_page.url)
    assert "This could be you" in html
    assert "First-Year Representative" in html
    team_page.empty_page = team_page.get_parent()
    team_page.save()
    assert f'<a href="{team_page.empty_url}">This could be you</a>' in seen(client, team_page.url)
    RoleFactory(year=2027)
    time_machine.move_to("2027-06-01T12:00-04:00")
    assert "First-Year Representative" not in seen(client, f"{team_page.url}2026-27/")


def test_a_page_that_a_free_slot_led_to_and_that_is_gone_leaves_no_link(client, team_page):
    RoleFactory(year=2026, person=None)
    home = team_page.get_parent()
    team_page.empty_page = home
    team_page.save()
    home.live = False
    assert TeamPage(empty_page=home).empty_url == ""


def test_without_a_team_the_page_says_so(client, team_page):
    html = seen(client, team_page.url)
    assert team_page.when_none.split(".")[0] in html
    assert "past" not in [section.get("id") for section in Markup(html).all("section")]


def test_a_person_in_three_teams_is_one_entry(client, team_page):
    ada = PersonFactory(name="Ada Ray")
    for title in ("President", "Treasurer", "Editor"):
        RoleFactory(year=2026, title=title, person=ada)
    assert seen(client, team_page.url).count("Ada Ray</h3>") + seen(client, team_page.url).count("Ada Ray <span") == 3
    ada.delete()
    assert Role.objects.filter(person=None).count() == 3, "the slots stay, free"
    assert "This could be you" in seen(client, team_page.url)


def test_a_portfolio_with_roles_cannot_be_deleted_by_accident(home):
    role = RoleFactory()
    with pytest.raises(ProtectedError):
        role.portfolio.delete()


@pytest.mark.parametrize("name", ["李小龍", "😀", "A" * 120, "Robin <script>alert(1)</script>", "שרה לוי"])
def test_every_name_is_shown_as_it_is_written(client, team_page, name):
    RoleFactory(year=2026, person=PersonFactory(name=name))
    assert f">{escape(name)}</h3>" in seen(client, team_page.url)


def test_queries_do_not_grow_with_the_people(client, team_page, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(15) as counted:
            client.get(team_page.url)
        return [query["sql"] for query in counted.captured_queries]

    picture = PictureFactory()
    portfolio = Portfolio.objects.create(name="Everyone")
    for number in range(10):
        RoleFactory(year=2026, portfolio=portfolio, person=PersonFactory(picture=picture if number == 0 else None))
    client.get(team_page.url)  # what a picture is made of is made once
    few = queries()
    people = Person.objects.bulk_create(Person(name=f"Person {n}", picture=picture) for n in range(490))
    Role.objects.bulk_create(Role(year=2026, portfolio=portfolio, title="Member", person=one) for one in people)
    many = queries()
    assert len(many) == len(few)


def test_the_demonstration_has_forty_people_and_three_years(client, home):
    team_page = demo.make_demo(home)
    assert Person.objects.count() == 40
    assert Role.objects.values("year").distinct().count() == 3
    assert seen(client, team_page.url).count("This could be you") == 2
    demo.make_demo(home)
    assert Person.objects.count() == 40


def test_next_years_slots_are_made_once_and_without_people(team_page):
    RoleFactory(year=2026, title="President", person=PersonFactory())
    RoleFactory(year=2026, title="Treasurer")
    assert teams.make_next_team(2026) == 2
    assert list(Role.objects.filter(year=2027).values_list("title", "person").order_by("title")) == [
        ("President", None),
        ("Treasurer", None),
    ]
    assert teams.make_next_team(2026) == 0
    assert Role.objects.filter(year=2027).count() == 2


def test_an_executive_makes_next_years_team_with_one_click(client, team_page, admin_user):
    client.force_login(admin_user)
    RoleFactory(year=2026, title="President", person=PersonFactory())
    url = reverse(Role.snippet_viewset.get_url_name("next"))
    assert url in client.get(reverse(Role.snippet_viewset.get_url_name("list"))).content.decode()
    asked = client.get(url).content.decode()
    assert "2026–27" in asked
    assert Role.objects.count() == 1, "looking makes nothing"
    made = client.post(url, follow=True).content.decode()
    assert "Made for 2027–28, still free: 1" in made
    assert "already" in client.post(url, follow=True).content.decode()


def test_who_may_not_change_the_team_cannot_make_one(client, team_page, django_user_model):
    RoleFactory(year=2026)
    user = django_user_model.objects.create_user("someone", "s@wits.example", "x")
    client.force_login(user)
    client.post(reverse(Role.snippet_viewset.get_url_name("next")))
    assert Role.objects.count() == 1
