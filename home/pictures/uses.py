"""Where each picture is used. Wagtail's index of references knows; this reads it as places."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page, ReferenceIndex

from home.pictures.places import PLACES, Place
from home.pictures.records import Picture

Uses = dict[int, set[Place]]


def places_at(model: type[Model], path: str) -> set[Place]:
    """The places that a path of the index means: `picture`, or `body.cards.cards.item.picture`.

    A model names the places of its own fields in `picture_places`; blocks know theirs.
    """
    name, *steps = path.split(".")
    if not steps:
        return {PLACES[place] for place in getattr(model, "picture_places", {}).get(name, ())}
    field = next((field for field in model._meta.get_fields() if field.name == name), None)
    if field is not None and field.one_to_many and field.related_model:
        return places_at(field.related_model, steps[-1])  # rows of a page's own, such as the photos of an album
    block = field.stream_block if isinstance(field, StreamField) else None
    for step in steps:
        if isinstance(block, blocks.ListBlock):
            block = block.child_block
        elif block is not None:
            block = getattr(block, "child_blocks", {}).get(step)
    return set(getattr(block, "places", ()))


def uses_on(instance: Model) -> Uses:
    """The pictures that one page, person or setting uses."""
    base = Page if isinstance(instance, Page) else type(instance)
    content_type = ContentType.objects.get_for_model(base)
    return _read(Q(base_content_type=content_type, object_id=str(instance.pk)))


def uses_of(pictures: Iterable[int]) -> Uses:
    """Where these pictures are used."""
    return _read(Q(to_object_id__in=[str(pk) for pk in pictures]))


def all_uses() -> Uses:
    """Every picture that is used, with its places."""
    return _read(Q())


def _read(which: Q) -> Uses:
    rows = ReferenceIndex.objects.filter(which, to_content_type=ContentType.objects.get_for_model(Picture))
    found: Uses = defaultdict(set)
    for content_type_id, path, pk in rows.values_list("content_type_id", "model_path", "to_object_id").distinct():
        model = ContentType.objects.get_for_id(content_type_id).model_class()
        if model:
            found[int(pk)] |= places_at(model, path)
    return {pk: places for pk, places in found.items() if places}
