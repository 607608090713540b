"""Twelve stories: told here, on Spotify and on Medium. Everybody in them is invented."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from home.home_page import HomePage
from home.people.records import Person
from home.stories import demo_campus, demo_work
from home.stories.index_page import StoriesIndexPage
from home.stories.making import make_story
from home.stories.page import StoryPage

PODCAST, ELSEWHERE = StoryPage.Kind.PODCAST, StoryPage.Kind.ELSEWHERE
SPOTIFY, MEDIUM = "https://open.spotify.com/", "https://medium.com/"

# The newest first; `days` ago.
STORIES: list[dict[str, Any]] = [
    {
        "days": 4,
        "slug": "the-worst-mark-of-my-life",
        "title": "The worst mark of my life",
        "lede": "Thirty-four, out of a hundred. I folded the paper twice before I looked. Then I said the number out "
        "loud, at a table full of cookies.",
        "authors": ["Jasleen Sandhu"],
        "tags": ["Failing", "Studying"],
        "body": demo_campus.WORST_MARK,
    },
    {
        "days": 13,
        "slug": "camille-saves-you-a-seat",
        "title": "Camille saves you a seat",
        "kind": PODCAST,
        "address": SPOTIFY,
        "minutes": 34,
        "lede": "She was the only one in the room until somebody waved. Four years later Camille builds the servers "
        "you bank on, and still looks for who is standing at the door.",
        "authors": ["Xiaohan Liu", "Camille Okonjo-Reyes"],
        "tags": ["First job", "Belonging"],
    },
    {
        "days": 22,
        "slug": "the-cold-email-that-worked",
        "title": "The cold email that worked",
        "poster_seed": 4,
        "lede": "And the eleven before it that didn’t. Graded, with the one you may copy.",
        "authors": ["Gwendolyn Ashworth-Mbeki"],
        "tags": ["First job", "Asking"],
        "body": demo_work.COLD_EMAIL,
    },
    {
        "days": 31,
        "slug": "the-schedule-that-lived-on-a-wall",
        "title": "The schedule that lived on a wall",
        "kind": ELSEWHERE,
        "address": MEDIUM,
        "minutes": 8,
        "lede": "A food bank planned its volunteers with string and pins. We came to replace it, and learned why the "
        "string was better. Then we wrote the software the string deserved.",
        "authors": ["Noor Al-Sabah", "Zofia Mazur"],
        "tags": ["Hack with Heart", "Building"],
    },
    {
        "days": 45,
        "slug": "i-switched-majors-twice",
        "title": "I switched majors twice, and here is the paperwork",
        "lede": "Medicine, philosophy, software. Which forms, which offices, and what to say to your grandmother.",
        "authors": ["Amara Nwosu-Leclair"],
        "tags": ["Studying", "Belonging"],
        "body": demo_campus.TWO_MAJORS,
    },
    {
        "days": 58,
        "slug": "my-name-breaks-forms",
        "title": "My name breaks forms",
        "poster_seed": 2,
        "kind": PODCAST,
        "address": SPOTIFY,
        "minutes": 27,
        "lede": "Alexandrina Wolfeschlegelsteinhausen has been cut off at twenty letters by two banks, an airline "
        "and a library. Now she teaches children to write software that lets people be called what they’re called.",
        "authors": ["Xiaohan Liu", "Alexandrina Wolfeschlegelsteinhausen"],
        "tags": ["Building", "Belonging"],
    },
    {
        "days": 74,
        "slug": "how-to-ask-a-question",
        "title": "How to ask a question in a room of three hundred",
        "lede": "You’ve had it for eleven minutes. By now it has a preface. Four ways to get it out, from least to "
        "most brave.",
        "authors": ["Kateri Whitebear-Simons"],
        "tags": ["Asking", "Studying"],
        "drawing": "workshop",
        "body": demo_campus.ASKING,
    },
    {
        "days": 96,
        "slug": "four-in-the-morning",
        "title": "What four in the morning sounds like",
        "lede": "Five hundred hackers, two hundred and fourteen extension cords, and far too many noodles: notes "
        "from one night of SheHacks.",
        "authors": ["Jasleen Sandhu", "Chidinma Okeke", "Robin Achterberg"],
        "tags": ["SheHacks"],
        "drawing": "hack-night",
        "body": demo_work.FOUR_AM,
    },
    {
        "days": 118,
        "slug": "talking-to-toasters",
        "title": "Talking to toasters",
        "kind": PODCAST,
        "address": SPOTIFY,
        "minutes": 41,
        "lede": "Hyun-Jung writes the smallest programs you’ll use today. On firmware, patience, and the one oven "
        "that never forgave her.",
        "authors": ["Xiaohan Liu", "Hyun-Jung Park"],
        "tags": ["First job", "Building"],
        "drawing": "solder",
    },
    {
        "days": 140,
        "slug": "interviews-are-half-silence",
        "title": "Interviews are half silence",
        "lede": "I used to fill every pause with everything I knew. Then I sat on the other side of the table, with "
        "tea.",
        "authors": ["Mei-Ling Zhao"],
        "tags": ["First job", "Asking"],
        "body": demo_work.SILENCE,
    },
    {
        "days": 171,
        "slug": "nine-in-a-lecture-hall",
        "title": "Nine in a lecture hall",
        "kind": ELSEWHERE,
        "address": MEDIUM,
        "minutes": 6,
        "lede": "There were three hundred of us, and nine of us. How the nine found each other, by somebody who was "
        "in row eleven.",
        "authors": ["Lucía Fernández-Ortega", "Dorothea Vance-Ibarra"],
        "tags": ["Belonging"],
    },
    {
        "days": 203,
        "slug": "your-first-pull-request",
        "title": "Your first pull request is a comma",
        "lede": "Nine locks on the door, it looks like. It’s one. A walk through mine, embarrassing parts included.",
        "authors": ["Ottilie Brandt"],
        "tags": ["Building", "Failing"],
        "body": demo_work.PULL_REQUEST,
    },
]


def make_demo(home: HomePage) -> StoriesIndexPage:
    """The page of stories with its stories; what is there already stays as it is."""
    index = StoriesIndexPage.objects.first() or home.add_child(
        instance=StoriesIndexPage(
            title="How we got here",
            seo_title="Stories",
            slug="stories",
            lede="The failed midterm, the cold email that worked, the first day at work. Written down, or said into "
            "a microphone, by the people it happened to.",
            drawing="on-air",
        )
    )
    team = {person.name: person for person in Person.objects.all()}
    now = timezone.now().replace(second=0, microsecond=0)
    for number, story in enumerate(STORIES):
        if StoryPage.objects.child_of(index).filter(slug=story["slug"]).exists():
            continue
        fields = {name: value for name, value in story.items() if name not in {"days", "authors"}}
        authors = [team.get(name, name) for name in story["authors"]]
        published_at = now - timedelta(days=story["days"], hours=number)
        make_story(index, authors=authors, published_at=published_at, **fields)
    return index
