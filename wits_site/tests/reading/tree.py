"""An HTML document as browsers build it, and what was wrong with how it was written."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tinyhtml5.parser import HTMLParser

HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"


@dataclass(eq=False)
class Element:
    """One element: HTML's are named `p`, those of drawings `svg:path`."""

    name: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    content: "list[Element | str]" = field(default_factory=list)

    def __str__(self) -> str:
        shown = "".join(f' {name}="{value[:60]}"' for name, value in self.attributes.items())
        return f"<{self.name}{shown}>"

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    @property
    def children(self) -> "list[Element]":
        return [one for one in self.content if isinstance(one, Element)]

    @property
    def ancestors(self) -> "Iterator[Element]":
        """From the parent up to the root."""
        above = self.parent
        while above:
            yield above
            above = above.parent

    @property
    def below(self) -> "Iterator[Element]":
        """Everything inside, in the order of the text."""
        for child in self.children:
            yield child
            yield from child.below

    @cached_property
    def text(self) -> str:
        """All words inside, with single spaces."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for one in self.content:
            if isinstance(one, str):
                yield one
            else:
                yield from one._texts()


class Document:
    """A page that was parsed. `errors` are the parser's own, such as a tag that was never opened."""

    def __init__(self, html: str) -> None:
        parser = HTMLParser()
        # A stream, since a short text could be taken for the name of a file.
        root = parser.parse(io.StringIO(html))
        self.errors = [f"line {line}: {code} {known or ''}".strip() for (line, _), code, known in parser.errors]
        self.root = _element(root, None)
        self.elements = list(self.root.below)

    def all(self, *names: str) -> list[Element]:
        """The elements of these names."""
        return [one for one in self.elements if one.name in names]

    @cached_property
    def ids(self) -> dict[str, Element]:
        return {one.attributes["id"]: one for one in self.elements if "id" in one.attributes}

    def meta(self, name: str) -> str | None:
        """The content of a `<meta>` by its `name` or `property`."""
        found = (one.get("content") for one in self.all("meta") if name in (one.get("name"), one.get("property")))
        return next(found, None)

    def link(self, rel: str) -> str | None:
        """Where the first `<link>` of this kind leads."""
        return next((one.get("href") for one in self.all("link") if rel in (one.get("rel") or "").split()), None)


def _element(node: Any, parent: Element | None) -> Element:
    made = Element(_name(node.tag), dict(node.attrib), parent)
    if node.text:
        made.content.append(node.text)
    for child in node:
        if isinstance(child.tag, str):  # comments have none
            made.content.append(_element(child, made))
        if child.tail:
            made.content.append(child.tail)
    return made


def _name(tag: str) -> str:
    if tag.startswith(HTML):
        return tag.removeprefix(HTML)
    return f"svg:{tag.removeprefix(SVG)}" if tag.startswith(SVG) else tag
