"""The team in the admin's menu: people, their roles by year, and the slots of next year with one click."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from home.people import teams, years
from home.people.page import TeamPage
from home.people.records import Person, Portfolio, Role


def this_year() -> int:
    """The club's year today, by the month that the team page names."""
    page = TeamPage.objects.first()
    return page.this_year if page else years.year_of(timezone.localdate(), 5)


class PersonChooser(SnippetChooserViewSet):
    """Who chooses a person for a role can also make one there: most of next year's team is new."""

    form_fields = ("name", "pronouns", "studies", "portrait")
    create_action_label = "Add somebody new"
    create_action_clicked_label = "Adding…"
    creation_tab_label = "Somebody new"


class PersonViewSet(SnippetViewSet):
    model = Person
    chooser_viewset_class = PersonChooser
    icon = "user"
    menu_label = "People"
    list_display = ["name", "studies"]
    ordering = ["name"]


class PortfolioViewSet(SnippetViewSet):
    model = Portfolio
    icon = "folder-open-inverse"
    menu_label = "Portfolios"
    list_display = ["name", "words", "order"]
    ordering = ["order", "name"]


class RoleList(IndexView):
    """The slots, the latest year first, with the button that makes the next year's."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons: list[Any] = list(super().header_buttons)
        if self.permission_policy.user_has_permission(self.request.user, "add"):
            url = reverse(self.next_url_name)
            buttons.append(HeaderButton("Make next year’s team", url=url, icon_name="group", priority=20))
        return buttons

    next_url_name = ""


class NextTeam(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Says what would be made, and makes it: last year's slots again, without people."""

    permission_required = "add"
    permission_policy = None
    template_name = "home/admin/next_team.html"
    page_title = "Make next year’s team"
    header_icon = "group"
    index_url_name = ""
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": "Roles"},
            {"url": "", "label": self.page_title},
        ]

    @cached_property
    def after(self) -> int:
        """The year whose slots are taken as a model: the latest there is, at most this one."""
        return teams.years(this_year()).current or this_year()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            from_words=years.in_words(self.after),
            to_words=years.in_words(self.after + 1),
            slots=Role.objects.filter(year=self.after).count(),
            there=Role.objects.filter(year=self.after + 1).count(),
            back_url=reverse(self.index_url_name),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        made = teams.make_next_team(self.after)
        words = years.in_words(self.after + 1)
        if made:
            messages.success(request, f"Made for {words}, still free: {made}. Give each a person, one by one.")
        else:
            messages.warning(request, f"Nothing was made: there are slots for {words} already.")
        return redirect(f"{reverse(self.index_url_name)}?year={self.after + 1}")


class RoleViewSet(SnippetViewSet):
    model = Role
    icon = "group"
    menu_label = "Roles by year"
    index_view_class = RoleList
    list_display = [
        "title",
        Column("who", label="Person", accessor="who"),
        "portfolio",
        Column("years", label="Year", accessor="years"),
    ]
    list_filter = ["year", "portfolio"]

    def get_index_view_kwargs(self) -> dict[str, Any]:
        return {**super().get_index_view_kwargs(), "next_url_name": self.get_url_name("next")}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("next-year/", self.construct_view(NextTeam), name="next")]


class TeamViewSetGroup(SnippetViewSetGroup):
    items = (RoleViewSet, PersonViewSet, PortfolioViewSet)
    menu_label = "Team"
    menu_icon = "group"
    menu_order = 120
