"""The list of stories: the newest first, one kind, one tag, page by page, and never what may not be seen."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Page, PageViewRestriction

from home.models import StoriesIndexPage, StoryPage, StoryTag
from home.stories import demo, words
from home.stories.listing import ON_A_PAGE
from home.tests.factories import StoryPageFactory, the_stories_page
from home.tests.markup import Markup, breaches

TORONTO = ZoneInfo("America/Toronto")


@pytest.fixture
def index(home):
    return the_stories_page()


def ago(days):
    return timezone.now() - timedelta(days=days)


def seen(client, url):
    response = client.get(url)
    assert response.status_code == 200
    html = response.content.decode()
    assert breaches(html) == []
    assert len(Markup(html).all("h1")) == 1
    return html


def titles(client, url):
    """The titles on a page of the list, the large one first."""
    shown = client.get(url).context_data["list"]
    return [story.title for story in ([shown.lead] if shown.lead else []) + shown.cards]


def private(page):
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def test_the_newest_is_large_and_the_others_follow(client, index):
    for title, days in [("Old", 30), ("Newest", 1), ("Middle", 9)]:
        StoryPageFactory(title=title, published_at=ago(days))
    response = client.get("/stories/")
    assert response.context_data["list"].lead.title == "Newest"
    assert titles(client, "/stories/") == ["Newest", "Middle", "Old"]
    assert '<h2 class="feature__title card__title"><a href="/stories/newest/">Newest</a></h2>' in seen(
        client, "/stories/"
    )


def test_an_executive_may_make_another_one_large(client, index):
    old = StoryPageFactory(title="Old", published_at=ago(30))
    StoryPageFactory(title="Newest", published_at=ago(1))
    index.lead_story = old
    index.save()
    assert titles(client, "/stories/") == ["Old", "Newest"]
    old.unpublish()
    assert titles(client, "/stories/") == ["Newest"]
    old.delete()
    assert titles(client, "/stories/") == ["Newest"]


def test_each_kind_has_an_address_of_its_own(client, index):
    StoryPageFactory(title="Told here")
    StoryPageFactory(title="Told aloud", podcast=True)
    StoryPageFactory(title="Told there", elsewhere=True)
    assert titles(client, "/stories/article/") == ["Told here"]
    assert titles(client, "/stories/podcast/") == ["Told aloud"]
    assert titles(client, "/stories/elsewhere/") == ["Told there"]
    html = seen(client, "/stories/podcast/")
    assert escape(index.podcast_lede) in html
    assert 'rel="canonical" href="http://testserver/stories/podcast/"' in html
    links = Markup(html).links()
    assert (links["All 3"], links["Articles 1"], links["Elsewhere 1"]) == (
        "/stories/",
        "/stories/article/",
        "/stories/elsewhere/",
    )
    current = [link["href"] for link in Markup(html).all("a") if link.get("aria-current")]
    assert "/stories/podcast/" in current
    assert "/stories/" not in current


def test_a_kind_without_stories_says_so_and_is_not_offered(client, index):
    index.when_none = "No <episode> yet."
    index.save()
    StoryPageFactory(title="Told here")
    assert "/stories/podcast/" not in seen(client, "/stories/")
    assert "No &lt;episode&gt; yet." in seen(client, "/stories/podcast/")


def test_without_a_story_the_page_says_what_executives_wrote(client, index):
    index.when_empty = "Tell us yours."
    index.save()
    html = seen(client, "/stories/")
    assert "Tell us yours." in html
    assert 'id="h-tags"' not in html
    assert 'aria-label="Kinds of stories"' not in html


def test_a_tag_lists_its_stories_and_nothing_else(client, index):
    StoryPageFactory(title="One", tags=["First job", "Asking"])
    StoryPageFactory(title="Two", tags=["first JOB"], published_at=ago(5))
    StoryPageFactory(title="Three", tags=["Asking"])
    assert titles(client, "/stories/tag/first-job/") == ["One", "Two"]
    html = seen(client, "/stories/tag/first-job/")
    assert Markup(html).words["h1"] == ["First job"]
    assert Markup(seen(client, "/stories/")).links()["Asking"] == "/stories/tag/asking/"
    assert StoryTag.objects.count() == 2, "a word is one tag, however it is written"


@pytest.mark.parametrize("name", ["日本語", "🎉", "C++ & <b>C#</b>", "Éclair"])
def test_every_word_can_be_a_tag(client, index, name):
    StoryPageFactory(title="One", tags=[name])
    tag = StoryTag.objects.get()
    found = client.get("/stories/").context_data["all_tags"][0][1]
    assert titles(client, found) == ["One"]
    assert f">{escape(tag.name)}</h1>" in seen(client, found)


def test_a_tag_of_hidden_stories_only_is_not_there(client, index):
    StoryPageFactory(tags=["Secret plan"], live=False)
    private(StoryPageFactory(tags=["For members"]))
    StoryPageFactory(tags=["Open"])
    html = seen(client, "/stories/")
    assert "Secret plan" not in html
    assert "For members" not in html
    for address in ("secret-plan", "for-members", "nonsense"):
        assert client.get(f"/stories/tag/{address}/").status_code == 404
    assert client.get("/stories/tag/open/").status_code == 200


def test_what_may_not_be_seen_is_in_no_list_and_no_count(client, index):
    StoryPageFactory(title="Draft", live=False, podcast=True)
    private(StoryPageFactory(title="Private", podcast=True, tags=["Open"]))
    StoryPageFactory(title="Public", tags=["Open"])
    for url in ("/stories/", "/stories/tag/open/", "/stories/article/"):
        assert titles(client, url) == ["Public"]
    assert titles(client, "/stories/podcast/") == []
    page = client.get("/stories/").context_data
    assert [link.count for link in page["filters"]] == [1, 1]
    assert [tag.count for tag, _ in page["all_tags"]] == [1]


def test_a_private_page_of_stories_keeps_all_of_it(client, index):
    StoryPageFactory(title="Hidden", tags=["Open"])
    private(index)
    for rest in ("", "article/", "tag/open/", "feed/", "hidden/"):
        response = client.get(f"/stories/{rest}")
        assert response.status_code == 302, rest


def test_long_lists_are_turned_by_plain_links(client, index):
    for number in range(2 * ON_A_PAGE + 2):
        StoryPageFactory(title=f"Story {number:02}", published_at=ago(number), podcast=number % 2 == 0)
    assert len(titles(client, "/stories/")) == 1 + ON_A_PAGE
    assert titles(client, "/stories/page/2/") == [f"Story {n:02}" for n in range(10, 19)]
    assert titles(client, "/stories/page/3/") == ["Story 19"]
    middle = Markup(seen(client, "/stories/page/2/"))
    assert (middle.links()["Newer"], middle.links()["Older"]) == ("/stories/", "/stories/page/3/")
    assert "Page 2 of 3" in middle.words["title"][0]
    assert 'rel="canonical" href="http://testserver/stories/page/2/"' in seen(client, "/stories/page/2/")
    assert titles(client, "/stories/podcast/") == [f"Story {n:02}" for n in range(0, 20, 2)]
    assert client.get("/stories/podcast/page/2/").status_code == 404


@pytest.mark.parametrize(
    "rest", ["page/0/", "page/4/", "page/99999/", "page/x/", "page/", "page/-1/", "tag/", "cake/"]
)
def test_what_is_no_page_of_the_list_is_404(client, index, rest):
    StoryPageFactory()
    assert client.get(f"/stories/{rest}").status_code == 404


def test_the_first_page_has_one_address(client, index):
    StoryPageFactory(tags=["Open"])
    for base in ("/stories/", "/stories/article/", "/stories/tag/open/"):
        response = client.get(f"{base}page/1/")
        assert (response.status_code, response["Location"]) == (301, base)


@pytest.mark.parametrize("count", [0, 1, 2, ON_A_PAGE + 1, ON_A_PAGE + 2, 2 * ON_A_PAGE + 1])
def test_no_story_is_left_out_and_none_is_shown_twice(client, index, count):
    for number in range(count):
        StoryPageFactory(title=f"Story {number}", published_at=ago(3))
    found, address = [], "/stories/"
    while address:
        found += titles(client, address)
        address = client.get(address).context_data["list"].older
    assert sorted(found) == sorted(f"Story {n}" for n in range(count))


def test_stories_of_one_day_keep_their_order(client, index):
    day = ago(2)
    for title in ("first", "second", "third"):
        StoryPageFactory(title=title, published_at=day)
    assert titles(client, "/stories/") == ["third", "second", "first"]


def test_neighbours_lie_on_different_paper(client, index):
    for number in range(8):
        StoryPageFactory(published_at=ago(number))
    shown = client.get("/stories/").context_data["list"]
    papers = [story.poster.paper for story in [shown.lead, *shown.cards]]
    assert all(one != other for one, other in zip(papers, papers[1:], strict=False))
    assert not {"cream", "blush"} & set(papers), "these are the bands on which cards lie"


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 7, 23, 59, tzinfo=TORONTO), "7 March 2026"),
        (datetime(2026, 3, 8, 3, 0, tzinfo=TORONTO), "8 March 2026"),  # clocks went forward at 2
        (datetime(2026, 10, 31, 23, 30, tzinfo=TORONTO), "31 October 2026"),
        (datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=TORONTO), "1 November 2026"),  # the second half past one
        (datetime(2027, 1, 1, 0, 0, tzinfo=TORONTO), "1 January 2027"),
        (datetime(2026, 12, 31, 23, 59, tzinfo=TORONTO), "31 December 2026"),
    ],
)
def test_a_day_is_torontos_through_every_change_of_the_clocks(client, index, moment, day, time_machine):
    time_machine.move_to("2027-02-01T12:00-05:00")
    StoryPageFactory(title="Told", published_at=moment.astimezone(ZoneInfo("UTC")))
    for url in ("/stories/", "/stories/told/"):
        assert f'<time datetime="{moment:%Y-%m-%d}">{day}</time>' in seen(client, url)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["Ada"], "Ada"),
        (["Ada", "Grace"], "Ada and Grace"),
        (["Ada", "Grace", "Joan"], "Ada, Grace and Joan"),
    ],
)
def test_names_are_listed_as_people_say_them(names, said):
    assert words.listed(names) == said


HOSTILE = [
    "🎉🍪👩🏽‍💻 für جميع 皆さん",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2,
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)> & 'quotes'",
    "x" * 255,
    "{{ 7|add:7 }} {% now %}",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_every_title_is_shown_as_it_was_written(client, index, title):
    story = StoryPageFactory(title=title, slug="told", lede=title[:255], authors=[title[:120]], tags=[title[:30]])
    StoryPageFactory(title="Another")
    for url in ("/stories/", "/stories/told/", "/stories/another/"):
        html = seen(client, url)
        assert escape(title) in html
        assert "<script>alert" not in html
    assert story.poster == StoryPage.objects.get(pk=story.pk).poster


def test_the_demonstration_tells_twelve_stories_and_a_second_time_none(client, home):
    made = demo.make_demo(home)
    demo.make_demo(home)
    stories = StoryPage.objects.child_of(made)
    assert stories.count() == 12
    assert stories.by_kind() == {"article": 7, "podcast": 3, "elsewhere": 2}
    for story in stories:
        story.full_clean()
        assert client.get(story.url).status_code == 200
        assert breaches(client.get(story.url).content.decode()) == []
    assert len(titles(client, "/stories/")) == 10
    assert len(titles(client, "/stories/page/2/")) == 2
    assert {story.address for story in stories} == {"", "https://open.spotify.com/", "https://medium.com/"}


def test_there_is_one_page_of_stories_and_it_holds_stories_only(home, index):
    assert not StoriesIndexPage.can_create_at(home)
    assert StoryPage.can_create_at(index)
    assert not StoryPage.can_create_at(home)
    assert not Page.can_create_at(index)
