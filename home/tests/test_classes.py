"""Nothing in the stylesheet is left over: every class of it is in some template, and nothing is styled by id."""

import re
from pathlib import Path

from django.conf import settings

from home.stylesheet import stylesheet

ROOT = Path(settings.BASE_DIR)
ATTRIBUTE = re.compile(r'\b(?:class|css)="([^"]*)"')  # css: what the picture tag calls it
ROOMS = ("home", "events", "membership")


def styled() -> set[str]:
    """The classes in the stylesheet's selectors."""
    selectors = re.sub(r'"[^"]*"|url\([^)]*\)', "", stylesheet())
    return set(re.findall(r"\.(-?[a-z_][\w-]*)", "".join(re.findall(r"([^{}]*)\{", selectors))))


def used() -> re.Pattern[str]:
    """The classes in templates, tags and scripts; where a value is filled in, anything may stand."""
    templates = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")]
    code = [
        path.read_text(encoding="utf-8")
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if "tests" not in path.parts and "migrations" not in path.parts
    ]
    found = set()
    for text in templates + code:
        plain = re.sub(r"\{%.*?%\}", " ", re.sub(r"\{\{.*?\}\}", "*", text))
        given_to_tags = [tag for tag in re.findall(r"\{%.*?%\}", text) if ATTRIBUTE.search(tag)]
        values = ATTRIBUTE.findall("".join([plain, *given_to_tags]))
        found |= {name for value in values for name in value.split()}
    scripts = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "static" / "js").glob("*.js"))
    found |= set(re.findall(r'classList\.\w+\("([\w-]+)"', scripts))
    return re.compile("|".join(re.escape(name).replace(r"\*", r"[\w-]+") for name in found if name.strip("*{}")))


def test_every_class_of_the_stylesheet_is_used():
    names = used()
    assert sorted(name for name in styled() if not names.fullmatch(name)) == []


def test_nothing_is_styled_by_its_id():
    selectors = "".join(re.findall(r"([^{}]*)\{", stylesheet()))
    assert re.findall(r"#[a-z][\w-]*", selectors) == []
