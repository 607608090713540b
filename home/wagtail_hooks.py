"""The admin, laid out for executives: the club's name on it, a place to begin, nothing they need not see."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from home.admin_lists import PagesViewSet, shorten_row_menus
from home.albums.admin import TakeDownViewSet
from home.albums.page import AlbumsPage
from home.blocks.words import TEXT_FEATURES
from home.broken_links.report import addresses as addresses_of_links
from home.broken_links.report import menu_item as broken_links_in_the_menu
from home.checking.showing import say_what_to_look_at
from home.choosers import GatheredDocumentLinks, GatheredPageLinks
from home.deleting import keep_what_is_needed, keep_what_is_needed_of_many, register_instead
from home.editing_together import remember_newer_version, say_what_was_saved_over
from home.forms.admin import AnswerViewSet
from home.forms.deleting import keep_answers, keep_answers_of_many
from home.forms.exporting import register_export_action
from home.home_page import HomePage
from home.made_twice import (
    choose_a_free_address,
    make_while_nobody_else_does,
    note_what_saved_itself,
    register_making,
)
from home.menu_items import PagesUnder
from home.opportunities.index_page import OpportunitiesPage
from home.partners.admin import PartnersViewSetGroup
from home.people.admin import TeamViewSetGroup
from home.stories.admin import StoryTagViewSet
from home.stories.index_page import StoriesIndexPage

# News of Wagtail's versions are for maintainers, who read them elsewhere.
HIDDEN_PANELS = {"upgrade_notification", "whats_new_in_wagtail_version"}


class WelcomePanel(Component):
    """Near the top of the dashboard: what to do here, before what waits, which may be long."""

    name = "welcome"
    template_name = "home/admin/welcome.html"
    order = 7

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        settings_url = reverse("wagtailsettings:edit", args=["home", "sitesettings"])
        user = parent_context["request"].user
        home = HomePage.objects.first()
        may_edit_home = home and home.permissions_for_user(user).can_edit()
        return {
            "home": home if may_edit_home else None,
            "edits_pages": page_permission_policy.user_has_any_permission(user, {"add", "change", "publish"}),
            "menu_url": f"{settings_url}#tab-menu" if user.has_perm("home.change_sitesettings") else "",
        }


def begin_with_a_welcome(request: HttpRequest, panels: list[Any]) -> None:
    """Put the welcome first, and leave out the news of Wagtail."""
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in HIDDEN_PANELS]
    panels.append(WelcomePanel())


def no_numbers(request: HttpRequest, items: list[Any]) -> None:
    """How many pages, images and documents there are helps nobody; each has its place in the menu."""
    items.clear()


def stay_in_the_site(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Whoever published the first page goes on among the pages of the site, not above all of them."""
    return redirect("wagtailadmin_explore", page.pk) if _published(request) and isinstance(page, HomePage) else None


def _published(request: HttpRequest) -> bool:
    return request.method == "POST" and "action-publish" in request.POST


def help_without_version_news(request: HttpRequest, menu_items: list[Any]) -> None:
    """Leave out what is new in Wagtail."""
    menu_items[:] = [item for item in menu_items if "whats-new" not in item.name]


def narrow_rich_text(features: FeatureRegistry) -> None:
    """What an editor without a list of its own offers: no embeds, no pictures in text, no headings out of order.

    Links take what they lead to from what the page gathered.
    """
    features.default_features = list(TEXT_FEATURES)
    features.embed_types.clear()  # so that no page asks another site what to show
    features.register_link_type(GatheredPageLinks)
    features.register_link_type(GatheredDocumentLinks)


def stories_in_the_menu() -> MenuItem:
    """The item stands under events, before the team."""
    return PagesUnder("Stories", StoriesIndexPage, name="stories", icon_name="openquote", order=115)


def opportunities_in_the_menu() -> MenuItem:
    """The item stands under the partners."""
    return PagesUnder("Opportunities", OpportunitiesPage, name="opportunities", icon_name="pick", order=135)


def albums_in_the_menu() -> MenuItem:
    """The item stands under the opportunities."""
    return PagesUnder("Albums", AlbumsPage, name="albums", icon_name="image", order=137)


def brand() -> SafeString:
    """The club's colours, on the sign-in page too, and what is ours in forms."""
    links = ((static(f"css/admin/{name}.css"),) for name in ("brand", "writing"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', links)


def while_typing() -> SafeString:
    """How many letters are left beside a field; pasted text not all bold; many photos in one go, made smaller; a page
    that saves itself is not sent meanwhile."""
    names = ("admin/limits", "admin/pasting", "admin/naming", "admin/many_photos", "admin/saving", "photos")
    files = [(static(f"js/{name}.js"),) for name in names]
    return format_html_join("", '<script type="module" src="{}"></script>', files)


hooks.register("insert_global_admin_css", brand)
hooks.register("insert_global_admin_js", while_typing)
register_instead(HomePage, "Change what stands on it instead.")
hooks.register("before_delete_page", keep_what_is_needed)
hooks.register("before_unpublish_page", keep_what_is_needed)
hooks.register("before_bulk_action", keep_what_is_needed_of_many)
hooks.register("after_create_page", say_what_to_look_at)
hooks.register("after_edit_page", say_what_to_look_at)
hooks.register("before_create_page", make_while_nobody_else_does)
hooks.register("after_create_page", note_what_saved_itself)
hooks.register("register_log_actions", register_making)
hooks.register("before_edit_page", choose_a_free_address)
hooks.register("before_edit_page", remember_newer_version)
hooks.register("after_edit_page", say_what_was_saved_over)
hooks.register("after_edit_page", stay_in_the_site, order=100)
hooks.register("construct_homepage_panels", begin_with_a_welcome)
hooks.register("construct_homepage_summary_items", no_numbers, order=100)
hooks.register("construct_help_menu", help_without_version_news)
register_snippet(TeamViewSetGroup)
register_snippet(StoryTagViewSet)
hooks.register("register_admin_menu_item", stories_in_the_menu)
hooks.register("register_admin_menu_item", opportunities_in_the_menu)
register_snippet(PartnersViewSetGroup)
hooks.register("register_admin_viewset", PagesViewSet)
hooks.register("construct_page_listing_buttons", shorten_row_menus)
hooks.register("register_admin_viewset", AnswerViewSet)
hooks.register("register_admin_viewset", TakeDownViewSet)
hooks.register("register_admin_menu_item", albums_in_the_menu)
hooks.register("register_admin_urls", addresses_of_links)
hooks.register("register_reports_menu_item", broken_links_in_the_menu)
hooks.register("register_log_actions", register_export_action)
hooks.register("before_delete_page", keep_answers)
hooks.register("before_bulk_action", keep_answers_of_many)
hooks.register("register_rich_text_features", narrow_rich_text, order=100)
