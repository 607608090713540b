"""What a page is made of, for checks: its words, texts, links and pictures, each with where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.blocks.struct_block import StructValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from home.choosers import PictureChooserBlock
from home.links import LinkBlock
from home.pictures.places import PLACES, Place

# Not read by visitors as it stands, or never long enough to be wrong.
NOT_WORDS = (models.URLField, models.EmailField, models.SlugField)


@dataclass(frozen=True)
class Part:
    """One value of a page. `where` names it as the editor does; `kind` is words, text, link, page, picture or date.

    A link is a `StructValue` with words, a page and an address; `places` are those of a picture.
    """

    kind: str
    where: str
    value: Any
    places: tuple[Place, ...] = ()


def parts_of(page: Page) -> Iterator[Part]:
    """The parts in the order of the model's fields."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for child in getattr(page, field.name):
                yield from _of_block(child.block, child.value, block_name(child.block))
        elif isinstance(field, models.Field) and field.editable:
            yield from _of_field(page, field)


def _of_field(page: Page, field: "models.Field[Any, Any]") -> Iterator[Part]:
    where = capfirst(str(field.verbose_name))
    if isinstance(field, RichTextField):
        yield Part("text", where, getattr(page, field.name) or "")
    elif isinstance(field, models.CharField | models.TextField) and not isinstance(field, NOT_WORDS):
        if not field.choices:
            yield Part("words", where, getattr(page, field.name) or "")
    elif isinstance(field, models.DateField):  # also a moment
        yield Part("date", where, getattr(page, field.name))
    elif isinstance(field, models.ForeignKey) and field.name in getattr(page, "picture_places", {}):
        places = tuple(PLACES[name] for name in page.picture_places[field.name])
        yield Part("picture", where, getattr(page, field.name), places)


def _of_block(block: blocks.Block, value: Any, where: str) -> Iterator[Part]:
    if isinstance(block, LinkBlock):
        yield Part("link", where, value)
    elif isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        for child in value.bound_blocks if isinstance(block, blocks.ListBlock) else value:
            yield from _of_block(child.block, child.value, where)
    elif isinstance(value, StructValue):
        for name, child in block.child_blocks.items():
            yield from _of_block(child, value.get(name), f"{where}, {block_name(child).lower()}")
    elif isinstance(block, PictureChooserBlock):
        yield Part("picture", where, value, tuple(block.places))
    elif isinstance(block, blocks.DateBlock | blocks.DateTimeBlock):
        yield Part("date", where, value)
    elif isinstance(block, blocks.PageChooserBlock):
        yield Part("page", where, value)
    elif isinstance(block, blocks.RichTextBlock):
        yield Part("text", where, getattr(value, "source", ""))
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield Part("words", where, value or "")


def block_name(block: blocks.Block) -> str:
    return capfirst(str(block.label or block.name).replace("_", " "))
