"""Sums: two tiles of the kit, the club's plus on their seam, and words under each."""

from itertools import product

import pytest
from django.core.exceptions import ValidationError

from home.models import ProgramPage
from home.posters.sums import GROUNDS, TILES, Sum, choices, draw_sum, version
from home.tests.contrast import ratio
from home.tests.factories import InitiativesPageFactory, ProgramPageFactory
from home.tests.markup import Markup
from home.tones import TONES

pytestmark = pytest.mark.any_database

PAIRS = list(product(TILES, TILES))


def test_every_pair_lies_on_two_papers_and_on_none_of_its_bands_colour():
    for left, right in PAIRS:
        for tone in ["", *dict(TONES)]:
            wanted = Sum(left, right).on(tone)
            one, other = wanted.grounds
            assert one != other
            assert wanted.avoid not in (one, other)


def test_every_pair_is_found_by_its_name():
    for left, right in PAIRS:
        assert Sum.named(f"{left}-{right}") == Sum(left, right)
        assert Sum.named(Sum(left, right).on("salmon").name) == Sum(left, right, "coral")


def test_a_band_that_no_tile_is_like_changes_nothing():
    assert Sum("person", "leaf").on("navy").name == "person-leaf"


@pytest.mark.parametrize(
    "name", ["", "-", "person", "person-", "-leaf", "person-tree", "person-leaf-", "person-leaf-tartan"]
)
def test_what_is_no_sum_is_none(name):
    assert Sum.named(name) is None


@pytest.mark.parametrize("name", TILES)
def test_every_tile_draws_something_that_stands_out_from_its_ground(name):
    svg = draw_sum(Sum(name, name))
    assert svg.count("<svg") == 3
    assert svg.count("<path") >= 4
    for ground in TILES[name].grounds:
        inks = {slot for part in TILES[name].parts for slot in part.inks if slot in "abc"}
        assert not inks or max(ratio(GROUNDS[ground][slot], GROUNDS[ground]["g"]) for slot in inks) > 2


def test_a_picked_tile_has_words_in_the_list():
    assert dict(choices())["leaf"] == "A leaf"
    assert all(label for _, label in choices())


def test_the_file_is_kept_for_a_year_and_an_old_address_for_an_hour(client):
    response = client.get(f"/posters/{version()}/sums/person-leaf.svg")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert client.get("/posters/before/sums/person-leaf-mint.svg")["Cache-Control"] == "public, max-age=3600"


def test_a_sum_there_is_not_is_not_found(client, home):
    assert client.get(f"/posters/{version()}/sums/person-tree.svg").status_code == 404


def test_a_sum_is_read_aloud_as_its_words(client, home):
    program = ProgramPageFactory(
        parent=InitiativesPageFactory(),
        tone="mint",
        sum_left="person",
        sum_left_words="you & me",
        sum_right="leaf",
        sum_right_words="someone <ahead>",
    )
    html = client.get(program.url).content.decode()
    assert "<span>you &amp; me</span> <span>+ someone &lt;ahead&gt;</span>" in html
    tiles = next(image for image in Markup(html).all("img") if "/sums/" in str(image["src"]))
    assert tiles["alt"] == ""
    assert tiles["src"].endswith("/sums/person-leaf-mint.svg")


@pytest.mark.parametrize("missing", ["sum_left", "sum_left_words", "sum_right", "sum_right_words"])
def test_half_a_sum_is_not_saved(missing, db):
    fields = {"sum_left": "person", "sum_left_words": "you", "sum_right": "leaf", "sum_right_words": "Ada"}
    page = ProgramPage(title="Ada", slug="ada", **{**fields, missing: ""})
    with pytest.raises(ValidationError) as raised:
        page.clean()
    assert set(raised.value.message_dict) == {missing}
    ProgramPage(title="Ada", slug="ada", **fields).clean()
