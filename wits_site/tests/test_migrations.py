"""A migrated site is never empty. The other tests make their tables without migrations."""

import pytest
from django.conf import settings
from django.core.management import call_command
from wagtail.models import Site

from home.models import HomePage
from membership.models import Level

pytestmark = [pytest.mark.migrations, pytest.mark.django_db]


def test_a_migrated_site_has_a_home_page_levels_and_knows_its_address(client):
    site = Site.objects.get(is_default_site=True)
    assert site.root_url == settings.SITE_URL
    assert isinstance(site.root_page.specific, HomePage)
    assert set(Level.objects.values_list("slug", flat=True)) == {"general", "wits-member"}
    assert client.get("/").status_code == 200


def test_migrating_again_changes_nothing():
    before = (HomePage.objects.count(), Level.objects.count(), Site.objects.count())
    call_command("migrate", interactive=False, verbosity=0)
    assert (HomePage.objects.count(), Level.objects.count(), Site.objects.count()) == before


def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
