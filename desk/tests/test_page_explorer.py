"""The list of pages under one page: what its rows offer, and what it asks the database."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk.tests.staff import someone
from home.first_content import ensure_first_content
from home.models import StandardPage

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r'<a href="([^"?]+)')


def pages(number, under):
    for one in range(number):
        under.add_child(instance=StandardPage(title=f"Page {one}", lede="One of many.", slug=f"page-{one}"))


@pytest.fixture
def parent():
    return ensure_first_content().add_child(instance=StandardPage(title="Many", lede="Pages.", slug="many"))


@pytest.fixture
def explorer(client, parent):
    client.force_login(someone("Owner"))
    return client, reverse("wagtailadmin_explore", args=[parent.pk])


def test_the_explorer_asks_as_much_for_a_thousand_pages_as_for_two(explorer, parent):
    client, address = explorer
    asked = []
    for number, shown in ((2, 2), (40, 25)):
        parent.get_children().delete()
        parent = StandardPage.objects.get(pk=parent.pk)
        pages(number, parent)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address).content.decode()
        assert page.count('class="bulk-action-checkbox"') == shown
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 35


def to(page, *names):
    return [reverse(f"wagtailadmin_pages:{name}", args=[page.pk]) for name in names]


def test_the_menu_of_a_row_offers_what_the_row_itself_does_not(explorer, parent):
    client, address = explorer
    pages(2, parent)
    leaf, branch = parent.get_children()
    branch.add_child(instance=StandardPage(title="Beneath", lede="A page.", slug="beneath"))
    page = client.get(address).content.decode()
    rows = page.split("<tbody>")[-1].split("</tr>")
    menus = ["".join(row.split("</ul>")[0].split('class="w-dropdown__content"')[1:]) for row in rows[:2]]
    assert ADDRESS.findall(menus[0]) == to(leaf, "move", "copy", "delete", "unpublish", "history")
    # What has pages beneath it is not deleted with them.
    order = reverse("wagtailadmin_explore", args=[branch.pk])
    assert ADDRESS.findall(menus[1]) == [*to(branch, "add_subpage", "move", "copy", "unpublish", "history"), order]
    for row, one in zip(rows, (leaf, branch), strict=False):
        assert f'href="{reverse("wagtailadmin_pages:edit", args=[one.pk])}" title="Edit this page"' in row
        assert f'href="{one.url}" class="w-status' in row
    assert f'href="{reverse("wagtailadmin_pages:add_subpage", args=[leaf.pk])}"' in rows[0]


def test_the_list_is_filtered_without_calendars(explorer):
    client, address = explorer
    page = client.get(address).content.decode()
    assert "Page type" in page
    assert "Edited by" in page
    assert "initDateChooser" not in page
    assert "Date updated" not in page
