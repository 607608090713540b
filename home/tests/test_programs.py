"""The list of programs and a program's page, as visitors and executives meet them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import Page, PageViewRestriction

from home.models import InitiativesPage, OutsideProgramPage, ProgramPage
from home.programs import demo
from home.programs.blocks import ProgramDateBlock
from home.tests.factories import (
    InitiativesPageFactory,
    OutsideProgramPageFactory,
    PictureFactory,
    ProgramPageFactory,
    StandardPageFactory,
)
from home.tests.markup import Markup, breaches, edges_of
from home.tests.queries import queries_of

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture
def initiatives(home):
    return InitiativesPageFactory()


def seen(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    html = response.content.decode()
    assert breaches(html) == []
    assert len(Markup(html).all("h1")) == 1
    return html


def link(text="", page=None, address=""):
    return {"text": text, "page": page, "address": address}


def project(title="Shelf Life", **more):
    plain = {"title": title, "year": 2025, "text": "It counts cans.", "picture": None, "link": link()}
    return "project", {**plain, **more}


def test_programs_are_listed_in_the_order_of_their_pages(client, initiatives):
    first = ProgramPageFactory(parent=initiatives, title="First")
    outside = OutsideProgramPageFactory(parent=initiatives, title="Second")
    last = ProgramPageFactory(parent=initiatives, title="Third")
    html = seen(client, initiatives)
    assert html.index("First") < html.index("Second") < html.index("Third")
    last.move(first, pos="left")
    outside.refresh_from_db()
    html = seen(client, initiatives)
    assert html.index("Third") < html.index("First") < html.index("Second")


def test_a_program_that_is_not_for_everybody_is_not_listed(client, initiatives):
    ProgramPageFactory(parent=initiatives, title="Drafted", live=False)
    closed = ProgramPageFactory(parent=initiatives, title="For some")
    restriction = {"restriction_type": PageViewRestriction.PASSWORD, "password": "tea"}
    PageViewRestriction.objects.create(page=closed, **restriction)
    html = seen(client, initiatives)
    assert "Drafted" not in html
    assert "For some" not in html
    assert initiatives.when_none.split(".")[0] in html, "nothing is left to list, and the page says so"


def test_a_program_elsewhere_leads_out_and_its_own_address_leads_on(client, initiatives):
    outside = OutsideProgramPageFactory(parent=initiatives, title="SheHacks", more_words="Go there")
    html = seen(client, initiatives)
    assert Markup(html).links()["Go there: SheHacks"] == "https://www.shehacks.example/2027"
    assert ">shehacks.example<" in html
    response = client.get(outside.url)
    assert (response.status_code, response["Location"]) == (302, "https://www.shehacks.example/2027")
    assert outside.get_sitemap_urls() == []


def test_who_writes_a_program_elsewhere_sees_its_card(admin_client, initiatives):
    outside = OutsideProgramPageFactory(parent=initiatives)
    response = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[outside.pk]))
    assert response.status_code == 200
    assert "shehacks.example" in response.content.decode()


def test_a_list_shows_a_sum_a_drawing_a_photo_or_a_poster(client, initiatives):
    words = {"sum_left_words": "you", "sum_right_words": "Ada"}
    ProgramPageFactory(parent=initiatives, sum_left="person", sum_right="leaf", drawing="mentor", **words)
    ProgramPageFactory(parent=initiatives, drawing="mentor")
    ProgramPageFactory(parent=initiatives, drawing="whiteboard")
    ProgramPageFactory(parent=initiatives, picture=PictureFactory())
    ProgramPageFactory(parent=initiatives, title="Only a title", poster_paper="coral")
    images = [image["src"] for image in Markup(seen(client, initiatives)).all("img")]
    assert sum("/sums/person-leaf.svg" in src for src in images) == 1
    assert sum("drawings/mentor" in src for src in images) == 1, "the sum goes before the drawing"
    assert sum("drawings/whiteboard" in src for src in images) == 1
    assert sum("/media/" in src for src in images) == 1
    assert sum("-coral-" in src for src in images) == 1


def test_the_top_of_a_program_shows_its_drawing_before_its_sum(client, initiatives):
    words = {"sum_left": "person", "sum_left_words": "you", "sum_right": "leaf", "sum_right_words": "Ada"}
    drawn = ProgramPageFactory(parent=initiatives, drawing="whiteboard", **words)
    assert "drawings/whiteboard" in seen(client, drawn)
    assert "/sums/" not in seen(client, drawn)
    assert "/sums/person-leaf" in seen(client, ProgramPageFactory(parent=initiatives, **words))


def day(on, words, until=None):
    return "date", {"day": on, "until": until, "words": words}


def over(html):
    """The words of the dates that are shown as over."""
    rows = html.split('<li class="date-row')[1:]
    return [row.split("</h3>")[0].rsplit(">", 1)[1] for row in rows if ">Over<" in row.split("</li>")[0]]


def test_dates_are_sorted_and_step_aside_at_midnight_also_when_clocks_change(client, initiatives, time_machine):
    page = ProgramPageFactory(
        parent=initiatives,
        dates=[
            day(date(2026, 11, 2), "Next day"),
            day(date(2026, 10, 26), "A week", until=date(2026, 11, 1)),
            day(date(2026, 11, 1), "Clocks go back"),
        ],
    )
    time_machine.move_to("2026-11-01T23:59:59-05:00")
    html = seen(client, page)
    assert html.index("A week") < html.index("Clocks go back") < html.index("Next day")
    assert "until Sunday 1 November" in html
    assert over(html) == []
    time_machine.move_to("2026-11-02T00:00:00-05:00")
    assert over(seen(client, page)) == ["A week", "Clocks go back"]
    time_machine.move_to("2026-11-03T00:00:00-05:00")
    assert over(seen(client, page)) == ["A week", "Clocks go back", "Next day"]


def test_the_year_stands_at_a_date_of_another_year(client, initiatives, time_machine):
    time_machine.move_to("2026-11-01T12:00-05:00")
    page = ProgramPageFactory(parent=initiatives, dates=[day(date(2027, 1, 9), "Snow")])
    assert '<span class="date-row__month">2027</span>' in seen(client, page)
    time_machine.move_to("2027-01-01T12:00-05:00")
    assert '<span class="date-row__month">2027</span>' not in seen(client, page)


def test_days_that_end_before_they_begin_are_not_saved():
    block = ProgramDateBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"day": "2026-11-02", "until": "2026-11-02", "words": "Odd"}))


def test_an_empty_program_has_no_empty_parts(client, initiatives):
    page = ProgramPageFactory(parent=initiatives, title="Bare")
    html = seen(client, page)
    markup = Markup(html)
    assert markup.all("h2") == []
    assert markup.all("details") == []
    assert "Dates" not in html
    assert markup.links()["It adds up"] == initiatives.url


def test_a_full_program_shows_all_of_it(client, initiatives):
    gone = StandardPageFactory(slug="gone")
    page = ProgramPageFactory(
        parent=initiatives,
        steps=[("step", {"title": "You apply", "text": "Ten questions."})],
        who="<p>Anyone <b>curious</b>.</p>",
        projects=[
            project(link=link("See it", address="https://cans.example/")),
            project("Lost & Hound", link=link("Read more", page=gone)),
            project("Pictured", picture=PictureFactory()),
        ],
        questions=[("question", {"question": "Is it hard?", "answer": "<p>No.</p>"})],
        body=[("section", {"heading": "One more thing", "text": "<p>Tea.</p>"})],
    )
    gone.delete()
    page = ProgramPage.objects.get(pk=page.pk)
    html = seen(client, page)
    for words in ("You apply", "<b>curious</b>", "Lost &amp; Hound", "Is it hard?", "One more thing", "2025"):
        assert words in html
    links = Markup(html).links()
    assert links["Shelf Life"] == "https://cans.example/"
    assert "Lost & Hound" not in links, "its page is gone, its words stay"
    assert "/posters/" in html
    assert "/media/" in html


def test_no_two_bands_that_meet_have_the_same_edge(client, initiatives):
    one = {"questions": [("question", {"question": "Q", "answer": "<p>A</p>"})], "projects": [project()]}
    body = {
        "body": [
            ("section", {"heading": "H", "text": "<p>T</p>"}),
            ("wave", {"tone": "mint"}),
            ("heading", {"heading": "I"}),
        ]
    }
    for fields in ({}, one, body, one | body, {"projects": one["projects"]}):
        page = ProgramPageFactory(parent=initiatives, **fields)
        for shown in (page, initiatives):
            edges = edges_of(seen(client, shown))
            assert len(edges) >= 2
            assert all(one != other for one, other in zip(edges, edges[1:], strict=False))


@pytest.mark.parametrize("title", [LONG, "👩🏽‍💻 & 🍪 皆さん", "A " * 120, "<script>alert(1)</script>"])
def test_any_title_is_shown_as_it_is_written(client, initiatives, title):
    page = ProgramPageFactory(
        parent=initiatives,
        title=title,
        slug="any",
        projects=[project(title[:80])],
        dates=[day(date(2026, 1, 1), title[:120])],
    )
    assert escape(title.strip()) in seen(client, page)
    assert escape(title.strip()) in seen(client, initiatives)
    assert "<script>alert" not in seen(client, page)


def test_queries_do_not_grow_with_what_came_of_a_program(client, initiatives):
    first = StandardPageFactory(slug="first")
    few = ProgramPageFactory(
        parent=initiatives, projects=[project(picture=PictureFactory(), link=link("See", page=first))]
    )
    several = [StandardPageFactory(slug=f"page-{n}") for n in range(40)]
    many = ProgramPageFactory(
        parent=initiatives,
        projects=[
            project(f"{n}", picture=PictureFactory(), link=link("See", page=page)) for n, page in enumerate(several)
        ],
        dates=[day(date(2026, 1, 1 + n), "x") for n in range(20)],
    )
    assert len(queries_of(client, many.url)) == len(queries_of(client, few.url))


def test_the_demonstration_has_its_programs_where_links_expect_them(client, home):
    page = demo.make_demo(home)
    assert page.url == "/initiatives/"
    assert ProgramPage.objects.child_of(page).count() == 4
    assert {"/initiatives/ada/", "/initiatives/hack-with-heart/"} <= {one.url for one in ProgramPage.objects.all()}
    states = {one.applying.tag_colour for one in ProgramPage.objects.all()}
    assert states == {"mint", "yellow", ""}, "open, not yet and closed: all are to be seen"
    for one in ProgramPage.objects.all():
        one.full_clean()
        assert len(queries_of(client, one.url)) <= 15
    before = Page.objects.count()
    demo.make_demo(home)
    assert Page.objects.count() == before


def test_there_is_one_list_and_programs_stand_only_under_it(home):
    InitiativesPageFactory()
    assert not InitiativesPage.can_create_at(home)
    assert not ProgramPage.can_create_at(home)
    assert OutsideProgramPage.can_create_at(InitiativesPage.objects.get())
