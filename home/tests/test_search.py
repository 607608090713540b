"""Searching the site, on either database."""

import pytest
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import PageViewRestriction

from home.models import SiteSettings
from home.search.finding import ON_A_PAGE, find
from home.tests.factories import StandardPageFactory
from home.tests.frames import link
from home.tests.markup import Markup, breaches


def section(text, heading=""):
    return "section", {"heading": heading, "text": f"<p>{text}</p>"}


def found(typed, number=1):
    return find(typed, RequestFactory().get("/search/"), number)


def titles(typed):
    return [hit.title.replace("<mark>", "").replace("</mark>", "") for hit in found(typed).hits]


def seen(client, **asked):
    response = client.get("/search/", asked)
    assert response.status_code == 200
    html = response.content.decode()
    assert breaches(html) == []
    return html


@pytest.fixture
def pages(home):
    """Three pages that say different things of mentors."""
    return [
        StandardPageFactory(
            title="Find a mentor", lede="Two steps ahead of you.", body=[section("Apply in September.")]
        ),
        StandardPageFactory(
            title="Resources", lede="What helps.", body=[section("Read your résumé out loud. Mentors do.")]
        ),
        StandardPageFactory(title="Cookies", lede="With chocolate & code.", body=[section("Nothing to do with it.")]),
    ]


def test_a_page_is_found_by_its_title_its_lede_and_its_body(pages):
    assert titles("mentor")[0] == "Find a mentor", "a title counts more"
    assert titles("chocolate") == ["Cookies"]
    assert titles("september") == ["Find a mentor"]


def test_a_page_is_found_by_its_plain_name_too_which_stands_beside_its_kind(client, pages):
    StandardPageFactory(title="At the door", body=[section("Our code of conduct counts everywhere.")])
    StandardPageFactory(title="How we treat each other", seo_title="Code of conduct", body=[section("Be kind.")])
    html = seen(client, q="code of conduct")
    assert html.index("How we treat each other</a>") < html.index("At the door</a>")
    assert '<p class="slip__kind">Page, Code of conduct</p>' in html


def test_forms_of_a_word_find_each_other(pages):
    assert set(titles("mentors")) == set(titles("mentor")) == {"Find a mentor", "Resources"}


def test_all_words_must_be_there_and_otherwise_some_are_enough(pages):
    assert titles("mentor september") == ["Find a mentor"]
    loose = found("chocolate september")
    assert {str(hit.url) for hit in loose.hits} == {pages[0].url, pages[2].url}
    assert not loose.all_words


def test_the_beginning_of_a_title_is_enough_where_no_word_is_found(pages):
    assert titles("cook") == ["Cookies"]


def test_each_result_says_what_it_is_and_marks_what_was_found(client, pages):
    html = seen(client, q="chocolate code")
    assert "With <mark>chocolate</mark> &amp; <mark>code</mark>." in html
    assert '<p class="slip__kind">Page</p>' in html
    assert "One result for “chocolate code”" in html


def test_what_not_every_visitor_may_see_is_not_found(client, pages):
    pages[0].unpublish()
    PageViewRestriction.objects.create(page=pages[1], restriction_type=PageViewRestriction.LOGIN)
    inside = StandardPageFactory(title="Mentors only", parent=pages[1])
    assert titles("mentor") == []
    html = seen(client, q="mentor")
    assert inside.title not in html
    assert "résumé" not in html


def test_what_is_published_changed_and_deleted_is_known_at_once(pages):
    page = StandardPageFactory(title="Kayaking")
    assert titles("kayaking") == ["Kayaking"]
    page.title = "Sailing"
    page.save()
    assert (titles("kayaking"), titles("sailing")) == ([], ["Sailing"])
    page.delete()
    assert titles("sailing") == []


def test_a_hostile_page_and_a_hostile_question_stay_words(client, home):
    StandardPageFactory(
        title="<script>alert(1)</script> tea", body=[section("&lt;img src=x onerror=alert(1)&gt; tea")]
    )
    html = seen(client, q='"><b>tea')
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>tea</mark>" in html
    assert 'value="&quot;&gt;&lt;b&gt;tea"' in html


TERMS = [
    "", " ", "\x00", "a\x00b", "'", '"', '"unclosed', "%", "_", "___", "\\", "\\'", "''", "-", "--",
    "- - -", "*", "a*", "(", ")", "()", "NEAR(", 'NEAR("a" "b", 5)', "NOT", "NOT a", "AND", "OR",
    "a AND", "a AND NOT b", "^tea", "title:tea", "{title body} : tea", "tea & !cookies", "tea | (",
    "tea <-> time", ":*", "tea:*A", "'; DROP TABLE home_person; --", "1 OR 1=1", "%s %d %(x)s",
    "{} {0} {{", "$1", "?", "😀", "👩🏽‍💻 code", "مرحبا بالعالم", "\u202eevil", "שלום", "你好",
    "한국어", "é" * 300, "a" * 10_000, "word " * 3_000, "\u0301\u0301", "ﬁ", "İstanbul", "ß",
    "\ufeff", "\ud7ff", "tea\n\r\ttime",
]  # fmt: skip


