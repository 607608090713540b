"""What a page of the guide is, and how its words are found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders

from desk.models import User


@dataclass(frozen=True)
class Part:
    """A run of words; `strong` where they stand on the screen exactly so."""

    words: str
    strong: bool


@dataclass(frozen=True)
class Subject:
    """One thing to do. `**words**` in it stand on the screen.

    `needs`: the right without which nobody sees it. `also`: other words that people look for. Each step has a
    picture, `static/images/guide/SLUG-NUMBER.webp`, taken where the browser tests walk the same steps.
    """

    slug: str
    title: str
    why: str
    steps: tuple[str, ...]
    needs: str = ""
    also: str = ""
    good_to_know: tuple[str, ...] = ()

    def is_for(self, user: User | AnonymousUser) -> bool:
        """Whether this user may do it."""
        return not self.needs or user.has_perm(self.needs)

    @property
    def text(self) -> str:
        """All its words, for looking in them."""
        return " ".join([self.title, self.also, self.why, *self.steps, *self.good_to_know]).replace("**", "")

    @property
    def shown_steps(self) -> list[dict[str, Any]]:
        """The steps with their pictures, as the template shows them."""
        return [
            {"parts": list(parts(words)), "picture": picture_of(self.slug, number)}
            for number, words in enumerate(self.steps, 1)
        ]

    @property
    def shown_notes(self) -> list[list[Part]]:
        return [list(parts(words)) for words in self.good_to_know]


@dataclass(frozen=True)
class Chapter:
    """Subjects that belong together."""

    title: str
    subjects: tuple[Subject, ...]


def parts(words: str) -> Iterator[Part]:
    """`Press **Publish**.` as runs: every second one stands on the screen."""
    for number, run in enumerate(words.split("**")):
        if run:
            yield Part(run, number % 2 == 1)


def picture_of(slug: str, number: int) -> str:
    """The picture of a step, as a path below `static/`; empty where none was taken."""
    path = f"images/guide/{slug}-{number}.webp"
    return path if finders.find(path) else ""


def looked_for(chapters: Iterable[Chapter], typed: str, user: User | AnonymousUser) -> list[Chapter]:
    """Chapters with what this user may do and in which every word of `typed` occurs, in any part."""
    wanted = typed.casefold().split()
    found = []
    for chapter in chapters:
        subjects = tuple(
            subject
            for subject in chapter.subjects
            if subject.is_for(user) and all(word in subject.text.casefold() for word in wanted)
        )
        if subjects:
            found.append(Chapter(chapter.title, subjects))
    return found
