"""The dashboard and the menu of the admin, as executives find them."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from desk.attention import NeedsAttention
from desk.attention import urlpatterns as attention_urls
from desk.first_steps.views import add_panel as add_first_steps
from desk.first_steps.views import menu_item as first_steps_in_the_menu
from desk.first_steps.views import urlpatterns as first_steps_urls
from desk.guide.views import menu_item as guide_in_the_menu
from desk.guide.views import urlpatterns as guide_urls
from desk.panels import MembersNow
from desk.status import menu_item as status_in_the_settings
from desk.status import urlpatterns as status_urls

# What Wagtail offers to those who build sites: release notes, and reports on locks and workflows we do not use.
OF_NO_USE = {"help"}
REPORTS_FOR_MAINTAINERS = {"locked-pages", "workflows", "workflow-tasks", "site-history", "page-types-usage"}


# Where a slip breaks the site, or that positions take the place of: for maintainers.
OF_USE_TO_MAINTAINERS = {"sites", "groups", "workflows", "workflow-tasks", "collections", "locales"}


# Wagtail's own lists of what waits for review: they stand in ours.
SAID_BY_US = {"workflow_objects_to_moderate", "user_objects_in_workflow_moderation"}


def add_panels(request: HttpRequest, panels: list[Component]) -> None:
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in SAID_BY_US]
    panels.append(NeedsAttention(request))
    if MembersNow.is_for(request.user):
        panels.append(MembersNow())


def shorten_menu(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave away what executives do not need. The addresses stay; only the menu is shorter."""
    menu_items[:] = [item for item in menu_items if item.name not in OF_NO_USE]


def shorten_reports(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """The same for what stands under Reports; the whole of it goes for those who may read none."""
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name not in REPORTS_FOR_MAINTAINERS]


def shorten_settings(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """The same for what stands under Settings."""
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name not in OF_USE_TO_MAINTAINERS]


hooks.register("construct_settings_menu", shorten_settings)
hooks.register("construct_reports_menu", shorten_reports)


def own_addresses() -> list[URLPattern | URLResolver]:
    return [
        path("guide/", include((guide_urls, "guide"))),
        path("attention/", include((attention_urls, "attention"))),
        path("first-steps/", include((first_steps_urls, "first_steps"))),
        path("status/", include((status_urls, "status"))),
    ]


def styles() -> SafeString:
    links = ((static(f"css/admin/{name}.css"),) for name in ("guide", "first_steps", "status", "accounts"))
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', links)


def my_keys() -> MenuItem:
    return MenuItem("My keys", reverse("sign-in-keys"), name="my-keys", icon_name="key", order=610)


hooks.register("register_admin_urls", own_addresses)
hooks.register("register_admin_menu_item", first_steps_in_the_menu)
hooks.register("construct_homepage_panels", add_first_steps)
hooks.register("register_admin_menu_item", guide_in_the_menu)
hooks.register("register_settings_menu_item", status_in_the_settings)
hooks.register("insert_global_admin_css", styles)
hooks.register("register_settings_menu_item", my_keys)
hooks.register("construct_homepage_panels", add_panels)
hooks.register("construct_main_menu", shorten_menu)
