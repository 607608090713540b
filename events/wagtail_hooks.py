"""Events in the admin's menu: what executives add most often is one click away."""

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from events.models import EventsIndexPage
from home.menu_items import PagesUnder


def events_in_the_menu() -> MenuItem:
    """The item stands right under Pages."""
    return PagesUnder("Events", EventsIndexPage, name="events", icon_name="date", order=110)


hooks.register("register_admin_menu_item", events_in_the_menu)
