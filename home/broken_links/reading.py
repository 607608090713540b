"""The links in a page, a setting or a snippet: in its fields, blocks, rich texts, mails and rows of its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.db import models
from django.utils.text import capfirst
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from home.checking.parts import block_name
from home.links import ADDRESS

# `[words](https://…)`, as the texts of mails have them. One with a variable in it is another for everybody.
IN_MAILS = re.compile(r"\[([^\]\n]{1,200})\]\((https?://[^\s(){}]+)\)")


@dataclass(frozen=True)
class Found:
    """One link. `address` is `page:12`, `document:4`, or what somebody typed."""

    address: str
    where: str
    words: str = ""


def links_in(instance: models.Model) -> Iterator[Found]:
    """Every link that stands in an instance, and in the rows that are edited with it."""
    yield from _own(instance, "")
    for relation in get_all_child_relations(type(instance)):
        if relation.related_model._meta.app_label == "wagtailcore":  # what editors say to each other
            continue
        where = capfirst(str(relation.related_model._meta.verbose_name_plural))
        for row in getattr(instance, relation.get_accessor_name()).all():
            yield from _own(row, where)


def _own(instance: models.Model, above: str) -> Iterator[Found]:
    for field in instance._meta.concrete_fields:
        if not field.editable or getattr(field.remote_field, "parent_link", False):
            continue
        where = ", ".join(part for part in (above, capfirst(str(field.verbose_name))) if part)
        if isinstance(field, StreamField):
            stream = getattr(instance, field.name)
            yield from _of_block(stream.stream_block, stream.raw_data, where, "")
        elif isinstance(field, models.ForeignKey):
            kind = _kind(field.related_model)
            pk = getattr(instance, field.attname)
            if kind and pk:
                yield Found(f"{kind}:{pk}", where)
        elif isinstance(field, RichTextField):
            yield from _of_text(getattr(instance, field.name), where)
        elif isinstance(field, models.URLField) or ADDRESS in field.validators:
            yield Found(getattr(instance, field.name) or "", where)
        elif isinstance(field, models.TextField):
            for words, address in IN_MAILS.findall(getattr(instance, field.name) or ""):
                yield Found(address, where, words)


def _of_block(block: blocks.Block, raw: Any, where: str, words: str) -> Iterator[Found]:
    """From what is stored: nothing that a block points at is read."""
    if isinstance(block, blocks.StreamBlock):
        for item in raw or ():
            if item["type"] in block.child_blocks:
                child = block.child_blocks[item["type"]]
                yield from _of_block(child, item["value"], block_name(child), "")
    elif isinstance(block, blocks.ListBlock):
        for item in raw or ():
            in_block_format = isinstance(item, dict) and "id" in item and "value" in item
            yield from _of_block(block.child_block, item["value"] if in_block_format else item, where, "")
    elif isinstance(block, blocks.StructBlock):
        values = raw or {}
        said = next((str(values[name]) for name in ("text", "title", "name", "label") if values.get(name)), "")
        for name, child in block.child_blocks.items():
            yield from _of_block(child, values.get(name), _deeper(where, child), said)
    elif isinstance(block, blocks.RichTextBlock):
        yield from _of_text(raw, where)
    elif isinstance(block, blocks.PageChooserBlock | DocumentChooserBlock):
        kind = "page" if isinstance(block, blocks.PageChooserBlock) else "document"
        if isinstance(raw, int):
            yield Found(f"{kind}:{raw}", where, words)
    elif isinstance(block, blocks.URLBlock) or (
        isinstance(block, blocks.FieldBlock) and ADDRESS in getattr(block.field, "validators", ())
    ):
        yield Found(str(raw or ""), where, words)


def _deeper(where: str, block: blocks.Block) -> str:
    """`Links, address`: the name of a field within another, said once where both are called the same."""
    name = block_name(block).lower().removeprefix("or an ").removeprefix("or ")
    return where if where.lower().endswith(name) else f"{where}, {name}"


def _of_text(source: Any, where: str) -> Iterator[Found]:
    if not source or "<a" not in str(source):
        return
    for anchor in BeautifulSoup(str(source), "html.parser").find_all("a"):
        kind, pk = anchor.get("linktype"), str(anchor.get("id") or "")
        words = " ".join(anchor.get_text(" ").split())
        if kind in {"page", "document"} and pk.isdecimal():
            yield Found(f"{kind}:{pk}", where, words)
        elif anchor.get("href"):
            yield Found(str(anchor["href"]), where, words)


def _kind(model: Any) -> str:
    if isinstance(model, type) and issubclass(model, Page):
        return "page"
    return "document" if model is get_document_model() else ""
