"""What stands in the templates themselves: no words, since nobody could change them in the admin."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.template.base import Lexer, TokenType

from wits_site.tests.reading.alphabet import is_ours
from wits_site.tests.reading.tree import Document
from wits_site.tests.reading.wording import seen

FOLDER = Path(settings.BASE_DIR) / "templates"
# What only executives and maintainers see: the admin and the styleguide, with their samples.
NOT_FOR_VISITORS = re.compile(
    r"wagtail|desk/|outbox/|membership_admin/|home/admin/|styleguide/|blocks/previews/|.*samples\.html"
)
LITERAL = re.compile(r'"([^"]*)"')
SENTENCE = re.compile(r"^[A-Z].*[a-z]{3,}|[a-z]{2,} [a-z]{2,}")


def for_visitors() -> Iterator[tuple[str, str]]:
    """Each template of pages and mails, by its name."""
    for path in sorted(FOLDER.rglob("*.*")):
        name = path.relative_to(FOLDER).as_posix()
        if not NOT_FOR_VISITORS.match(name):
            yield name, path.read_text(encoding="utf-8")


def own_words(source: str) -> list[str]:
    """The words that a template holds by itself, also in its attributes and as a value it passes on."""
    html, found = [], []
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.TEXT:
            html.append(token.contents)
        elif token.token_type != TokenType.COMMENT:
            found += [one for one in LITERAL.findall(token.contents) if SENTENCE.search(one)]
    return found + [text for _, text in seen(Document("".join(html))) if any(map(is_ours, text))]
