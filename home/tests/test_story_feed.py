"""The feed: valid Atom, whole addresses, ids that stay, times in UTC, and only what anybody may see."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from home.feeds import readable
from home.models import StoryPage
from home.stories.feed import STORIES_IN_THE_FEED
from home.tests.factories import PersonFactory, StoryPageFactory, the_stories_page
from home.tests.markup import Markup

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def index(home, settings):
    settings.SITE_URL = "https://wits.example"
    return the_stories_page()


def read(client, url="/stories/feed/"):
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def entries(feed):
    return feed.findall(f"{ATOM}entry")


def words(element, name):
    found = element.findall(f"{ATOM}{name}")
    assert len(found) == 1, f"{name}: {len(found)}"
    return found[0].text


def link(element, rel):
    return next((one.get("href") for one in element.findall(f"{ATOM}link") if one.get("rel") == rel), None)


def moment(text):
    found = datetime.fromisoformat(text)
    assert found.utcoffset() == timedelta(0), text
    return found


def valid(feed):
    """What RFC 4287 asks of a feed and each of its entries."""
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *entries(feed)):
        assert words(element, "title")
        assert urlsplit(words(element, "id")).scheme
        moment(words(element, "updated"))
        alternates = [one for one in element.findall(f"{ATOM}link") if one.get("rel") == "alternate"]
        assert len(alternates) == 1
        for one in element.findall(f"{ATOM}link"):
            assert urlsplit(one.get("href")).scheme == "https"
    assert feed.findall(f"{ATOM}author") or all(entry.findall(f"{ATOM}author") for entry in entries(feed))
    assert all(one.find(f"{ATOM}name").text for one in feed.iter(f"{ATOM}author"))
    ids = [words(element, "id") for element in (feed, *entries(feed))]
    assert len(set(ids)) == len(ids)
    return feed


def test_a_feed_is_valid_with_every_kind_of_story(client, index):
    ada = PersonFactory(name="Ada Ray")
    StoryPageFactory(title="Here", authors=[ada, "Grace"], tags=["First job", "Asking"])
    StoryPageFactory(title="Aloud", podcast=True)
    StoryPageFactory(title="There", elsewhere=True, authors=["Joan"])
    feed = valid(read(client))
    assert link(feed, "self") == "https://wits.example/stories/feed/"
    assert link(feed, "alternate") == "https://wits.example/stories/"
    here = next(entry for entry in entries(feed) if words(entry, "title") == "Here")
    assert [one.find(f"{ATOM}name").text for one in here.findall(f"{ATOM}author")] == ["Ada Ray", "Grace"]
    assert [one.get("term") for one in here.findall(f"{ATOM}category")] == ["First job", "Asking"]
    assert link(here, "alternate") == "https://wits.example/stories/here/"
    assert link(here, "related") is None
    aloud = next(entry for entry in entries(feed) if words(entry, "title") == "Aloud")
    assert link(aloud, "alternate") == "https://wits.example/stories/aloud/"
    assert link(aloud, "related") == "https://open.spotify.com/episode/x"


def test_an_empty_feed_is_valid_too(client, index):
    assert entries(valid(read(client))) == []


def test_an_id_stays_when_a_story_is_renamed_moved_or_the_site_gets_another_name(client, index, settings):
    story = StoryPageFactory(title="First title", slug="first")
    before = [words(element, "id") for element in (read(client), *entries(read(client)))]
    story = StoryPage.objects.get()
    story.title, story.slug = "Second title", "second"
    story.save_revision().publish()
    settings.SITE_URL = "https://other.example"
    after = read(client)
    assert [words(element, "id") for element in (after, *entries(after))] == before
    assert link(entries(after)[0], "alternate") == "https://other.example/stories/second/"


def test_times_are_utc_through_a_change_of_the_clocks(client, index, time_machine):
    time_machine.move_to("2026-10-31T23:30-04:00", tick=False)
    story = StoryPageFactory(title="Told", live=False)
    story.save_revision().publish()
    time_machine.move_to("2026-11-01T12:00-05:00", tick=False)
    StoryPage.objects.get().save_revision().publish()
    feed = read(client)
    (entry,) = entries(feed)
    assert moment(words(entry, "published")) == datetime(2026, 11, 1, 3, 30, tzinfo=UTC)
    assert moment(words(entry, "updated")) == datetime(2026, 11, 1, 17, 0, tzinfo=UTC)
    assert moment(words(feed, "updated")) == datetime(2026, 11, 1, 17, 0, tzinfo=UTC)


def test_the_newest_come_first_and_there_is_an_end(client, index):
    now = timezone.now()
    for number in range(STORIES_IN_THE_FEED + 3):
        StoryPageFactory(title=f"Story {number}", published_at=now - timedelta(days=number))
    found = [words(entry, "title") for entry in entries(valid(read(client)))]
    assert found == [f"Story {n}" for n in range(STORIES_IN_THE_FEED)]


def test_what_may_not_be_seen_is_not_in_it(client, index):
    StoryPageFactory(title="Draft", live=False)
    private = StoryPageFactory(title="Private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.PASSWORD, password="x")
    gone = StoryPageFactory(title="Gone")
    StoryPageFactory(title="Public")
    gone.unpublish()
    assert [words(entry, "title") for entry in entries(read(client))] == ["Public"]


NASTY = [
    "Tom & Jerry <b>bold</b> ]]> <!-- x",
    "pasted\x0bfrom\x0cWord\x1f",
    "🎉 👩🏽‍💻 \ufffe\uffff",
    "&amp; &lt;script&gt;",
]


@pytest.mark.parametrize("text", NASTY)
def test_no_words_break_it_and_markup_stays_words(client, index, text):
    StoryPageFactory(title=text, slug="told", lede=text, authors=[text], tags=[text[:30]])
    (entry,) = entries(valid(read(client)))
    assert words(entry, "title") == readable(text)
    summary = entry.find(f"{ATOM}summary")
    assert summary.get("type") == "html"
    assert "<" not in summary.text, "a reader would take it for markup"


@hypothesis(deadline=None)
@given(st.text())
def test_whatever_is_readable_can_be_parsed(text):
    from xml.sax.saxutils import escape

    parsed = ElementTree.fromstring(f"<t>{escape(readable(text))}</t>".encode())
    assert (parsed.text or "").replace("\r", "\n") == readable(text).replace("\r\n", "\n").replace("\r", "\n")


def test_pages_say_where_it_is(client, index):
    StoryPageFactory(title="Told", tags=["Asking"])
    for url in ("/stories/", "/stories/told/", "/stories/tag/asking/", "/stories/article/"):
        found = [one for one in Markup(client.get(url).content.decode()).all("link") if one.get("rel") == "alternate"]
        assert [(one["type"], one["href"]) for one in found] == [
            ("application/atom+xml", "https://wits.example/stories/feed/")
        ]
    assert "application/atom+xml" not in client.get("/").content.decode()


def test_a_reader_that_has_it_is_told_so_until_it_changes(client, index):
    story = StoryPageFactory(title="Told")
    tag = client.get("/stories/feed/")["ETag"]
    assert client.get("/stories/feed/", HTTP_IF_NONE_MATCH=tag).status_code == 304
    story.unpublish()
    assert client.get("/stories/feed/", HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_the_feed_follows_the_page_when_it_is_renamed(client, index):
    index.slug = "blog"
    index.save()
    assert link(valid(read(client, "/blog/feed/")), "self") == "https://wits.example/blog/feed/"
