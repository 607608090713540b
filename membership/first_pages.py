"""The join page of a fresh site, and the small print that it names."""

from collections.abc import Mapping

from wagtail.models import Page

from home.first_content import home_page
from home.site_settings import SiteSettings
from membership.pages import JoinPage


def ensure_join_page() -> JoinPage:
    """Make the join page with its first words under the home page, and lead the site's button to it.

    Where there is one already, published or not, nothing is changed. Safe without migrations, as in the tests.
    """
    found = JoinPage.objects.first()
    if found:
        return found
    page: JoinPage = home_page().add_child(instance=JoinPage(title="Join WITS", slug="join", show_in_menus=False))
    site = SiteSettings.load()
    if site.join_page_id is None:
        site.join_page = page
        site.save()
    return page


def name_small_print(pages: Mapping[str, Page]) -> JoinPage:
    """Let the join form name the terms and the refund policy of these pages by slug, where it names none yet."""
    join = ensure_join_page()
    join.terms_page = join.terms_page or pages["terms"]
    join.refund_page = join.refund_page or pages["refunds"]
    join.save()
    return join
