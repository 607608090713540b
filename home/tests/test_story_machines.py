"""What search engines and networks are told of stories and of the lists of them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from home.tests.factories import StoryPageFactory
from home.tests.markup import facts, head

pytestmark = pytest.mark.any_database

SITE = "https://wits.example"
STORY_TYPES = {"Article", "PodcastEpisode"}


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = SITE


def told(client, story):
    html = client.get(story.url).content.decode()
    return [thing for thing in facts(html) if thing["@type"] in STORY_TYPES], head(html)


def test_an_article_tells_who_wrote_it_and_when(client, home):
    day = datetime(2026, 3, 1, 12, tzinfo=ZoneInfo("America/Toronto"))
    story = StoryPageFactory(title="The failed midterm", authors=["Temi", "Noor"], published_at=day)
    (thing,), said = told(client, story)
    assert thing["@type"] == "Article"
    assert thing["headline"] == "The failed midterm"
    assert thing["datePublished"] == "2026-03-01T12:00:00-05:00"
    assert thing["author"] == [{"@type": "Person", "name": "Temi"}, {"@type": "Person", "name": "Noor"}]
    assert thing["publisher"]["@id"] == f"{SITE}/#club"
    assert thing["image"] == said["og:image"]
    assert said["og:type"] == "article"


def test_a_story_nobody_tells_is_the_clubs(client, home):
    (thing,), _ = told(client, StoryPageFactory(authors=[]))
    assert thing["author"]["name"] == "Women in Technology Society"


def test_an_episode_is_an_episode_and_what_stands_elsewhere_is_told_there(client, home):
    (thing,), _ = told(client, StoryPageFactory(title="On air", podcast=True))
    assert (thing["@type"], thing["name"]) == ("PodcastEpisode", "On air")
    assert thing["associatedMedia"] == "https://open.spotify.com/episode/x"
    things, _ = told(client, StoryPageFactory(elsewhere=True))
    assert things == []


def test_each_list_of_stories_is_a_page_of_its_own(client, home):
    for number in range(12):
        StoryPageFactory(title=f"Story {number}", tags=["first job"], podcast=number % 2 == 0)
    said = {
        path: head(client.get(path).content.decode())
        for path in ("/stories/", "/stories/page/2/", "/stories/podcast/", "/stories/tag/first-job/")
    }
    for path, one in said.items():
        assert one["canonical"] == one["og:url"] == f"{SITE}{path}"
        assert one["title"] == f"{one['og:title']} | WITS"
    assert len({one["og:title"] for one in said.values()}) == 4


def test_the_map_names_each_kind_and_tag_that_has_stories(client, home):
    story = StoryPageFactory(title="Told", tags=["first job"])
    listed = client.get("/sitemap.xml").content.decode()
    for path in (story.url, "/stories/", "/stories/article/", "/stories/tag/first-job/"):
        assert f"<loc>{SITE}{path}</loc>" in listed
    assert "/stories/podcast/" not in listed
