"""What a browser sends of a form of the admin that somebody opened and saved without touching anything."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.http import QueryDict
from wagtail import blocks
from wagtail.fields import StreamField

# What a script makes a form of, when somebody adds one more.
NOT_SENT = {"template", "script"}
TICKED = {"checkbox", "radio"}
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


class Form(HTMLParser):
    """Reads what the fields of a form hold. The form of the largest page is a megabyte: no tree is built of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self._passed_over = 0
        self._select = self._text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in NOT_SENT:
            self._passed_over += 1
        of = {name: value or "" for name, value in attributes}
        if self._passed_over or "disabled" in of:
            return
        if tag == "option" and "selected" in of and self._select:
            self.sent.append((self._select, of.get("value", "")))
        elif tag == "select":
            self._select = of.get("name", "")
        elif tag == "textarea":
            self._text = of["name"]
            self.sent.append((self._text, ""))
        elif tag == "input" and of.get("name") and _is_sent(of):
            self.sent.append((of["name"], of.get("value", "on" if of.get("type") in TICKED else "")))

    def handle_endtag(self, tag: str) -> None:
        if tag in NOT_SENT:
            self._passed_over -= 1
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._text = ""

    def handle_data(self, data: str) -> None:
        if self._text:
            # A browser leaves out the line break that templates put before the text.
            self.sent[-1] = (self._text, (self.sent[-1][1] + data).removeprefix("\n"))


def _is_sent(of: dict[str, str]) -> bool:
    kind = of.get("type")
    return "checked" in of if kind in TICKED else kind not in {"submit", "button", "file"}


def as_it_stands(html: str, instance: Any) -> QueryDict:
    """The fields of the form in this HTML, with their values. Streams, whose forms a script makes, are added."""
    streams = {field.name: field for field in instance._meta.get_fields() if isinstance(field, StreamField)}
    sent = QueryDict(mutable=True)
    for name, value in Form(html).sent:
        if name not in streams:
            sent.appendlist(name, value)
    for name, field in streams.items():
        if f'id="{name}"' in html or f'"{name}"' in html:
            state = field.stream_block.get_form_state(getattr(instance, name))
            for part, value in _of_block(field.stream_block, name, state):
                sent.appendlist(part, value)
    return sent


def _of_block(block: blocks.Block, name: str, state: Any) -> Iterator[tuple[str, str]]:
    """What the form of a block sends, by what the server told its script."""
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        yield f"{name}-count", str(len(state))
        for number, child in enumerate(state):
            inner = block.child_block if isinstance(block, blocks.ListBlock) else block.child_blocks[child["type"]]
            yield f"{name}-{number}-deleted", ""
            yield f"{name}-{number}-order", str(number)
            yield f"{name}-{number}-id", child.get("id") or ""
            if isinstance(block, blocks.StreamBlock):
                yield f"{name}-{number}-type", child["type"]
            yield from _of_block(inner, f"{name}-{number}-value", child["value"])
    elif isinstance(block, blocks.StructBlock):
        for child, inner in block.child_blocks.items():
            yield from _of_block(inner, f"{name}-{child}", state[child])
    elif isinstance(block, blocks.BooleanBlock):
        yield from [(name, "on")] if state else []
    else:
        yield name, _plain(state)


def _plain(state: Any) -> str:
    if isinstance(state, dict):  # a chooser's
        return str(state.get("id") or "")
    if isinstance(state, list):  # a list of choices
        return str(state[0]) if state else ""
    return "" if state is None else str(state)


def stored(instance: Any) -> dict[str, Any]:
    """The content of a row and its children, to be compared: without what names a block and says nothing."""
    for field in instance._meta.get_fields():
        if isinstance(field, StreamField):
            list(getattr(instance, field.name))  # what it has read, it says in full, with what nobody has filled in
    data = instance.serializable_data() if hasattr(instance, "serializable_data") else _values(instance)
    if "tagged_items" in data:  # made anew each time, in any order
        data["tagged_items"] = sorted(one["tag"] for one in data["tagged_items"])
    return {name: _content(value) for name, value in data.items()}


def _values(instance: Any) -> dict[str, Any]:
    """Of a row that no page is: moments as they are, since they can be written in more than one way."""
    fields = instance._meta.concrete_fields
    streams = {field.name: field.value_to_string(instance) for field in fields if isinstance(field, StreamField)}
    return {field.name: getattr(instance, field.attname) for field in fields} | streams


def _content(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(("[{", "[]")):
        value = json.loads(value)
    if isinstance(value, list):
        return [
            _content(one["value"] if set(one) == {"type", "value", "id"} and one["type"] == "item" else one)
            if isinstance(one, dict)
            else _content(one)
            for one in value
        ]
    if isinstance(value, dict):
        known = {name: _content(one) for name, one in value.items() if name != "id"}
        return {name: one for name, one in known.items() if one not in (None, "", [], {}, False)}
    return BLOCK_KEY.sub("", value) if isinstance(value, str) else value
