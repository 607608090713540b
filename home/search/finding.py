"""Finding pages: those with all the words, else with any, else whose title begins so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from math import ceil
from operator import add
from typing import Any

from django.db.models import Case, Q, When
from django.http import HttpRequest
from django.utils.text import capfirst
from wagtail.models import Page
from wagtail.search.query import PlainText

from home.kinds import as_themselves
from home.posters import Poster, poster_for
from home.search.excerpts import excerpt, marked
from home.search.hits import Hit
from home.search.names import named
from home.search.suggesting import did_you_mean
from home.search.terms import cleaned, stem, words_of
from home.search.texts import texts_of
from home.visibility import visible

ON_A_PAGE = 10
GROUND = "cream"
HOME_DEPTH = 2  # every page leads to the home page already, and it says a little of everything
TITLES = 2_000  # the newest pages whose titles are looked through for what somebody may have meant


@dataclass(frozen=True)
class Found:
    """What a search found: `hits` are pages, `names` people and partners, before the first of them.

    `all_words` is false where only some of the words were found; `total` counts the pages.
    """

    typed: str
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    number: int = 1
    all_words: bool = True
    meant: str = ""
    names: list[Hit] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """How many pages of results there are."""
        return max(1, ceil(self.total / ON_A_PAGE))

    @property
    def count(self) -> int:
        """How many of everything were found."""
        return self.total + len(self.names)

    @property
    def shown(self) -> list[Hit]:
        """What stands on this page of the results."""
        return [*(self.names if self.number == 1 else []), *self.hits]


def find(typed: str, request: HttpRequest, number: int = 1) -> Found:
    """Page `number` (or the last) of what any visitor may see that has the words of `typed`."""
    words = words_of(typed)
    if not words:
        return Found(cleaned(typed))
    names = named(words, request)
    pages = Page.objects.filter(depth__gt=HOME_DEPTH)
    for all_words, ask in _ways(words):
        results = _titles_first(visible(ask(pages).get_queryset()), words)
        total = results.count()
        if total:
            number = min(max(1, number), ceil(total / ON_A_PAGE))
            first = ON_A_PAGE * (number - 1)
            shown = as_themselves(results[first : first + ON_A_PAGE])
            hits = [_hit(page, words, request) for page in shown]
            return Found(cleaned(typed), hits, total, number, all_words, names=names)
    if names:
        return Found(cleaned(typed), names=names)
    titles = visible(pages).order_by("-last_published_at").values_list("title", "seo_title")[:TITLES]
    return Found(cleaned(typed), meant=did_you_mean(words, (name for both in titles for name in both)))


def _ways(words: Sequence[str]) -> list[tuple[bool, Callable[[Any], Any]]]:
    """How to ask, one after the other until something is found; and whether that finds all the words."""
    text = " ".join(words)
    any_word = (False, lambda pages: pages.search(PlainText(text, operator="or")))
    return [
        (True, lambda pages: pages.search(PlainText(text, operator="and"))),
        *([any_word] if len(words) > 1 else []),
        (True, lambda pages: pages.autocomplete(PlainText(text, operator="and"))),
    ]


def _titles_first(results: Any, words: Sequence[str]) -> Any:
    """Pages with more of the words in their title come first; SQLite's own order knows no difference."""
    stems = [stem(word) for word in words]
    named = (Q(title__icontains=one) | Q(seo_title__icontains=one) for one in stems)
    in_title = reduce(add, (Case(When(its_name, then=1), default=0) for its_name in named))
    return results.order_by(in_title.desc(), *results.query.order_by)


def _poster(page: Any) -> Poster:
    """The page's own poster, but not on the paper of the band that results lie on."""
    own = getattr(page, "poster", None) or poster_for(page.title)
    return replace(own, paper="yellow") if own.paper == GROUND else own


def _hit(page: Any, words: Sequence[str], request: HttpRequest) -> Hit:
    return Hit(
        url=page.get_url(request) or "",
        kind=", ".join(filter(None, [capfirst(page._meta.verbose_name), getattr(page, "found_as", "")])),
        poster=_poster(page),
        title=marked(page.title, words),
        excerpt=excerpt(texts_of(page), words, otherwise=getattr(page, "summary_text", "")),
    )
