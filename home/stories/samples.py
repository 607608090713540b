"""Stories in every state, for the styleguide."""

from datetime import UTC, datetime
from typing import Any

from home.people.records import Person
from home.registry import Samples
from home.stories.authors import StoryAuthor
from home.stories.page import StoryPage
from home.styleguide.samples import WORDS

SHORT = {"title": "The worst mark of my life", "lede": "Thirty-four, out of a hundred. Then I said it out loud."}
STATES: dict[str, dict[str, Any]] = {
    "To read here": {**SHORT, "minutes": 3, "authors": ["Noor Haddad"]},
    "A podcast": {**SHORT, "kind": "podcast", "address": "https://open.spotify.com/", "minutes": 34},
    "Elsewhere, with a drawing": {
        **SHORT,
        "kind": "elsewhere",
        "address": "https://medium.com/",
        "drawing": "mentor",
        "authors": ["Noor Haddad", "Temi Adeyemi-Roy", "A guest"],
    },
    "Very long words": {"title": WORDS["long"], "lede": WORDS["long"], "authors": [WORDS["long"]]},
    "Emoji, and letters of other scripts": {"title": WORDS["emoji"], "lede": WORDS["emoji"], "minutes": 1},
}


def stories() -> dict[str, Any]:
    """A card for each of the states, and who tells a story."""
    made = [_story(number, dict(fields)) for number, fields in enumerate(STATES.values())]
    person = Person(name="Noor Haddad", studies="Third year, Software Engineering", words="Ask me for more money.")
    guests = [StoryAuthor(name="A guest", about="Backend engineer at Kestrel"), StoryAuthor(name=WORDS["long"])]
    return {"lead": made[0], "stories": made, "authors": [StoryAuthor(person=person), *guests]}


def _story(number: int, fields: dict[str, Any]) -> StoryPage:
    names = fields.pop("authors", ())
    # A number of its own gives each other paper; nothing of these is ever saved.
    story = StoryPage(pk=number, url_path="/home/", published_at=datetime(2026, 10, 7, 16, tzinfo=UTC), **fields)
    story.authors = [StoryAuthor(name=name) for name in names]
    return story


STORIES = Samples("Stories", "home/story_samples.html", stories)
