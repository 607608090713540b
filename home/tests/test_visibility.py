"""Who may see a page is asked once, and answered as Wagtail itself would."""

import pytest
from wagtail.models import Page, PageViewRestriction

from home.tests.factories import StandardPageFactory


@pytest.fixture
def tree(home):
    """Three pages below each other."""
    top = StandardPageFactory(slug="top")
    middle = StandardPageFactory(slug="middle", parent=top)
    return top, middle, StandardPageFactory(slug="low", parent=middle)


def close(page):
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def as_wagtail_says(page):
    return set(Page.get_view_restrictions(page))


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_page_is_kept_for_some_where_it_or_a_page_above_is(client, tree, number):
    kept = close(tree[number])
    for place, page in enumerate(tree):
        assert set(page.get_view_restrictions()) == as_wagtail_says(page) == ({kept} if place >= number else set())
        assert client.get(page.url).status_code == (302 if place >= number else 200)


def test_a_page_beside_it_is_not(client, tree):
    close(tree[0])
    beside = StandardPageFactory(slug="beside")
    assert not beside.get_view_restrictions().exists()
    assert client.get(beside.url).status_code == 200


def test_an_alias_is_kept_as_its_source_is(client, home, tree):
    alias = tree[2].create_alias(parent=home, update_slug="again")
    twice = alias.create_alias(parent=home, update_slug="and-again")
    assert client.get(alias.url).status_code == 200
    kept = close(tree[2])
    for page in (alias, twice):
        assert set(page.specific.get_view_restrictions()) == as_wagtail_says(page) == {kept}
        assert client.get(page.url).status_code == 302


def test_it_is_one_query(tree, django_assert_num_queries):
    close(tree[1])
    with django_assert_num_queries(1):
        assert len(tree[2].get_view_restrictions()) == 1
