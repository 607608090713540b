"""The report on broken links: who reads it, what it leads to, and its buttons."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desk.tests.attention import lines
from desk.tests.staff import someone
from home.broken_links import nights
from home.broken_links.collecting import collect
from home.broken_links.records import Link
from home.first_content import ensure_first_content
from home.models import SiteSettings
from home.tests.factories import PartnerFactory, StandardPageFactory
from outbox.models import Delivery
from outbox.worker import drain

pytestmark = pytest.mark.django_db
REPORT = reverse("broken-links")


@pytest.fixture
def advice():
    """A page with a link to a page that is gone."""
    ensure_first_content()
    page = StandardPageFactory(
        title="Advice", body=[("section", {"heading": "One", "text": '<a linktype="page" id="999999">See it</a>'})]
    )
    page.save_revision().publish()
    return page


@pytest.fixture
def broken(advice):
    nights.begin_night()
    return Link.objects.get(address="page:999999")


def as_(client, position):
    user = someone(position)
    client.force_login(user)
    return user


def test_a_broken_link_is_named_with_what_it_says_where_it_stands_and_since_when(client, broken, advice):
    as_(client, "Editor")
    html = client.get(REPORT).content.decode()
    edit = reverse("wagtailadmin_pages:edit", args=[advice.pk])
    assert f'<a href="{edit}"><bdi>Advice</bdi></a>' in html
    assert "“See it”" in html
    assert "The page it leads to was deleted." in html
    assert f"{timezone.localdate().day} {timezone.localdate():%B %Y}" in html


def test_where_all_is_well_the_report_says_so_once_somebody_has_looked(client):
    ensure_first_content()
    as_(client, "Editor")
    well = "All is well: no link of the site is known to lead nowhere."
    before = client.get(REPORT).content.decode()
    assert well not in before
    assert "Links that lead nowhere will stand here." in before
    nights.begin_night()
    assert well in client.get(REPORT).content.decode()


def test_who_may_not_change_a_place_reads_where_it_is_without_a_link(client):
    site = ensure_first_content() and SiteSettings.objects.get()
    site.menu = [("link", {"text": "Away", "address": "/nothing/"})]
    site.save()
    nights.begin_night()
    as_(client, "Editor")
    with_right = client.get(REPORT).content.decode()
    reader = someone("")
    reader.user_permissions.add(*_rights("view_link", "access_admin"))
    client.force_login(reader)
    without = client.get(REPORT).content.decode()
    assert "Away" in with_right
    assert "Away" in without
    assert f'/settings/home/sitesettings/{site.pk}/"><bdi>' in with_right
    assert f'/settings/home/sitesettings/{site.pk}/"><bdi>' not in without


def _rights(*names):
    return Permission.objects.filter(codename__in=names)


@pytest.mark.parametrize(("position", "may"), [("Editor", True), ("Owner", True), ("Treasurer", False)])
def test_links_are_for_those_who_change_content(client, broken, position, may):
    user = as_(client, position)
    assert (client.get(REPORT).status_code == 200) is may
    assert any("deleted" in line.words for line in lines(user)) is may
    assert ("Broken links" in client.get("/admin/").content.decode()) is may
    answers = {client.post(url).status_code for url in (reverse("broken-links-now"), _now(broken))}
    assert Delivery.objects.filter(channel="links", payload__has_key="link").exists() is may
    assert len(answers) == 1


def _now(link):
    return reverse("broken-link-now", args=[link.pk])


def test_looking_again_finds_what_was_mended(client, broken, advice):
    as_(client, "Editor")
    type(advice).objects.filter(pk=advice.pk).update(body="[]")
    assert client.get(_now(broken)).status_code == 405
    client.post(reverse("broken-links-now"))
    drain()
    assert not Link.objects.filter(pk=broken.pk).exists()


def test_pressed_twice_is_one_look(client, broken, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    as_(client, "Editor")
    for _ in range(2):
        client.post(_now(broken))
        client.post(reverse("broken-links-now"))
    assert Delivery.objects.filter(kind=nights.ONE).count() == 1
    assert Delivery.objects.filter(kind=nights.ROUND, payload__night=False).count() == 1


def test_the_report_leaves_as_a_table(client, broken):
    as_(client, "Owner")
    answer = client.get(f"{REPORT}?export=csv")
    assert "The page it leads to was deleted." in b"".join(answer.streaming_content).decode()


def test_forty_broken_links_ask_no_more_than_four(client):
    ensure_first_content()
    as_(client, "Editor")

    def asked(number):
        for n in range(number):
            PartnerFactory(link=f"http://testserver/nothing-{n}/")
        collect()
        nights.look_inside(timezone.now())
        client.get(REPORT)
        with CaptureQueriesContext(connection) as queries:
            client.get(REPORT)
        return [query["sql"] for query in queries]

    few = asked(4)
    assert len(asked(36)) == len(few)


def test_reports_hold_what_executives_read_and_nothing_else(client):
    as_(client, "Editor")
    menu = client.get("/admin/").content.decode()
    assert '"name": "aging-pages"' in menu
    for name in ("locked-pages", "workflows", "workflow-tasks", "site-history", "page-types-usage"):
        assert f'"name": "{name}"' not in menu
