"""The words of a page as separate texts, read from its fields as they are stored: no link in them is looked up."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from home.links import LinkBlock

NAMES = {"title", "seo_title"}
# Where a paragraph of rich text ends.
END = re.compile(r"</(?:p|h\d|li)>|<br\s*/?>", re.IGNORECASE)


def texts_of(page: Page) -> Iterator[str]:
    """Each paragraph or line of what a page is searched for, besides its names."""
    rich = {one.name for one in page._meta.concrete_fields if isinstance(one, RichTextField)}
    for field in page.get_search_fields():
        if isinstance(field, index.SearchField) and field.field_name not in NAMES:
            value = getattr(page, field.field_name, None)
            if isinstance(value, StreamValue):
                yield from _in_block(value.stream_block, value.raw_data)
            elif isinstance(value, str):
                yield from _paragraphs(value) if field.field_name in rich else _lines(value)


def _in_block(block: blocks.Block, raw: Any) -> Iterator[str]:
    if not raw or isinstance(block, LinkBlock):
        return
    if isinstance(block, blocks.StreamBlock):
        for item in raw:
            if item["type"] in block.child_blocks:
                yield from _in_block(block.child_blocks[item["type"]], item["value"])
    elif isinstance(block, blocks.ListBlock):
        for item in raw:
            wrapped = isinstance(item, dict) and "value" in item and "id" in item
            yield from _in_block(block.child_block, item["value"] if wrapped else item)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _in_block(child, raw.get(name))
    elif isinstance(block, blocks.RichTextBlock):
        yield from _paragraphs(str(raw))
    elif isinstance(block, (blocks.CharBlock, blocks.TextBlock)):
        yield from _lines(str(raw))


def _paragraphs(html: str) -> Iterator[str]:
    for part in END.split(html):
        yield from _lines(unescape(strip_tags(part)))


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if words := " ".join(line.split()):
            yield words
