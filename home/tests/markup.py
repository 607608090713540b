"""Reading the HTML of a response."""

import json
from html.parser import HTMLParser
from typing import Any

# JSON in a script element is data: it never runs.
DATA_TYPES = {"application/json", "application/ld+json"}


class Markup(HTMLParser):
    """What the tests ask about a page: its elements in order, and the words of each `a`, `h1` and `title`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[str, list[str]] = {"a": [], "h1": [], "title": []}
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in self.words:
            self._open.append(tag)
            self.words[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for tag in self._open:
            self.words[tag][-1] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def links(self) -> dict[str, str | None]:
        """Where each link's words lead."""
        hrefs = [attributes.get("href") for attributes in self.all("a")]
        return {" ".join(words.split()): href for words, href in zip(self.words["a"], hrefs, strict=True)}


def edges_of(html: str) -> list[str]:
    """The waves of a page, from the top to the footer, each as the path it is drawn with."""
    return [part.split('<path d="')[1].split('"')[0] for part in html.split('class="wave"')[1:]]


def breaches(html: str) -> list[str]:
    """What the policy forbids in a page: inline styles and scripts, handlers, data addresses, other hosts' files."""
    found = []
    for tag, attributes in Markup(html).elements:
        if tag == "style" or "style" in attributes:
            found.append(f"{tag}: inline style")
        if tag == "script" and "src" not in attributes and attributes.get("type") not in DATA_TYPES:
            found.append("inline script")
        found += [f"{tag}: {name}" for name in attributes if name.startswith("on")]
        for name in ("src", "srcset"):
            if (attributes.get(name) or "").startswith(("data:", "http:", "https:", "//")):
                found.append(f"{tag}: {name} {attributes[name]}")
        if (attributes.get("href") or "").lower().startswith(("javascript:", "data:")):
            found.append(f"{tag}: {attributes['href']}")
    return found


def facts(html: str) -> list[dict[str, Any]]:
    """The structured data of a page: the things of its one graph."""
    start = html.index('<script type="application/ld+json">')
    graph = json.loads(html[html.index(">", start) + 1 : html.index("</script>", start)])
    assert graph["@context"] == "https://schema.org"
    return graph["@graph"]


def head(html: str) -> dict[str, str | None]:
    """What the meta elements of a page say, by name or property, and its canonical address."""
    markup = Markup(html)
    said = {meta.get("name") or meta.get("property") or "": meta.get("content") for meta in markup.all("meta")}
    links = [link for link in markup.all("link") if link.get("rel") == "canonical"]
    assert len(links) <= 1
    return said | {"title": markup.words["title"][0], "canonical": links[0]["href"] if links else None}


def seen(client: Any, path: str) -> str:
    """A page as a visitor gets it, whose markup is whole."""
    html: str = client.get(path).content.decode()
    assert breaches(html) == []
    return html


def of_type(things: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """Of what a page tells search engines, what is of one type."""
    return [thing for thing in things if thing["@type"] == name]
