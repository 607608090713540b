"""What a fresh site begins with."""

import pytest

from membership.first_content import ensure_levels
from membership.models import Level, Perk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_yet(db):
    Perk.objects.all().delete()
    Level.objects.all().delete()


def test_a_fresh_site_has_a_free_level_and_one_for_fifteen_dollars():
    ensure_levels()
    assert list(Level.objects.values_list("slug", "price_cents", "currency")) == [
        ("wits-member", 1500, "cad"),
        ("general", 0, "cad"),
    ]
    for row in (*Level.objects.all(), *Perk.objects.all()):
        row.full_clean()
    assert (
        Perk.objects.filter(levels__slug="general").count() < Perk.objects.filter(levels__slug="wits-member").count()
    )


def test_what_the_club_changed_stays():
    ensure_levels()
    Level.objects.filter(slug="wits-member").update(price_cents=2000)
    Perk.objects.all().delete()
    ensure_levels()
    assert Level.objects.get(slug="wits-member").price_cents == 2000
    assert not Perk.objects.exists()
