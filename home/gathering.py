"""Everything that a page's fields and blocks point at, read in a few queries however many there are.

Wagtail asks the database once for every kind of block that holds a picture or a link, and once for every text with a
link in it. `gather` looks through the page first, reads all pictures (with their sizes), pages and documents at once,
and hands them to the blocks of `home.choosers` while these take in their values.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import ForeignKey, Model
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.rich_text import extract_references_from_rich_text

from home.pictures.records import Picture

Found = Mapping[type[Model], Mapping[int, Any]]
Wanted = dict[type[Model], set[int]]

_at_hand: ContextVar[Found | None] = ContextVar("gathered", default=None)


@contextmanager
def at_hand(found: Found | None) -> Iterator[None]:
    """Let blocks and links take what they point at from `found`, inside the `with`."""
    token = _at_hand.set(found)
    try:
        yield
    finally:
        _at_hand.reset(token)


def what_is_at_hand() -> Found | None:
    """What was gathered for the page that is being read; None outside of one."""
    return _at_hand.get()


def gather(*instances: Model) -> None:
    """Read all that the fields and blocks of a page (or a setting, or several) point at, and let them have it.

    Fields that were left out when an instance was read, such as the body of a card, stay out.
    """
    wanted: Wanted = defaultdict(set)
    streams: list[StreamValue] = []
    keys: list[tuple[Model, ForeignKey[Any, Any]]] = []
    for instance in instances:
        left_out = instance.get_deferred_fields()
        for field in instance._meta.concrete_fields:
            if field.attname in left_out:
                continue
            if isinstance(field, StreamField):
                stream = getattr(instance, field.name)
                streams.append(stream)
                _look_into(stream.stream_block, stream.raw_data, wanted)
            elif (
                isinstance(field, ForeignKey) and field.related_model is Picture and getattr(instance, field.attname)
            ):
                keys.append((instance, field))
                wanted[Picture].add(getattr(instance, field.attname))
    found = {model: _read(model, ids) for model, ids in wanted.items() if ids}
    for instance, key in keys:
        setattr(instance, key.name, found[Picture].get(getattr(instance, key.attname)))
    with at_hand(found):
        for stream in streams:
            for child in stream:
                child.value  # noqa: B018 - taking it in is what this is for


def _read(model: type[Model], ids: Iterable[int]) -> dict[int, Model]:
    rows = model._default_manager.filter(pk__in=ids)
    if model is Picture:
        rows = rows.prefetch_related("renditions")
    return {row.pk: row for row in rows}


def _look_into(block: blocks.Block, raw: Any, wanted: Wanted) -> None:
    """Note down what a block's stored value points at; what is not as it should be points at nothing."""
    if isinstance(block, blocks.StreamBlock):
        for item in raw:
            if item["type"] in block.child_blocks:
                _look_into(block.child_blocks[item["type"]], item["value"], wanted)
    elif isinstance(block, blocks.ListBlock):
        for item in raw or ():
            in_block_format = isinstance(item, dict) and "id" in item and "value" in item
            _look_into(block.child_block, item["value"] if in_block_format else item, wanted)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            _look_into(child, (raw or {}).get(name), wanted)
    elif isinstance(block, blocks.ChooserBlock):
        if isinstance(raw, int):
            wanted[block.model_class].add(raw)
    elif isinstance(block, blocks.RichTextBlock):
        _look_into_text(raw, wanted)


def _look_into_text(source: Any, wanted: Wanted) -> None:
    for model, pk, *_ in extract_references_from_rich_text(source or ""):
        if str(pk).isdigit():
            wanted[Page if issubclass(model, Page) else model].add(int(pk))
