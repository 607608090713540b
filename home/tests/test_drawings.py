"""The site's own drawings: small, harmless, whole, and drawn for the night as well."""

import gzip
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings

from home.drawings import DRAWINGS, OPEN_DRAWINGS, PORTRAIT_DRAWINGS, SCENE_DRAWINGS, picture_choices
from home.tones import TONES

FOLDER = Path(settings.BASE_DIR) / "static" / "images" / "drawings"
HARMLESS = {"svg", "style", "defs", "g", "path", "use", "clipPath", "rect", "circle", "ellipse"}


def test_every_file_is_a_drawing_that_can_be_chosen():
    assert {path.stem for path in FOLDER.iterdir()} == set(DRAWINGS)
    assert len({drawing.label for drawing in DRAWINGS.values()}) == len(DRAWINGS)
    assert dict(picture_choices()).keys() == (OPEN_DRAWINGS | SCENE_DRAWINGS).keys()


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)
def test_a_drawing_is_small_and_holds_nothing_but_shapes(drawing):
    text = (FOLDER / f"{drawing.name}.svg").read_text(encoding="utf-8")
    root = ET.fromstring(text)  # noqa: S314 - our own
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= HARMLESS
    assert [float(number) for number in root.attrib["viewBox"].split()][2:] == [drawing.width, drawing.height]
    assert re.findall(r"(?:https?:)?//[^\"]+", text) == ["http://www.w3.org/2000/svg"]
    assert len(gzip.compress(text.encode())) < 8_000


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)
def test_each_of_its_ids_is_named_once_and_all_that_it_uses_are_there(drawing):
    text = (FOLDER / f"{drawing.name}.svg").read_text(encoding="utf-8")
    named = re.findall(r' id="([^"]+)"', text)
    assert len(named) == len(set(named))
    assert set(re.findall(r'(?:href="|url\()#([\w-]+)', text)) <= set(named)


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)
def test_it_is_drawn_for_the_night_and_told_to_who_does_not_see_it(drawing):
    text = (FOLDER / f"{drawing.name}.svg").read_text(encoding="utf-8")
    assert re.search(r"@media\(prefers-color-scheme:dark\)\{\.", text)
    assert drawing.description.endswith(".")
    assert drawing.tone in {"sea", *dict(TONES)}


def test_no_two_portraits_have_the_same_words():
    assert len({portrait.description for portrait in PORTRAIT_DRAWINGS.values()}) == len(PORTRAIT_DRAWINGS) >= 16
