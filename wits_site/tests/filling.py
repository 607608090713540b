"""Any words in every field and block that executives fill in, however unlikely: written where they are stored."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

from events.models import EventPage
from home.links import ADDRESS
from home.models import StandardPage
from wits_site.tests.reading.alphabet import editable

WITH_BODY = {StandardPage, EventPage}


@dataclass(frozen=True)
class Filling:
    """What everything is filled with.

    `words` go where plain words go, cut to what the field takes; `text` where rich text goes; `many` of each where
    there may be several. `points_at` says which picture, page or document choosers choose, by its model.
    """

    words: str
    text: str
    many: int = 2
    address: str = "https://wits.example/"
    points_at: Mapping[type[models.Model], int] = field(default_factory=dict)

    def everywhere(self) -> None:
        """Fill every field that has a form, of everything there is; blocks only in the first of each kind.

        The bodies of pages are all alike: that of the first event and of the first page are filled.
        """
        for model, names in editable():
            fields = [model._meta.get_field(name) for name in names]
            plain = [one for one in fields if not isinstance(one, StreamField) and not one.unique]
            model._default_manager.update(**{one.name: self.value(one) for one in plain})
            for row in model._default_manager.order_by("pk") if any(one.unique for one in fields) else ():
                unique = {one.name: self.value(one, row.pk) for one in fields if one.unique}
                model._default_manager.filter(pk=row.pk).update(**unique)
            first = model._default_manager.order_by("pk").first()
            if first:
                streams = {one.name: self.value(one) for one in fields if isinstance(one, StreamField)}
                if model not in WITH_BODY:
                    streams.pop("body", None)
                model._default_manager.filter(pk=first.pk).update(**streams) if streams else None

    def value(self, one: models.Field, pk: int = 0) -> Any:
        """What stands in a field afterwards."""
        if isinstance(one, StreamField):
            return one.to_python(json.dumps(self.stored(one.stream_block)))
        if isinstance(one, RichTextField):
            return self.text
        if ADDRESS in one.validators:
            return self.address
        words = self.words if self.words or one.blank else "x"
        return (f"{pk}{words}" if one.unique else words)[: one.max_length].strip()

    def stored(self, block: blocks.Block) -> Any:
        """The value of a block as it lies in the database."""
        if isinstance(block, blocks.StreamBlock):
            kinds = block.child_blocks.items() if self.many else ()
            return [{"type": name, "value": self.stored(child), "id": str(uuid4())} for name, child in kinds]
        if isinstance(block, blocks.ListBlock):
            number = min(self.many, block.meta.max_num or self.many)
            return [
                {"type": "item", "value": self.stored(block.child_block), "id": str(uuid4())} for _ in range(number)
            ]
        if isinstance(block, blocks.StructBlock):
            return {name: self.stored(child) for name, child in block.child_blocks.items()}
        return self._simple(block)

    def _simple(self, block: blocks.Block) -> Any:
        if isinstance(block, blocks.ChooserBlock):
            return self.points_at.get(block.model_class)
        if isinstance(block, blocks.RichTextBlock):
            return self.text
        if isinstance(block, blocks.ChoiceBlock):
            choices = block.field.choices
            flat = [one for label, group in choices for one in (group if isinstance(group, list) else [(label, "")])]
            return next((key for key, _ in flat if key), "")
        if isinstance(block, blocks.URLBlock):
            return self.address
        if isinstance(block, blocks.EmailBlock):
            return "somebody@wits.example"
        if isinstance(block, blocks.CharBlock | blocks.TextBlock):
            if ADDRESS in block.field.validators:
                return self.address
            words = self.words if self.words or not block.required else "x"
            return words[: block.field.max_length].strip()
        if isinstance(block, blocks.IntegerBlock):
            return 7
        return "2026-11-01" if isinstance(block, blocks.DateBlock) else None
