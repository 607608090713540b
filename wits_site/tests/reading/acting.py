"""What on a page acts: scripts, handlers, addresses that run something, elements that load or send elsewhere."""

import re
from collections.abc import Iterator

from wits_site.tests.reading.tree import Document, Element

# None of these is made by any template of the site.
NEVER = {
    "applet", "audio", "base", "embed", "frame", "frameset", "iframe", "isindex", "marquee", "math", "object",
    "plaintext", "style", "svg:a", "svg:animate", "svg:foreignObject", "svg:image", "svg:script", "svg:set",
    "svg:style", "template", "textarea", "xmp",
}  # fmt: skip
LEADING = {
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "ping",
    "srcdoc",
    "background",
    "cite",
    "xlink:href",
}
UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u2000-\u200f\u2028\u2029\ufeff]")
MAY_LEAD = re.compile(r"(https?://|mailto:|tel:|/(?!/)|\#|\?)", re.IGNORECASE)


def complaints(document: Document) -> Iterator[str]:
    """Everything on a page that could act and is not the site's own."""
    for one in document.elements:
        if one.name in NEVER:
            yield f"{one} acts"
        if one.name == "script" and not is_ours(one):
            yield f"{one} is a script of somebody else"
        if one.name == "meta" and one.get("http-equiv"):
            yield f"{one} sends people elsewhere"
        yield from in_attributes(one)


def is_ours(script: Element) -> bool:
    """A file of the site, or data."""
    return (script.get("src") or "").startswith("/static/") or script.get("type") == "application/ld+json"


def in_attributes(one: Element) -> Iterator[str]:
    """Handlers, styles and addresses that act."""
    for name, value in one.attributes.items():
        local = name.rpartition("}")[2]
        if local.startswith("on") or local in {"style", "srcdoc", "ping"}:
            yield f"{one}: {name}"
        elif (name in LEADING or local == "href") and value and not MAY_LEAD.match(UNSEEN.sub("", value)):
            yield f"{one}: {name} leads to {value!r}"
