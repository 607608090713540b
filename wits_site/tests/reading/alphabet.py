"""Another alphabet, in which a test writes whatever executives wrote: what is left in ours came from the code.

Letters are exchanged one for one, so lengths, case and order stay, and a text may be cut, joined or split on its way.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.urls import resolve
from wagtail import blocks
from wagtail.admin.panels import get_edit_handler
from wagtail.admin.viewsets import viewsets
from wagtail.contrib.settings.registry import registry
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import get_page_models
from wagtail.snippets.models import get_snippet_models

# Armenian has capitals, more letters than ours, and no word of the site.
SMALL, LARGE = range(0x561, 0x587), range(0x531, 0x557)
# What is no words: addresses, the places that values are put in, marks of HTML.
LEFT = re.compile(r"(<[^>]*>|&#?\w+;|\{\w+\}|\]\([^)\s]*\)|https?://\S+|[\w.+-]+@[\w-]+\.[\w.]+)")
# Pictures and files have forms of their own, that no registry knows.
UPLOADS = {get_image_model: ("title", "description", "credit"), get_document_model: ("title",)}


def is_ours(letter: str) -> bool:
    """Whether it is a letter of the alphabet that the code is written in."""
    return letter.isalpha() and ord(letter) not in SMALL and ord(letter) not in LARGE


def respelled(text: str) -> str:
    """The same text in the other alphabet."""
    parts = LEFT.split(text)
    return "".join(part if odd % 2 else "".join(map(_letter, part)) for odd, part in enumerate(parts))


def _letter(letter: str) -> str:
    if not is_ours(letter):
        return letter
    row = LARGE if letter.isupper() else SMALL
    return chr(row[ord(letter.lower()) % 97 % len(row)])


def respell_everything() -> None:
    """Write every text that has a field in a form of the admin in the other alphabet, where it is stored."""
    for setting in registry:
        setting.load()  # has no row before somebody saves it, but words that are read
    for model, names in editable():
        fields = [model._meta.get_field(name) for name in names]
        for row in model._default_manager.all():
            model._default_manager.filter(pk=row.pk).update(
                **{one.name: _respelled_value(one, row) for one in fields if getattr(row, one.attname)}
            )


def editable() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Each model that executives edit, with the fields of its form that hold words."""
    for model in [*get_page_models(), *registry, *get_snippet_models()]:
        handler = model.get_edit_handler() if hasattr(model, "get_edit_handler") else get_edit_handler(model)
        yield from _of_form(model, handler.get_form_class())
    resolve("/admin/")  # forms of the admin are registered when its addresses are first asked for
    for viewset in viewsets.viewsets:
        if hasattr(viewset, "get_form_class") and getattr(viewset, "model", None):
            yield from _of_form(viewset.model, viewset.get_form_class(for_update=True))
    for model, names in UPLOADS.items():
        yield model(), list(names)


def _of_form(model: type[models.Model], form: Any) -> Iterator[tuple[type[models.Model], list[str]]]:
    names = set(form.base_fields)
    yield model, [one.name for one in model._meta.fields if one.name in names and _holds_words(one)]
    for formset in getattr(form, "formsets", {}).values():
        yield from _of_form(formset.model, formset.form)


def _holds_words(field: models.Field) -> bool:
    if isinstance(field, StreamField):
        return True
    plain = isinstance(field, models.CharField | models.TextField) and not field.choices
    return plain and not isinstance(field, models.URLField | models.EmailField | models.SlugField)


def _respelled_value(field: models.Field, row: models.Model) -> Any:
    value = getattr(row, field.attname)
    if isinstance(field, StreamField):
        return field.to_python(json.dumps(_respelled_block(field.stream_block, value.get_prep_value())))
    return respelled(value)


def _respelled_block(block: blocks.Block, raw: Any) -> Any:
    """The stored form of a block's value, with its words in the other alphabet."""
    if raw is None:
        return None
    if isinstance(block, blocks.StreamBlock):
        kinds = block.child_blocks
        return [{**one, "value": _respelled_block(kinds[one["type"]], one["value"])} for one in raw]
    if isinstance(block, blocks.ListBlock):
        return [{**one, "value": _respelled_block(block.child_block, one["value"])} for one in raw]
    if isinstance(block, blocks.StructBlock):
        return {name: _respelled_block(block.child_blocks[name], value) for name, value in raw.items()}
    return respelled(raw) if isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.RichTextBlock) else raw
