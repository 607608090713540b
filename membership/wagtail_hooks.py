"""The Members menu of the admin, with what the outbox sends for it."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from home.deleting import register_instead
from membership import erasing
from membership.admin.by_hand import register_added_action
from membership.admin.cases import CaseViewSet
from membership.admin.exporting import register_export_action
from membership.admin.importing import register_import_actions
from membership.admin.levels import LevelViewSet, PerkViewSet
from membership.admin.members import MemberViewSet
from membership.admin.payments import register_refund_action
from membership.admin.signups import SignupViewSet
from membership.admin.stripe_events import StripeEventViewSet
from membership.admin.year import settings_form
from membership.models import MembershipSettings
from membership.pages import JoinPage
from outbox.admin.alerts import alert_viewset
from outbox.admin.deliveries import delivery_viewset
from outbox.admin.mail_texts import mail_text_viewset


class SettingsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(MembershipSettings.get_permission_policy().user_has_permission(request.user, "change"))


class SettingsLink(ViewSet):
    """Membership settings a second time, where executives look for them first. It has no addresses of its own."""

    name = "membership-settings"
    menu_item_class = SettingsMenuItem
    menu_label = "Membership settings"
    menu_icon = "cog"
    menu_name = "membership-settings"

    @property
    def menu_url(self) -> str:
        return reverse("wagtailsettings:edit", args=["membership", "membershipsettings"])


class MembersMenu(ViewSetGroup):
    menu_label = "Members"
    menu_name = "membership"
    menu_icon = "group"
    menu_order = 200
    items = (
        MemberViewSet,
        SignupViewSet,
        CaseViewSet,
        LevelViewSet,
        PerkViewSet,
        SettingsLink,
        mail_text_viewset,
        StripeEventViewSet,
        delivery_viewset,
        alert_viewset,
    )


STYLES = ("tones", "person", "lists", "payments", "story", "answers", "dashboard")


def styles() -> SafeString:
    links = ((static(f"css/admin/{name}.css"),) for name in STYLES)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', links)


# Wagtail looks for the form of a setting on its model, which must not know the admin.
MembershipSettings.edit_handler = settings_form
register_instead(JoinPage, "To let nobody join, take the tick away from Open at each level: the page then says so.")
hooks.register("register_admin_viewset", MembersMenu)
hooks.register("insert_global_admin_css", styles)
hooks.register("register_log_actions", register_export_action)
hooks.register("register_log_actions", register_added_action)
hooks.register("register_log_actions", register_import_actions)
hooks.register("register_log_actions", register_refund_action)
hooks.register("register_log_actions", erasing.register_log_action)
