"""The dashboard and the menu of the admin, as executives find them."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from desk.panels import MembersNow, NeedsAttention

# What Wagtail offers to those who build sites: release notes, and reports on locks and workflows we do not use.
OF_NO_USE = {"help"}
OF_USE_TO_SUPERUSERS = {"reports"}


def add_panels(request: HttpRequest, panels: list[Component]) -> None:
    if NeedsAttention.is_for(request.user):
        panels.append(NeedsAttention(request))
    if MembersNow.is_for(request.user):
        panels.append(MembersNow())


def shorten_menu(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave away what executives do not need. The addresses stay; only the menu is shorter."""
    unwanted = OF_NO_USE if request.user.is_superuser else OF_NO_USE | OF_USE_TO_SUPERUSERS
    menu_items[:] = [item for item in menu_items if item.name not in unwanted]


hooks.register("construct_homepage_panels", add_panels)
hooks.register("construct_main_menu", shorten_menu)