@pytest.mark.parametrize("typed", TERMS, ids=[ascii(term)[:24] for term in TERMS])
def test_terms_of_every_kind_get_an_answer(client, pages, typed):
    assert "<h1>" in seen(client, q=typed)


class AnyTerm(TestCase):
    def setUp(self):
        StandardPageFactory(title="Tea & time", body=[section("Cookies and code.")])

    @settings(max_examples=60, deadline=None)
    @given(typed=st.text(max_size=80), number=st.text(max_size=6))
    def test_any_text_and_any_number_of_a_page_get_an_answer(self, typed, number):
        assert self.client.get("/search/", {"q": typed, "page": number}).status_code == 200


def test_a_long_question_is_cut_and_not_refused(client, pages):
    assert seen(client, q="mentor " * 2_000).count("mentor") < 200
    assert titles("mentor " + "x" * 10_000) == titles("mentor"), "what no page has takes nothing away"


def test_nothing_found_says_so_and_suggests_what_may_have_been_meant(client, pages):
    SiteSettings.objects.update(search_none="Nope, <nothing>.")
    html = seen(client, q="mentro cookeis")
    assert "Nope, &lt;nothing&gt;." in html
    assert Markup(html).links()["mentor cookies"] == "/search/?q=mentor+cookies"
    assert 'class="hits"' not in html


def test_what_is_near_to_nothing_gets_no_guess(client, pages):
    assert "Did you mean" not in seen(client, q="qqqqqq zzzz")
    assert "Did you mean" not in seen(client, q="😀")


def test_a_guess_never_names_a_page_that_is_not_for_everybody(pages):
    StandardPageFactory(title="Secretarial").unpublish()
    assert found("secretarail").meant == ""


def test_suggestions_are_the_executives_and_stand_before_and_after_a_search_in_vain(client, pages):
    site = SiteSettings.load()
    site.search_words = [("word", "cold email"), ("word", "R&D")]
    site.search_pages = [("link", link("A mentor", pages[0])), ("link", link("Gone", pages[1]))]
    site.save()
    pages[1].unpublish()
    for typed in ("", "qqqqqq"):
        links = Markup(seen(client, q=typed)).links()
        assert links["cold email"] == "/search/?q=cold+email"
        assert links["R&D"] == "/search/?q=R%26D"
        assert links["A mentor"] == pages[0].url
        assert "Gone" not in links
    assert "cold email" not in Markup(seen(client, q="mentor")).links()


def test_many_results_are_turned_by_the_page(client, home):
    for number in range(ON_A_PAGE + 3):
        StandardPageFactory(title=f"Tea number {number}")
    first, last = seen(client, q="tea"), seen(client, q="tea", page="2")
    assert first.count('<li class="slip hit">') == ON_A_PAGE
    assert last.count('<li class="slip hit">') == 3
    assert "13 results for “tea”" in first
    assert "Page 2 of 2" in last
    assert Markup(first).links()["Next"] == "/search/?q=tea&page=2"
    assert Markup(last).links()["Previous"] == "/search/?q=tea"
    assert "Next" not in Markup(last).links()
    for odd in ("0", "-1", "99999", "x", "²", "1e3"):
        assert seen(client, q="tea", page=odd).count('<li class="slip hit">') in (ON_A_PAGE, 3)


def test_queries_do_not_grow_with_what_is_found(client, home, django_assert_max_num_queries):
    def asked():
        with django_assert_max_num_queries(9) as queries:
            client.get("/search/", {"q": "tea"})
        sql = [query["sql"] for query in queries.captured_queries]
        assert len(set(sql)) == len(sql), "none is asked twice"
        return len(sql)

    for number in range(3):
        StandardPageFactory(title=f"Tea {number}")
    client.get("/search/", {"q": "tea"})
    few = asked()
    for number in range(60):
        StandardPageFactory(title=f"More tea {number}", body=[section("With sugar.", f"Part {n}") for n in range(5)])
    assert asked() == few


def test_search_engines_are_told_to_leave_it_alone(client, home):
    response = client.get("/search/", {"q": "tea"})
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert client.post("/search/", {"q": "tea"}).status_code == 405
    assert client.head("/search/").status_code == 200


def test_every_page_and_the_page_of_a_404_lead_to_it(client, home):
    assert "/search/" in [a["href"] for a in Markup(client.get("/").content.decode()).all("a")]
    forms = Markup(client.get("/no-such-page/").content.decode()).all("form")
    assert [form["action"] for form in forms] == ["/search/"]


def test_the_home_page_is_not_among_the_results(home):
    assert titles("surprising") == []
