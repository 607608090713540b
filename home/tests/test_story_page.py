"""One story: told here with its people and its minutes, or a short page that leads to where it is told."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.html import escape
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction, Revision

from home.models import Person, StoryAuthor, StoryPage, StoryTag
from home.stories import words
from home.stories.page import TAKEN
from home.tests.factories import PersonFactory, PictureFactory, StoryPageFactory, the_stories_page
from home.tests.markup import Markup, breaches

pytestmark = pytest.mark.any_database

WORD_BODY = [("rich_text", "<p>" + "word " * 660 + "</p>")]


@pytest.fixture
def index(home):
    return the_stories_page()


def seen(client, url):
    response = client.get(url)
    assert response.status_code == 200
    html = response.content.decode()
    assert breaches(html) == []
    assert len(Markup(html).all("h1")) == 1
    return html


def test_an_article_names_who_tells_it_in_order_with_what_they_are(client, index):
    ada = PersonFactory(
        name="Ada Ray", studies="Third year, Physics", words="Ask me why.", link="https://ada.example"
    )
    StoryPageFactory(title="Told", authors=[ada, "Grace the Guest"], body=[("rich_text", "<p>It rained.</p>")])
    html = seen(client, "/stories/told/")
    assert html.index("Ada Ray") < html.index("Grace the Guest") < html.index("It rained.")
    assert "Third year, Physics" in html
    assert "Ask me why." in html
    assert Markup(html).links()["Ada Ray"] == "https://ada.example"
    assert Markup(html).links()["Stories"] == "/stories/"


def test_a_person_who_is_deleted_leaves_the_story_without_them(client, index):
    ada = PersonFactory(name="Ada Ray")
    story = StoryPageFactory(title="Told", authors=[ada, "Grace"], body=WORD_BODY)
    story.save_revision()
    Person.objects.get().delete()
    assert "Ada Ray" not in seen(client, "/stories/told/")
    assert StoryPage.objects.get().names == "Grace"
    story.refresh_from_db()
    story.get_latest_revision_as_object().save_revision().publish()
    assert StoryPage.objects.get().names == "Grace"


def test_a_story_without_anybody_or_anything_is_whole(client, index):
    StoryPageFactory(title="Bare")
    html = seen(client, "/stories/bare/")
    assert escape(index.authors_heading) not in html
    assert 'aria-label="Tags"' not in html
    assert 'id="h-more"' not in html


def test_minutes_are_counted_from_every_word(index):
    story = StoryPageFactory(lede="Two words", body=WORD_BODY)
    assert story.minutes == 3
    story.body = [*WORD_BODY, ("section", {"heading": "More", "text": "<p>" + "word " * 440 + "</p>"})]
    story.save()
    assert StoryPage.objects.get().minutes == 5
    assert StoryPageFactory(lede="A word").minutes == 1
    assert StoryPageFactory(lede="漢" * 250, body=[("rich_text", f"<p>{'漢字' * 400}</p>")]).minutes == 2


def test_minutes_of_what_is_told_elsewhere_are_the_executives_to_say(client, index):
    StoryPageFactory(title="Told", podcast=True, minutes=None)
    assert "minute" not in seen(client, "/stories/told/")
    assert StoryPageFactory(podcast=True).minutes == 34


@pytest.mark.parametrize(
    ("kind", "minutes", "said"),
    [
        ("article", 1, "1 minute to read"),
        ("elsewhere", 8, "8 minutes to read"),
        ("podcast", 1, "1 minute"),
        ("podcast", 34, "34 minutes"),
        ("podcast", None, ""),
    ],
)
def test_minutes_are_said_as_people_say_them(kind, minutes, said):
    assert words.length(kind, minutes) == said


def test_a_podcast_leads_to_where_it_is_heard_and_loads_nothing_of_it(client, index):
    StoryPageFactory(title="Told", podcast=True, authors=["Grace"])
    html = seen(client, "/stories/told/")
    assert Markup(html).links()["Listen on Spotify"] == "https://open.spotify.com/episode/x"
    assert escape(index.leave_words) in html
    assert "Podcast, 34 minutes" in html
    for tag, attributes in Markup(html).elements:
        assert tag not in {"iframe", "embed", "audio"}
        if tag != "a":
            assert "spotify" not in str(attributes.values())


def test_an_article_elsewhere_leads_there(client, index):
    StoryPageFactory(title="Told", elsewhere=True)
    assert Markup(seen(client, "/stories/told/")).links()["Read it on Medium"] == "https://medium.com/@wits/x"
    StoryPageFactory(title="Named", elsewhere=True, address="https://paper.example/a", place="the Gazette")
    assert "Read it on the Gazette" in seen(client, "/stories/named/")


def test_what_is_said_in_an_episode_may_stand_on_its_page(client, index):
    StoryPageFactory(title="Told", podcast=True, authors=["Grace"], body=[("rich_text", "<p>Grace: hello.</p>")])
    html = seen(client, "/stories/told/")
    assert "Grace: hello." in html
    assert "Listen on Spotify" in html


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://open.spotify.com/episode/1", "Spotify"),
        ("https://wits.medium.com/a", "Medium"),
        ("https://youtu.be/aaaaaaaaaaa", "YouTube"),
        ("https://www.gazette.example/x", "gazette.example"),
        ("https://notspotify.com/", "notspotify.com"),
        ("https://spotify.com.evil.example/", "spotify.com.evil.example"),
        ("", ""),
    ],
)
def test_a_place_is_named_by_its_own_host(address, place):
    assert words.place_of(address) == place


@pytest.mark.parametrize("kind", ["podcast", "elsewhere"])
def test_what_is_told_elsewhere_needs_an_address(index, kind):
    with pytest.raises(ValidationError) as refused:
        StoryPageFactory(kind=kind)
    assert set(refused.value.message_dict) == {"address"}


def test_what_is_told_here_has_none(index):
    with pytest.raises(ValidationError) as refused:
        StoryPageFactory(address="https://medium.com/x")
    assert set(refused.value.message_dict) == {"address"}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "medium.com/x", "https://"])
def test_an_address_that_is_none_is_refused(index, address):
    with pytest.raises(ValidationError):
        StoryPageFactory(kind="elsewhere", address=address)


@pytest.mark.parametrize("slug", sorted(TAKEN))
def test_no_story_takes_an_address_of_the_list(index, slug):
    with pytest.raises(ValidationError) as refused:
        StoryPageFactory(slug=slug)
    assert set(refused.value.message_dict) == {"slug"}


def test_every_address_of_the_list_is_taken(index):
    routes = {str(route.pattern) for route in type(index).get_subpage_urls()} - {""}
    assert all(any(name in route for route in routes) for name in TAKEN)
    assert len(routes) == 4, "what a new one begins with belongs into TAKEN"


def test_an_author_is_a_person_or_a_guest():
    with pytest.raises(ValidationError):
        StoryAuthor().clean()
    with pytest.raises(ValidationError):
        StoryAuthor(name="  ").clean()
    with pytest.raises(ValidationError):
        StoryAuthor(person=Person(name="Ada"), name="Ada").clean()
    StoryAuthor(name="Ada").clean()
    StoryAuthor(person=Person(name="Ada")).clean()


def test_the_day_is_the_first_time_it_is_live_and_stays(index, time_machine):
    time_machine.move_to("2027-03-01T12:00-05:00")
    story = StoryPageFactory(live=False)
    story.save_revision()
    assert story.published_at is None
    time_machine.move_to("2027-03-09T12:00-04:00")
    story.get_latest_revision_as_object().save_revision().publish()
    assert StoryPage.objects.get().day == "9 March 2027"
    time_machine.move_to("2027-04-01T12:00-04:00")
    again = StoryPage.objects.get()
    again.title = "Better"
    again.save_revision().publish()
    Revision.objects.order_by("created_at").first().publish()  # the draft, which knew of no day yet
    assert StoryPage.objects.get().day == "9 March 2027"


def test_other_stories_share_its_tags_first_and_may_all_be_seen(client, index):
    StoryPageFactory(title="Told", tags=["Asking", "First job"])
    StoryPageFactory(title="Both", tags=["Asking", "First job"], published_at="2020-01-01T12:00Z")
    StoryPageFactory(title="One", tags=["Asking", "Else"], published_at="2021-01-01T12:00Z")
    StoryPageFactory(title="Old stranger", published_at="2019-01-01T12:00Z")
    StoryPageFactory(title="New stranger", published_at="2022-01-01T12:00Z")
    StoryPageFactory(title="Draft", tags=["Asking", "First job"], live=False)
    private = StoryPageFactory(title="Private", tags=["Asking", "First job"])
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    more = client.get("/stories/told/").context_data["more"]
    assert [story.title for story in more] == ["Both", "One", "New stranger"]


def test_its_tags_lead_to_their_lists(client, index):
    StoryPageFactory(title="Told", tags=["First job", "C++ & co"])
    links = Markup(seen(client, "/stories/told/")).links()
    for name in ("First job", "C++ & co"):
        assert client.get(links[name]).status_code == 200


def test_a_picture_takes_the_place_of_drawing_and_poster(client, index, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    StoryPageFactory(title="Told", picture=PictureFactory(), drawing="podcast")
    StoryPageFactory(title="Drawn", drawing="podcast")
    StoryPageFactory(title="Made")
    pictures = {
        url: [str(image["src"]) for image in Markup(seen(client, f"/stories/{url}/")).all("img")][0]
        for url in ("told", "drawn", "made")
    }
    assert "/media/" in pictures["told"]
    assert "drawings/podcast" in pictures["drawn"]
    assert "/posters/" in pictures["made"]


def test_two_waves_in_a_row_are_never_the_same(client, index):
    StoryPageFactory(title="Another")
    for bands in range(4):
        body = [("rich_text", "<p>Words.</p>"), *[("wave", {"tone": "mint"}), ("rich_text", "<p>More.</p>")] * bands]
        StoryPageFactory(title=f"Told {bands}", body=body)
        context = client.get(f"/stories/told-{bands}/").context_data
        edges = [band["wave"] for band in context["bands"]] + [context["more_wave"], context["footer_wave"]]
        assert all(one != other for one, other in zip(edges, edges[1:], strict=False)), edges


def test_a_search_finds_a_story_by_its_words_its_people_and_its_tags(client, index):
    ada = PersonFactory(name="Ada Lovegood")
    story = StoryPageFactory(
        title="Told", lede="Cinnamon.", authors=[ada], tags=["Failing"], body=[("rich_text", "<p>Umbrella.</p>")]
    )
    StoryPageFactory(title="Another", authors=["Grace Guest"])
    for word in ("Told", "Cinnamon", "Lovegood", "Failing", "Umbrella"):
        html = seen(client, f"/search/?q={word}")
        assert Markup(html).links().get("Told") == story.url, word
        assert "/stories/another/" not in html
    assert "/stories/another/" in seen(client, "/search/?q=Guest")


def test_a_search_that_finds_stories_asks_no_more_for_many(client, index, django_assert_max_num_queries):
    for number in range(12):
        StoryPageFactory(title=f"Cinnamon {number}", authors=[PersonFactory(), "A guest"], tags=["One", "Two"])
    client.get("/search/?q=Cinnamon")
    with django_assert_max_num_queries(15):
        html = seen(client, "/search/?q=Cinnamon")
    assert html.count("/stories/cinnamon-") >= 10


@settings(deadline=None)
@given(name=st.text(min_size=1, max_size=30))
def test_every_tag_gets_an_address(name):
    assert StoryTag().slugify(name)
    assert "/" not in StoryTag().slugify(name)
    assert StoryTag().slugify(name, 2) != StoryTag().slugify(name)
