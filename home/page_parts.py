"""Parts that the first pages of a site and those of the demonstration are put together from."""

from typing import Any

Part = tuple[str, Any]

MAIL = "wits.uwo@gmail.com"
WRITE = f'<a href="mailto:{MAIL}">{MAIL}</a>'


def paragraphs(*texts: str) -> str:
    """Each text as a paragraph."""
    return "".join(f"<p>{text}</p>" for text in texts)


def listed(*items: str) -> str:
    """A bulleted list."""
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def section(heading: str, *texts: str, then: str = "") -> Part:
    """A section of plain paragraphs; `then` is HTML that follows them, such as a list."""
    return "section", {"heading": heading, "text": paragraphs(*texts) + then}


def wave(tone: str) -> Part:
    """What follows lies on a band of this colour."""
    return "wave", {"tone": tone}


def link(text: str, address: str) -> dict[str, Any]:
    """A link by its address."""
    return {"text": text, "page": None, "address": address}


def quote(words: str, name: str, about: str, portrait: int) -> Part:
    """What somebody said."""
    return "quote", {"words": words, "name": name, "about": about, "portrait": f"portrait-{portrait}"}


def steps(heading: str, *pairs: tuple[str, str]) -> Part:
    """What happens first, second, third."""
    return "steps", {"heading": heading, "steps": [{"title": title, "text": text} for title, text in pairs]}


def questions(heading: str, *pairs: tuple[str, str]) -> Part:
    """Questions, each with the HTML of its answer."""
    asked = [{"question": question, "answer": paragraphs(answer)} for question, answer in pairs]
    return "faq", {"heading": heading, "questions": asked}


def cards(heading: str, *rows: tuple[str, str, str, str], look: str = "words") -> Part:
    """Things side by side: title, text, words of the link and its address (both may be empty)."""
    made = [{"title": title, "text": text, "link": link(words, address)} for title, text, words, address in rows]
    return "cards", {"heading": heading, "cards": made, "look": look}


def leads(heading: str, *rows: tuple[str, str, str], text: str = "") -> Part:
    """Links under one heading: title, address, why it is worth a click."""
    made = [{"title": title, "address": address, "text": why} for title, address, why in rows]
    return "leads", {"heading": heading, "text": text, "leads": made}


def contacts(heading: str, *rows: tuple[str, str, str]) -> Part:
    """Whom to write to: the reason, who reads it, what to put in."""
    made = [{"title": title, "who": who, "text": text, "mail": MAIL} for title, who, text in rows]
    return "contacts", {"heading": heading, "contacts": made}


def call(heading: str, text: str, words: str, address: str) -> Part:
    """A box that asks for one thing."""
    return "call", {"heading": heading, "text": text, "link": link(words, address)}
