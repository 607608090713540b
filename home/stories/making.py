"""Making a story in one call, for the demonstration and for tests."""

from collections.abc import Sequence
from typing import Any

from home.people.records import Person
from home.stories.authors import StoryAuthor
from home.stories.index_page import StoriesIndexPage
from home.stories.page import StoryPage


def make_story(
    index: StoriesIndexPage, *, authors: Sequence[Person | str] = (), tags: Sequence[str] = (), **fields: Any
) -> StoryPage:
    """A story under `index`. An author is a person of the team, or a guest by name."""
    story = StoryPage(**fields)
    story.authors = [
        StoryAuthor(name=author, sort_order=place) if isinstance(author, str) else
        StoryAuthor(person=author, sort_order=place)
        for place, author in enumerate(authors)
    ]  # fmt: skip
    story.tags.set(tags)
    index.add_child(instance=story)
    return story
