"""Where the words of a page come from: what executives wrote stands in the other alphabet, the rest must be known."""

import re
from collections.abc import Iterable, Iterator

from wits_site.tests.reading.alphabet import is_ours
from wits_site.tests.reading.tree import Document, Element

UNSEEN = {"script", "style", "template"}
SAID = ("alt", "aria-label", "aria-description", "title", "placeholder", "data-title", "label")
SUBMITS = {"submit", "button", "reset"}
# What a search engine or a shared link shows of a page.
TOLD = {"description", "og:title", "og:description", "og:site_name", "og:image:alt"}

DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b"
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b)"
)
DATE = re.compile(
    rf"(?:(?:{DAY}),? )?\d{{1,2}} {MONTH}(?: \d{{4}})?|{MONTH}(?: \d{{1,2}})?(?:,? \d{{4}})?|(?:{DAY}), {MONTH}"
)
HOUR = re.compile(r"\b\d{1,2}(?::\d\d)?(?: ?[ap]m| ?[ap]\.m\.)?\b")
ADDRESS = re.compile(r"https?://\S+|[\w.+-]+@[\w-]+\.[\w.]+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b")


def complaints(document: Document, interface: "Interface") -> Iterator[str]:
    """Each text of a page that neither an executive wrote nor the list of interface words has."""
    for where, text in seen(document):
        if unknown := interface.unknown(text):
            yield f"{where}: “{unknown}” in “{text[:100]}”"


def seen(document: Document) -> Iterator[tuple[str, str]]:
    """Every text that somebody sees, hears or is shown of a page, and where it stands."""
    for one in document.elements:
        if one.name in UNSEEN or any(above.name in UNSEEN for above in one.ancestors):
            continue
        for text in one.content:
            if isinstance(text, str) and text.strip():
                yield one.name, " ".join(text.split())
        yield from _attributes(one)


def _attributes(one: Element) -> Iterator[tuple[str, str]]:
    for name in SAID:
        if text := one.get(name):
            yield f"{name} of {one.name}", " ".join(text.split())
    if one.name == "input" and one.get("type") in SUBMITS and one.get("value"):
        yield "button", str(one.get("value"))
    if one.name == "meta" and TOLD & {one.get("name"), one.get("property")}:
        yield "meta", " ".join(str(one.get("content")).split())


class Interface:
    """The list of words that stay in the code. A `{place}` in one stands for a number, a day or executives' words."""

    def __init__(self, words: Iterable[str], names: Iterable[str] = ()) -> None:
        """`names` are those of others, such as Instagram, which nobody rewords."""
        longest_first = sorted({*words, *names} - {""}, key=len, reverse=True)
        self._known = re.compile("|".join(_pattern(text) for text in longest_first))

    def unknown(self, text: str) -> str:
        """What is left of a text in our alphabet without days, hours, addresses and the words of the list."""
        for known in (ADDRESS, DATE, self._known, HOUR):
            text = known.sub(" ", text)
        return " ".join(text.split()) if any(map(is_ours, text)) else ""


def _pattern(text: str) -> str:
    """Whole words only, so that “Open” of the list does not excuse “Opening times” in a template."""
    parts = re.split(r"\{\w*\}", text.strip())
    inside = r"[^A-Za-z]*?".join(re.escape(part) for part in parts)
    return rf"(?<!\w){inside}(?!\w)" if text[0].isalpha() and text[-1].isalpha() else inside
