"""The pictures show a page of every kind there is."""

import pytest
from wagtail.models import Page

from wits_site import demo
from wits_site.screenshots import README_PICTURES, pages


@pytest.fixture
def demonstration(db):
    return list(demo.make())


def test_there_is_a_picture_of_every_kind_of_page(client, demonstration):
    found = pages()
    kinds = {type(page) for page in Page.objects.live().public().filter(depth__gt=1).specific()}
    assert len(found) == len(kinds)
    assert {kind for *_, kind in README_PICTURES} <= set(found)
    for name, address in found.items():
        assert client.get(address).status_code == (302 if name == "outside-program" else 200), name
