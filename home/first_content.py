"""What a fresh site needs before anybody can see or edit it."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Collection, Locale, Page, Site

from home.home_page import HomePage
from home.site_settings import SiteSettings

WELCOME = {
    "title": "Women in tech at Western University",
    "hero_title": "Tech is better with *you* in it.",
    "lede": "WITS is where women+ at Western learn to code, find a mentor, meet the people who hire, and eat a "
    "surprising number of cookies.",
    "drawing": "big-screen",
}


def root_page() -> Page:
    """The root of all pages; made where no migration made it, as in the tests."""
    if not Locale.objects.exists():
        Locale.objects.create(language_code=get_supported_content_language_variant(settings.LANGUAGE_CODE))
    if not Collection.objects.filter(depth=1).exists():
        Collection.add_root(name="Root")
    return Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")


def home_page() -> HomePage:
    """The home page, with first words; takes the place of Wagtail's own welcome page."""
    found = HomePage.objects.first()
    if found:
        return found
    root = root_page()
    for welcome in root.get_children().filter(content_type__model="page", slug="home"):
        welcome.delete()
    root.refresh_from_db()
    return root.add_child(instance=HomePage(slug="home", show_in_menus=False, **WELCOME))


def ensure_first_content() -> HomePage:
    """Make the root, the language, the home page, the Site record and the settings where they are missing.

    Does nothing a second time, and keeps the Site record in step with settings.SITE_URL. Called after every
    migration and by fixtures; safe without migrations.
    """
    home = home_page()
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    wanted = {"hostname": address.hostname or "localhost", "port": port, "root_page_id": home.pk}
    if site.pk is None or any(getattr(site, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(site, name, value)
        site.site_name = settings.WAGTAIL_SITE_NAME
        site.save()
    if not SiteSettings.objects.exists():
        SiteSettings.objects.create()
    return home
