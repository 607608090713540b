"""The pictures show a page of every kind there is."""

import pytest
from wagtail.models import Page

from home.models import OutsideProgramPage
from wits_site.screenshots import README_PICTURES, pages

pytestmark = pytest.mark.any_database


@pytest.mark.django_db
def test_there_is_a_picture_of_every_kind_of_page(client, demonstration):
    found = pages()
    pages_of_ours = Page.objects.live().public().filter(depth__gt=1).not_exact_type(OutsideProgramPage).specific()
    kinds = {type(page) for page in pages_of_ours}
    assert len(found) == len(kinds)
    assert {kind for *_, kind in README_PICTURES} <= set(found)
    for address in found.values():
        assert client.get(address).status_code == 200
