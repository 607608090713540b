"""What a page of the guide is, and how its words are found."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from wagtail.permissions import page_permission_policy

from desk.models import User

# As the right that a subject needs: whoever may change any page at all, which no single permission says.
SOME_PAGES = "some pages"
WORDS = re.compile(r"[\w’'-]+")
# What people type around what they mean.
FILLERS = frozenset(
    [
        "and",
        "are",
        "can",
        "does",
        "for",
        "from",
        "how",
        "our",
        "someone",
        "the",
        "there",
        "this",
        "was",
        "what",
        "when",
    ]
    + ["where", "who", "with", "you"]
)
SHORT = 3


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
        if self.needs == SOME_PAGES:
            return bool(page_permission_policy.user_has_permission(user, "change"))
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


def for_reader(chapters: Iterable[Chapter], user: User | AnonymousUser) -> list[Chapter]:
    """The chapters with what this user may do."""
    return _chosen(chapters, lambda subject: subject.is_for(user))


def looked_for(chapters: Sequence[Chapter], typed: str) -> list[Chapter]:
    """Chapters with subjects in which every word of `typed` occurs, in any part; where there is none, with those in
    which the most of its words do.
    """
    wanted = {word for word in WORDS.findall(typed.casefold()) if len(word) >= SHORT and word not in FILLERS}
    most = max((_hits(subject, wanted) for chapter in chapters for subject in chapter.subjects), default=0)
    return _chosen(chapters, lambda subject: _hits(subject, wanted) == most) if most or not typed else []


def _hits(subject: Subject, wanted: set[str]) -> int:
    """How many of the words are among the subject's, or begin one; a short one begins too many."""
    there = f" {' '.join(WORDS.findall(subject.text.casefold()))} "
    return sum(f" {word} " in there or (len(word) > SHORT and f" {word}" in there) for word in wanted)


def _chosen(chapters: Iterable[Chapter], is_chosen: Callable[[Subject], bool]) -> list[Chapter]:
    """The chapters that keep a subject, with those."""
    kept = ((chapter.title, tuple(filter(is_chosen, chapter.subjects))) for chapter in chapters)
    return [Chapter(title, subjects) for title, subjects in kept if subjects]
