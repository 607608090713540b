"""What the demonstration's articles are put together from."""

from typing import Any

Block = tuple[str, Any]


def text(*paragraphs: str) -> Block:
    """Paragraphs without a heading."""
    return "rich_text", "".join(f"<p>{words}</p>" for words in paragraphs)


def section(heading: str, *paragraphs: str) -> Block:
    """A heading and its paragraphs."""
    return "section", {"heading": heading, "text": "".join(f"<p>{words}</p>" for words in paragraphs)}


def quote(words: str, name: str, about: str, portrait: str = "") -> Block:
    """Somebody's words, set large."""
    return "quote", {"words": words, "name": name, "about": about, "portrait": portrait}


def steps(heading: str, *titles_and_texts: tuple[str, str]) -> Block:
    """Numbered steps."""
    return "steps", {"heading": heading, "steps": [{"title": one, "text": rest} for one, rest in titles_and_texts]}
