"""Ids, what refers to them, and names: what screen readers and links within a page rely on."""

import re
from collections import Counter
from collections.abc import Iterator

from wits_site.tests.reading.nesting import is_pressable
from wits_site.tests.reading.tree import Document, Element

# Attributes that name ids: several, or one.
TO_IDS = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "headers")
TO_ID = ("for", "form", "list", "popovertarget", "aria-activedescendant", "aria-errormessage")
# Screen readers leave out a name that stands on these, unless a role makes something else of them.
NAMELESS = {"b", "bdi", "code", "div", "em", "i", "p", "small", "span", "strong", "sub", "sup", "time"}
FIELDS = {"input", "select", "textarea"}


def complaints(document: Document) -> Iterator[str]:
    """Ids that are twice there, references that lead nowhere, things to press or fill in that have no name."""
    counts = Counter(one.attributes["id"] for one in document.elements if "id" in one.attributes)
    yield from (f'id="{name}" is there {count} times' for name, count in counts.items() if count > 1)
    yield from (f'id="{name}" is none' for name in counts if not name or re.search(r"\s", name))
    for one in document.elements:
        for attribute in (*TO_IDS, *TO_ID):
            for name in _named(one, attribute):
                if name not in document.ids:
                    yield f"{one}: nothing is called {name}"
        if one.get("aria-label") is not None and one.name in NAMELESS and not one.get("role"):
            yield f"{one}: nobody hears this aria-label"
        if one.get("aria-label") == "":
            yield f"{one}: the aria-label is empty"
        if is_pressable(one) and one.name in {"a", "button"} and not is_hidden(one) and not name_of(one, document):
            yield f"{one} has no name"
        if one.name == "a" and one.get("href") == "":
            yield f"{one} leads nowhere"
        if one.name in FIELDS and one.get("type") not in {"hidden", "submit"} and not _label(one, document):
            yield f"{one} has no label"
        if one.name == "label" and not one.get("for") and not any(inner.name in FIELDS for inner in one.below):
            yield f"{one} is a label of nothing"


def name_of(one: Element, document: Document) -> str:
    """What a screen reader says of it, roughly: a label, or the words and the pictures' words inside."""
    if one.get("aria-label"):
        return str(one.get("aria-label"))
    named = [document.ids[name].text for name in _named(one, "aria-labelledby") if name in document.ids]
    return " ".join(named) or _said(one).strip()


def is_hidden(one: Element) -> bool:
    """Whether screen readers pass it over."""
    return any(element.get("aria-hidden") == "true" for element in (one, *one.ancestors))


def _said(one: Element) -> str:
    if one.get("aria-hidden") == "true":
        return ""
    if one.name == "img":
        return one.get("alt") or ""
    if one.get("role") == "img":
        return one.get("aria-label") or ""
    return "".join(inner if isinstance(inner, str) else _said(inner) for inner in one.content)


def _label(one: Element, document: Document) -> str:
    labels = [label for label in document.all("label") if label.get("for") == one.get("id") is not None]
    labels += [above for above in one.ancestors if above.name == "label"]
    return " ".join(label.text for label in labels) or name_of(one, document)


def _named(one: Element, attribute: str) -> list[str]:
    said = one.get(attribute)
    if not said:
        return []
    return said.split() if attribute in TO_IDS else [said]
