"""Photos that somebody took down, in the admin: each with its words, and the button that shows it again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.views import generic

from home.admin_lists import Listing, OwnPageViewSet, ToneColumn, isolated
from home.albums.records import TakeDown
from home.albums.taking_down import decide


class TakeDownList(Listing):
    page_title = "Photos taken down"
    verbose_name = "photo"
    verbose_name_plural = "photos"
    empty_words = "Nobody has taken a photo down. When somebody in one does, it is hidden at once and stands here."

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            self.link_column("photo", label="Photo", accessor=lambda wish: isolated(wish.picture.title)),
            Column("album", label="Album", accessor=lambda wish: isolated(wish.album.title)),
            ToneColumn(
                "hidden",
                label="Now",
                accessor=lambda wish: "Hidden" if wish.is_hidden else "Shown",
                tone=lambda wish: "good" if wish.is_hidden else "plain",
            ),
            DateColumn("asked", label="Asked", accessor="asked_at", sort_key="asked_at"),
        ]

    def get_base_queryset(self) -> QuerySet[TakeDown]:
        return TakeDown.objects.select_related("picture", "album")


class TakeDownPage(generic.InspectView):
    """One wish."""

    fields = ["asked_at"]
    header_more_buttons: list[Any] = []

    def get_page_subtitle(self) -> str:
        return str(self.object.picture.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": "Photos taken down"},
            {"url": "", "label": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wish: TakeDown = self.object
        return super().get_context_data(
            wish=wish,
            may_decide=self.user_has_permission("change"),
            decide_url=reverse("taken-down:decide", args=[wish.pk]),
            picture_url=reverse("wagtailimages:edit", args=[wish.picture_id]),
            **kwargs,
        )


@require_POST
def decide_by_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a photo again, or hide it."""
    if not request.user.has_perm("home.change_takedown"):
        raise PermissionDenied
    wish = get_object_or_404(TakeDown, pk=pk)
    hide = request.POST.get("hide") == "yes"
    decide(wish, request.user, hide=hide)
    messages.success(request, "It is hidden." if hide else "It is shown again.")
    return redirect("taken-down:inspect", pk)


class TakeDownViewSet(OwnPageViewSet):
    model = TakeDown
    name = "taken-down"
    icon = "image"
    menu_label = "Photos taken down"
    menu_order = 145
    add_to_settings_menu = True
    own_permissions = ("change",)
    index_view_class = TakeDownList
    inspect_view_class = TakeDownPage
    inspect_template_name = "home/admin/take_down.html"
    ordering = "-asked_at"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("<int:pk>/decide/", decide_by_hand, name="decide")]
