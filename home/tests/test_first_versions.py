"""The words a page came with can be brought back after they were changed."""

import pytest
from django.urls import reverse

from home.first_content import ensure_first_content
from home.first_versions import keep_first_versions

pytestmark = pytest.mark.django_db


def test_the_first_words_of_a_page_can_be_brought_back():
    home = ensure_first_content()
    keep_first_versions()
    first = home.revisions.get()
    home.refresh_from_db()
    words = home.hero_title
    home.hero_title = "Something else"
    home.save_revision().publish()
    first.publish()
    home.refresh_from_db()
    assert home.hero_title == words


def test_the_history_in_the_admin_leads_to_it(admin_client):
    home = ensure_first_content()
    keep_first_versions()
    first = home.revisions.get()
    home.refresh_from_db()
    home.save_revision(log_action=True)
    html = admin_client.get(reverse("wagtailadmin_pages:history", args=[home.pk])).content.decode()
    assert reverse("wagtailadmin_pages:revisions_revert", args=[home.pk, first.pk]) in html


def test_a_first_version_is_the_one_that_is_live_and_no_draft():
    home = ensure_first_content()
    keep_first_versions()
    home.refresh_from_db()
    assert home.live_revision == home.latest_revision
    assert not home.has_unpublished_changes


def test_a_page_that_has_versions_gets_no_other():
    home = ensure_first_content()
    keep_first_versions()
    keep_first_versions()
    assert home.revisions.count() == 1
