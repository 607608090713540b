"""Alerts in the admin: everything that people were told, or will be."""

from datetime import datetime
from typing import Any

from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from outbox.admin.policies import OnlyPolicy
from outbox.models import Alert

# What is said in place of nothing: an alert of the daily digest only takes note.
WHERE_EMPTY = {
    "done": "Nothing had to be done.",
    "todo": "Nothing, unless it happens often.",
    "mailed_at": "Not by itself",
}


class AlertFilters(WagtailFilterSet):
    """By kind and by how they were told."""

    state = ChoiceFilter(choices=Alert.State.choices, label="Told")
    kind = ChoiceFilter(
        choices=lambda: [
            (kind, kind) for kind in Alert.objects.order_by("kind").values_list("kind", flat=True).distinct()
        ],
        label="Kind",
    )

    class Meta:
        model = Alert
        fields = ["state", "kind"]


class AlertIndex(IndexView):
    """The list."""

    page_title = "Alerts"
    table_classname = "listing own-list"


class AlertDetail(InspectView):
    """One alert, with the way to its cause."""

    page_title = "Alert"
    template_name = "outbox/alert.html"

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, datetime):
            return date_format(localtime(value), "DATETIME_FORMAT")
        return value or WHERE_EMPTY.get(field_name, "–")


class AlertViewSet(ModelViewSet):
    """Read-only."""

    model = Alert
    name = "alerts"
    menu_label = "Alerts"
    icon = "warning"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = AlertIndex
    inspect_view_class = AlertDetail
    form_fields = ["state"]
    filterset_class = AlertFilters
    search_fields = ["what", "kind"]
    search_backend_name = None
    list_per_page = 50
    list_display = [
        "what",
        Column("count", label="How often", sort_key="count"),
        DateColumn("first_at", label="First", sort_key="first_at"),
        DateColumn("last_at", label="Last", sort_key="last_at"),
        Column("state", label="Told", accessor="get_state_display", sort_key="state"),
    ]
    inspect_view_fields = ["what", "done", "todo", "count", "first_at", "last_at", "state", "mailed_at", "kind"]

    @property
    def permission_policy(self) -> OnlyPolicy:
        return OnlyPolicy(Alert, "view")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
        ]

    def register_admin_url_finder(self) -> None:
        """Nothing edits an alert, so no edit address is looked up."""


alert_viewset = AlertViewSet()
