"""The join page of a fresh site."""

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
