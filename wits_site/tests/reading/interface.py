"""The one list of words that visitors see and executives do not edit, module by module."""

from collections.abc import Iterator
from types import ModuleType

from django.utils.text import capfirst
from wagtail.models import get_page_models

import events.words
import home.albums.words
import home.forms.words
import home.opportunities.words
import home.stories.words
import home.words
import membership.words
import outbox.words
from home.drawings import DRAWINGS

MODULES = (
    home.words,
    home.albums.words,
    home.forms.words,
    home.opportunities.words,
    home.stories.words,
    events.words,
    membership.words,
    outbox.words,
)


def interface_words() -> Iterator[str]:
    """Every text of those modules, what the site's own drawings show, and what kinds of pages are called."""
    for module in MODULES:
        yield from _texts(module)
    for drawing in DRAWINGS.values():
        yield drawing.description
    for model in get_page_models():
        yield capfirst(str(model._meta.verbose_name))


def _texts(module: ModuleType) -> Iterator[str]:
    for name, value in vars(module).items():
        if name.isupper():
            yield from value.values() if isinstance(value, dict) else [value]
