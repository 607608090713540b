"""Deliveries in the admin: what is on its way, what was given up, and *try again*."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from outbox import channels
from outbox.admin.policies import OnlyPolicy
from outbox.models import Delivery
from outbox.promises import try_again
from outbox.registry import CHANNELS, kinds, label

CAN_TRY_AGAIN = (Delivery.State.DEAD, Delivery.State.WAITING)
LABELS = {
    "stripe": "Stripe",
    "hubspot": "HubSpot",
    "mail": "Mail",
    "site": "This site",
    "pictures": "Pictures",
    "links": "Links",
}


class DeliveryFilters(WagtailFilterSet):
    """By state, by whom it goes to, by what it does."""

    state = ChoiceFilter(choices=Delivery.State.choices, label="State")
    channel = ChoiceFilter(choices=[(channel, LABELS[channel]) for channel in CHANNELS], label="To")
    kind = ChoiceFilter(choices=lambda: [(kind, label(kind)) for kind in kinds()], label="What")

    class Meta:
        model = Delivery
        fields = ["state", "channel", "kind"]


def inspect_url(delivery: Delivery) -> str:
    """Where one delivery is shown."""
    return reverse("deliveries:inspect", args=[delivery.pk])


def next_try(delivery: Delivery) -> datetime | None:
    """When it is tried next, if ever."""
    return delivery.due_at if delivery.state == Delivery.State.WAITING else None


class TryAgainColumn(Column):
    """A button on each row that failed and that a person can try again."""

    cell_template_name = "outbox/try_again_cell.html"

    def get_cell_context_data(self, instance: Delivery, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        failed = instance.state in CAN_TRY_AGAIN and instance.attempts > 0
        allowed = failed and request.user.has_perm("outbox.change_delivery")
        return {
            **super().get_cell_context_data(instance, parent_context),
            "url": reverse("deliveries:try_again", args=[instance.pk]) if allowed else "",
            "token": get_token(request) if allowed else "",
            "delivery": instance,
        }


class DeliveryIndex(IndexView):
    """The list."""

    page_title = "Deliveries"
    table_classname = "listing own-list"


class DeliveryDetail(InspectView):
    """One delivery with its error."""

    page_title = "Delivery"
    template_name = "outbox/delivery.html"

    def get_page_subtitle(self) -> str:
        return f"{label(self.object.kind)} ({self.object.get_state_display()})"

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        if field_name == "due_at":
            value = next_try(self.object)
        if field_name == "kind":
            return label(self.object.kind)
        if field_name == "channel":
            return LABELS.get(self.object.channel, self.object.channel)
        # The template shows a moment in UTC otherwise.
        return date_format(localtime(value), "DATETIME_FORMAT") if isinstance(value, datetime) else value or "–"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["can_try_again"] = self.object.state in CAN_TRY_AGAIN and self.request.user.has_perm(
            "outbox.change_delivery"
        )
        return context


@require_POST
def try_delivery_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a dead or waiting delivery due now."""
    if not request.user.has_perm("outbox.change_delivery"):
        raise PermissionDenied
    delivery = get_object_or_404(Delivery, pk=pk)
    if try_again(delivery):
        # Whoever presses the button has mended the account, or wants to know: the channel need not wait its turn.
        channels.probe_now(delivery.channel, timezone.now())
        messages.success(request, "It is tried again now. Look here in a minute.")
    else:
        messages.info(request, "There is nothing to try: it runs just now or is done.")
    return redirect("deliveries:inspect", pk)


class DeliveryViewSet(ModelViewSet):
    """Read-only but for *try again*."""

    model = Delivery
    name = "deliveries"
    menu_label = "Deliveries"
    icon = "mail"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    form_fields = ["state"]
    index_view_class = DeliveryIndex
    inspect_view_class = DeliveryDetail
    filterset_class = DeliveryFilters
    search_fields = ["key", "about"]
    search_backend_name = None
    list_per_page = 50
    list_display = [
        TitleColumn("kind", label="What", accessor=lambda row: label(row.kind), get_url=inspect_url, sort_key="kind"),
        Column("channel", label="To", accessor=lambda row: LABELS.get(row.channel, row.channel)),
        Column("state", label="State", accessor="get_state_display", sort_key="state"),
        Column("attempts", label="Attempts", sort_key="attempts"),
        DateColumn("created_at", label="Promised", sort_key="created_at"),
        DateColumn("due_at", label="Next try", accessor=next_try, sort_key="due_at"),
        Column("last_error", label="Last error", accessor=lambda row: row.last_error[:120]),
        TryAgainColumn("try_again", label=""),
    ]
    inspect_view_fields = [
        "kind",
        "channel",
        "state",
        "last_error",
        "attempts",
        "surprises",
        "created_at",
        "due_at",
        "done_at",
        "about",
        "key",
    ]

    @property
    def permission_policy(self) -> OnlyPolicy:
        return OnlyPolicy(Delivery, "view")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("try-again/<int:pk>/", try_delivery_again, name="try_again"),
        ]

    def register_admin_url_finder(self) -> None:
        """Nothing edits a delivery, so no edit address is looked up."""


delivery_viewset = DeliveryViewSet()
