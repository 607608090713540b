"""A title and a seed make a picture: always the same one, small, harmless and readable."""

import gzip
from random import Random
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.posters import PAPERS, Poster, draw, poster_for, version
from home.posters.choosing import CHOICES, KINDS, LAYOUTS, LONG_TITLE, PERSON, WORDS
from home.posters.frames import FRAMES, framed
from home.posters.kit import SHAPES
from home.posters.scissors import chance
from home.posters.sheets import QUIET
from home.tests.contrast import ratio

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("paper", PAPERS)
def test_every_poster_is_a_small_well_formed_picture_of_paths_only(layout, paper):
    for choice in (0, 7, CHOICES - 1):
        svg = draw(Poster(layout, paper, choice))
        tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(svg).iter()}  # noqa: S314 - our own
        assert tags <= {"svg", "style", "path", "g"}
        assert len(gzip.compress(svg.encode())) < 3_000
        assert "prefers-color-scheme:dark" in svg


def test_there_are_about_twenty_layouts_and_every_kind_has_some():
    assert len(LAYOUTS) - 1 >= 20
    assert set().union(*KINDS.values(), {"heart"}) == set(LAYOUTS)
    assert set(LAYOUTS) > QUIET
    assert set(WORDS) - {"heart"} <= set(KINDS)


@pytest.mark.parametrize("layout", sorted(set(LAYOUTS) - {PERSON}))
@pytest.mark.parametrize("frame", FRAMES.values(), ids=[name or "tall" for name in FRAMES])
def test_the_plus_is_whole_in_every_frame_and_slabs_still_reach_the_edge(layout, frame):
    for seed in range(0, CHOICES, 5):
        sheet = LAYOUTS[layout](Random(seed))
        cut = framed(sheet, frame)
        small = [part for part in cut if part.shape == "plus" and part.width < 200]
        assert all(part.y >= 0 and part.y + part.height <= frame.height for part in small)
        for before, after in zip(sheet, cut, strict=True):
            if before.shape == "slab" and before.y + before.height == 500:
                assert after.y + after.height == pytest.approx(frame.height)


def test_a_frame_is_a_part_of_the_address_and_people_have_one_only(client):
    wide = Poster("tide", "mint", 7).cut_to("wide")
    assert wide.name == "tide-mint-7-wide"
    assert Poster.named(wide.name) == wide
    assert 'viewBox="0 0 400 300"' in client.get(f"/posters/{version()}/{wide.name}.svg").text
    assert Poster(PERSON, "mint", 7).cut_to("wide") == Poster(PERSON, "mint", 7)
    assert Poster("tide", "mint", 7).cut_to("no such frame") == Poster("tide", "mint", 7)


def test_neighbours_in_a_list_differ():
    row = [poster_for("The same title", "program", avoid="yellow", turn=number) for number in range(1, 9)]
    assert all(one.layout != other.layout for one, other in zip(row, row[1:], strict=False))
    assert len({poster.paper for poster in row}) >= 4


@pytest.mark.parametrize("band", ["cream", "yellow", "blush", "mint", "cream blush"])
def test_no_edge_of_a_poster_melts_into_its_band(band):
    """Neither its ground nor what lies along its lower edge has the colour of the band."""
    colours = {PAPERS[name].day["g"] for name in band.split()}
    for kind in sorted(set(KINDS) - {PERSON, "cookies"}):
        for seed in range(20):
            poster = poster_for("Something", kind, seed=str(seed), avoid=band)
            slots = PAPERS[poster.paper].day
            assert slots["g"] not in colours
            for part in LAYOUTS[poster.layout](Random(0)):
                if part.shape in {"slab", "wave", "swell"} and part.y + part.height >= 500:
                    assert slots[part.inks[0]] not in colours, (poster, part)


