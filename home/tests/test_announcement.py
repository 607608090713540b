"""The bar above the header comes and goes by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from home.models import SiteSettings
from home.tests.factories import StandardPageFactory
from home.tests.frames import link
from home.tests.markup import Markup

pytestmark = pytest.mark.any_database

# The night in which clocks go back: 1:30 comes twice in London, Ontario, and these are the two.
BEGINS = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
ENDS = BEGINS + timedelta(hours=1)


def is_there(client):
    return 'class="announcement' in client.get("/").content.decode()


@pytest.fixture
def site(home):
    site = SiteSettings.load()
    site.announcement = "Ada <closes> on Friday."
    site.save()
    return site


def test_without_words_there_is_none(client, home):
    assert not is_there(client)
    SiteSettings.objects.update(announcement="   ")
    assert not is_there(client)


def test_its_words_and_its_link_stand_above_the_header(client, site):
    site.announcement_link = [("link", link("Apply", StandardPageFactory(slug="ada")))]
    site.announcement_tone = "salmon"
    site.save()
    html = client.get("/").content.decode()
    assert '<aside class="announcement tone-salmon" aria-label="Announcement">' in html
    assert "Ada &lt;closes&gt; on Friday." in html
    assert Markup(html).links()["Apply"] == "/ada/"
    assert html.index("Ada &lt;closes") < html.index("<header")


def test_it_comes_at_its_first_moment_and_is_gone_at_its_last(client, site, time_machine):
    site.announcement_from, site.announcement_until = BEGINS, ENDS
    site.full_clean()
    site.save()
    for moment, there in [
        (BEGINS - timedelta(microseconds=1), False),
        (BEGINS, True),
        (ENDS - timedelta(microseconds=1), True),
        (ENDS, False),
    ]:
        time_machine.move_to(moment, tick=False)
        assert is_there(client) is there, moment


def test_one_end_is_enough(client, site, time_machine):
    time_machine.move_to(BEGINS, tick=False)
    SiteSettings.objects.update(announcement_from=BEGINS + timedelta(seconds=1))
    assert not is_there(client)
    SiteSettings.objects.update(announcement_from=None, announcement_until=BEGINS + timedelta(seconds=1))
    assert is_there(client)


def test_one_that_would_be_gone_before_it_comes_is_refused(site):
    site.announcement_from, site.announcement_until = ENDS, ENDS
    with pytest.raises(ValidationError) as refused:
        site.full_clean()
    assert set(refused.value.message_dict) == {"announcement_until"}


def test_executives_find_it_on_its_own_tab(admin_client, home):
    html = admin_client.get(reverse("wagtailsettings:edit", args=["home", "sitesettings"]), follow=True)
    assert "A bar above every page" in html.content.decode()
