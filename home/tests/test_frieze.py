"""The strip of paper tiles with which every page ends."""

import gzip
import re
from xml.etree import ElementTree as ET

import pytest

from home.posters.frieze import CHOICES, DECK, INKS, TILES, draw_frieze, version
from home.posters.kit import SHAPES
from home.tests.markup import Markup


@pytest.mark.parametrize("choice", range(CHOICES))
def test_no_two_neighbours_have_one_colour(choice):
    svg = draw_frieze(choice)
    grounds = re.findall(r'<path class="(\w)" d="M\d+ 0h101', svg)
    assert len(grounds) == TILES
    assert all(one != next_one for one, next_one in zip(grounds, grounds[1:], strict=False))
    tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(svg).iter()}  # noqa: S314 - our own
    assert tags == {"svg", "style", "path", "g"}
    assert len(gzip.compress(svg.encode())) < 6_000


def test_tiles_are_made_of_the_kit():
    assert {part.shape for _, part in DECK} <= set(SHAPES)
    assert set("".join(ground + part.inks for ground, part in DECK)) <= set(INKS)


def test_a_page_ends_in_one_that_browsers_keep(client, home):
    strip = next(
        image for image in Markup(client.get("/").content.decode()).all("img") if image.get("class") == "frieze"
    )
    assert (strip["alt"], strip["loading"]) == ("", "lazy")
    answer = client.get(strip["src"])
    assert answer["Content-Type"] == "image/svg+xml"
    assert "immutable" in answer["Cache-Control"]
    assert client.get(f"/posters/{version()}/friezes/{CHOICES}.svg").status_code == 404
