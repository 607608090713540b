"""Pages with nothing on them, with equal headings, with what is gone, on days when the clocks change."""

from datetime import datetime
from pathlib import Path

import pytest

from events.tests.factories import EventPageFactory
from home.tests.factories import PictureFactory, StandardPageFactory
from wits_site.tests.filling import Filling
from wits_site.tests.plenty import Plenty
from wits_site.tests.reading import naming
from wits_site.tests.reading.opening import complaints
from wits_site.tests.reading.visits import visit

pytestmark = pytest.mark.django_db


def test_a_site_with_nothing_in_it_says_so_in_words(client, db):
    plenty = Plenty()
    Filling("", "", many=0).everywhere()
    urls = [plenty.events.url, plenty.stories.url, plenty.programs.url, plenty.team.url, plenty.partners.url]
    wrong = complaints(client, ["/", *urls, plenty.parent.url, plenty.join.url, "/search/?q=x", "/stories/feed/"])
    assert not wrong, wrong


def test_pages_stand_pictures_whose_files_are_gone(client, db):
    picture = PictureFactory()
    Path(picture.file.path).unlink()
    page = StandardPageFactory(picture=picture, body=[("picture", {"picture": picture, "caption": ""})])
    page.save_revision().publish()
    html = client.get(page.url).content.decode()
    assert html.count(picture.file.url) == 2, "its address stands; the browser shows its description"


EQUAL = [
    "Dates",
    "dates!",
    "🎉",
    "🎉🎉",
    "Main",
    "Menu",
    "Contents",
    "Past",
    "H more",
    "Speakers 2026",
    "Dates 2",
    "Section",
]


def test_every_heading_has_an_anchor_of_its_own(client, db):
    headings = [("heading", {"heading": words, "text": ""}) for words in EQUAL]
    for page in (StandardPageFactory(body=headings), EventPageFactory(body=headings)):
        document = visit(client, page.url).document
        assert list(naming.complaints(document)) == []
        anchors = [one.get("id") for one in document.all("h2") if one.text in EQUAL]
        assert len(set(anchors)) == len(EQUAL)
    assert anchors[:4] == ["dates", "dates-2", "section", "section-2"]


def test_headings_inside_blocks_without_one_follow_the_title(client, db):
    cards = ("cards", {"heading": "", "look": "words", "cards": [{"title": "A card"}]})
    page = StandardPageFactory(body=[cards, ("heading", {"heading": "A heading", "text": ""}), cards])
    levels = [(one.name, one.text) for one in visit(client, page.url).document.all("h2", "h3")]
    assert levels == [("h2", "A card"), ("h2", "A heading"), ("h3", "A card")]


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        # The hour that is not there on the second Sunday of March, and the one that is there twice in November.
        ("2026-03-08T06:30Z", "2026-03-08T08:30Z", "Sunday 8 March, 1:30 to 4:30 am"),
        ("2026-11-01T05:30Z", "2026-11-01T06:30Z", "Sunday 1 November, 1:30 to 1:30 am"),
        ("2026-10-31T22:00Z", "2026-11-02T04:30Z", "Saturday 31 October, 6:00 pm, to Sunday 1 November, 11:30 pm"),
    ],
)
def test_hours_across_a_change_of_clocks_are_those_on_the_wall(client, db, time_machine, starts, ends, said):
    time_machine.move_to("2026-02-01T12:00Z")
    event = EventPageFactory(starts_at=datetime.fromisoformat(starts), ends_at=datetime.fromisoformat(ends))
    assert said in visit(client, event.url).document.root.text


def test_two_blocks_that_show_the_same_ask_for_it_once(client, db):
    EventPageFactory()
    logos = ("logos", {"heading": "", "text": "", "whose": "partners", "logos": []})
    events = [("event_list", {"heading": "Next", "count": count, "when_empty": "None"}) for count in (1, 3, 3)]
    perks = ("perks", {"heading": "What you get", "text": ""})
    page = StandardPageFactory(body=[logos, logos, *events, perks, perks])
    client.get(page.url)
    assert visit(client, page.url).asked_twice == []