def test_shoulders_are_seen_on_the_band_that_a_person_stands_on():
    papers = {poster_for(f"Person {number}", PERSON, avoid="mint").paper for number in range(40)}
    assert papers <= {name for name in PAPERS if PAPERS[name].day["a"] != PAPERS["mint"].day["g"]} - {"mint"}
    assert len(papers) >= 3


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_poster_has_one_plus_and_it_is_tilted(layout):
    for seed in range(CHOICES):
        pluses = [part for part in LAYOUTS[layout](Random(seed)) if part.shape == "plus"]
        assert len([part for part in pluses if part.width < 200]) == (0 if layout == "sum" else 1)
        assert all(part.turn for part in pluses)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_parts_name_shapes_of_the_kit_and_slots_of_the_papers(layout):
    for seed in range(CHOICES):
        for part in LAYOUTS[layout](Random(seed)):
            assert part.shape in SHAPES
            assert set(part.inks) <= set(PAPERS["mint"].day)


@pytest.mark.parametrize("layout", sorted(set(LAYOUTS) - {PERSON}))
def test_the_field_of_the_date_stays_empty(layout):
    """Nothing reaches into the upper left, where a month and a day stand: 150 by 140 of the sheet."""
    for seed in range(CHOICES):
        for part in LAYOUTS[layout](Random(seed)):
            if part.shape in {"quarter", "quarter-rings", "hoop", "disc"}:
                continue  # round: the corner of their box is empty; the next test sees them
            assert part.x >= 150 or part.y >= 120, (layout, part)


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_a_date_on_a_poster_is_readable_by_day_and_by_night(paper):
    assert ratio(paper.words_by_day, paper.day["g"]) >= 4.5
    assert ratio(paper.words_by_night, paper.night["g"]) >= 4.5


@given(st.text(max_size=300), st.sampled_from([*KINDS, "no such kind"]), st.text(max_size=20))
def test_any_title_gets_the_same_poster_twice(title, kind, seed):
    first = poster_for(title, kind, seed=seed)
    assert first == poster_for(title, kind, seed=seed)
    assert Poster.named(first.name) == first
    assert draw(first)


def test_a_seed_shuffles_and_an_executives_paper_is_kept():
    assert len({poster_for("Intro to Python", "event", seed=str(seed)) for seed in range(12)}) > 6
    assert {poster_for("Tea", seed=str(seed), paper="navy").paper for seed in range(9)} == {"navy"}
    assert poster_for("Tea", paper="tartan").paper in PAPERS


def test_spaces_and_capitals_do_not_change_a_poster():
    assert poster_for(" Intro  to Python ") == poster_for("intro to python")


def test_words_of_a_title_choose_the_picture():
    assert poster_for("Cookies & Code", "event").layout in KINDS["cookies"]
    assert poster_for("Hack with Heart pitches", "event").layout == "heart"
    assert poster_for("Digital art night", "event").layout in KINDS["event"]
    assert poster_for("Git without tears", "event").layout in KINDS["workshop"], "tears are no tea"
    assert poster_for("Teas of the world", "event").layout in KINDS["cookies"]


def test_a_long_title_gets_a_quiet_sheet():
    title = "A very long evening about everything nobody told us before the first term"
    assert len(title) > LONG_TITLE
    assert {poster_for(title, "event", seed=str(seed)).layout for seed in range(30)} <= QUIET


def test_chance_is_the_same_in_every_process():
    assert chance("wits").random() == pytest.approx(0.2350397114, abs=1e-9)


def test_the_file_is_kept_for_a_year_and_an_old_address_for_an_hour(client):
    response = client.get(f"/posters/{version()}/tide-mint-7.svg")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert client.get("/posters/before/tide-mint-7.svg")["Cache-Control"] == "public, max-age=3600"


NONE = ["tide", "tide-mint", "tide-mint-99", "tide-mint-٣", "none-mint-1", "tide-plaid-1", "tide-mint-1-round"]


@pytest.mark.parametrize("name", NONE)
def test_a_poster_there_is_not_is_not_found(client, home, name):
    assert client.get(f"/posters/{version()}/{name}.svg").status_code == 404
