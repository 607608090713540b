"""A fresh site is never empty and knows its own address."""

from wagtail.models import Locale, Page, Site

from home.first_content import ensure_first_content
from home.models import HomePage, SiteSettings


def test_a_site_without_migrations_gets_a_home_page_that_answers(client, db):
    home = ensure_first_content()
    assert home.live
    assert client.get("/").status_code == 200
    assert SiteSettings.objects.count() == 1
    assert Locale.objects.count() == 1


def test_a_second_time_changes_nothing(db):
    ensure_first_content()
    before = list(Page.objects.values()), list(Site.objects.values()), list(SiteSettings.objects.values())
    ensure_first_content()
    assert (list(Page.objects.values()), list(Site.objects.values()), list(SiteSettings.objects.values())) == before


def test_what_an_executive_wrote_stays(db):
    home = ensure_first_content()
    HomePage.objects.filter(pk=home.pk).update(hero_title="Ours", slug="welcome")
    SiteSettings.objects.update(name="The club")
    ensure_first_content()
    assert HomePage.objects.get().hero_title == "Ours"
    assert SiteSettings.objects.get().name == "The club"


def test_the_site_record_follows_the_setting(db, settings):
    ensure_first_content()
    settings.SITE_URL = "https://wits.example"
    ensure_first_content()
    site = Site.objects.get()
    assert (site.hostname, site.port, site.is_default_site) == ("wits.example", 443, True)
    settings.SITE_URL = "http://127.0.0.1:8123"
    ensure_first_content()
    assert (Site.objects.get().hostname, Site.objects.get().port) == ("127.0.0.1", 8123)


def test_wagtails_own_welcome_page_gives_way(db):
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    HomePage.objects.all().delete()
    root.refresh_from_db()
    root.add_child(instance=Page(title="Welcome to your new Wagtail site!", slug="home"))
    home = ensure_first_content()
    assert home.slug == "home"
    assert not Page.objects.filter(title__startswith="Welcome to your new").exists()
