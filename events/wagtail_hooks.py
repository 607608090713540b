"""Events in the admin's menu: what executives add most often is one click away."""

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from events.models import EventsIndexPage


class EventsMenuItem(MenuItem):
    """Leads to the list of events; hidden while there is none, and from those who may not edit pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        index = EventsIndexPage.objects.only("pk").first()
        if index is None or not index.permissions_for_user(request.user).can_add_subpage():
            return False
        self.url = reverse("wagtailadmin_explore", args=[index.pk])
        return True


def events_in_the_menu() -> MenuItem:
    """The item stands right under Pages."""
    return EventsMenuItem("Events", "", name="events", icon_name="date", order=110)


hooks.register("register_admin_menu_item", events_in_the_menu)
