"""What Stripe told the site, read-only, and dealing with one of its messages again."""

import json
import logging
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import BaseOperationView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from home.admin_lists import Listing, OwnPageViewSet, ToneColumn
from membership.admin.partners import stripe_link
from membership.inbox import process_again
from membership.models import StripeEvent
from membership.timeline import BAD, EVENT_WORDS, GOOD, PLAIN, event_title

State = StripeEvent.State
TROUBLED = [State.FAILED, State.CASE]
WHAT_IT_MEANS = {
    State.PROCESSED: "The site did what this message asks for. There is nothing to do.",
    State.IGNORED: "The message is not about the join form, so the site left it alone.",
    State.CASE: "The site recorded it and leaves it to a person. What it is about stands below.",
    State.FAILED: "The site could not deal with it. Stripe sends it again by itself for three days; you can also "
    "process it again here. If it still fails then, tell the maintainer.",
}
logger = logging.getLogger(__name__)


class StripeEventFilters(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label="State", choices=State.choices, widget=forms.CheckboxSelectMultiple
    )
    type = django_filters.AllValuesFilter(label="Type", empty_label="All", widget=forms.RadioSelect)
    received = django_filters.DateFromToRangeFilter(
        label="Received", field_name="received_at", widget=DateRangePickerWidget
    )

    class Meta:
        model = StripeEvent
        fields: list[str] = []


class StripeEventList(Listing):
    page_title = "Stripe events"
    verbose_name = "Stripe event"
    verbose_name_plural = "Stripe events"
    is_searchable = True
    search_fields = ["event_id", "object_id", "type"]
    empty_words = (
        "Stripe has not sent anything yet. After the first payment its messages stand here. If people paid and this "
        "stays empty, the webhook is not set up."
    )

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            self.link_column("type", label="What Stripe told us", accessor=what, sort_key="type"),
            Column("event_id", label="Stripe's id"),
            ToneColumn("state", accessor="get_state_display", tone=tone),
            Column("deliveries", label="Sent"),
            DateColumn("received", accessor="received_at", sort_key="received_at"),
        ]

    def get_base_queryset(self) -> QuerySet[StripeEvent]:
        return StripeEvent.objects.defer("payload")


def what(event: StripeEvent) -> str:
    """The event in words, without the words that every row would begin with."""
    words = EVENT_WORDS.get(event.type, event.type).removeprefix("Stripe told us: ")
    return words if event.type not in EVENT_WORDS else words[0].upper() + words[1:]


def tone(event: StripeEvent) -> str:
    """What colour the state has."""
    if event.state in TROUBLED:
        return BAD
    return GOOD if event.state == State.PROCESSED else PLAIN


class StripeEventPage(generic.InspectView):
    """One message of Stripe: what it says and what was done. Its content is for those who may change events."""

    fields = ["event_id"]
    header_more_buttons: list[Any] = []

    def get_page_subtitle(self) -> str:
        return what(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": "Stripe events"},
            {"url": "", "label": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        event: StripeEvent = self.object
        trusted = self.user_has_permission("change")
        may_see_signup = event.signup_id and self.request.user.has_perm("membership.view_signup")
        partners = [stripe_link(event.event_id, "Stripe event")]
        if event.object_id:
            partners.append(stripe_link(event.object_id, "It is about"))
        return super().get_context_data(
            event=event,
            title=event_title(event.type),
            meaning=WHAT_IT_MEANS[State(event.state)],
            tone=tone(event),
            is_troubled=event.state in TROUBLED,
            payload=json.dumps(event.payload, indent=2, ensure_ascii=False) if trusted and event.payload else "",
            payload_is_gone=trusted and not event.payload,
            again_url=reverse("stripe-events:process_again", args=[event.pk])
            if trusted and event.payload and event.state != State.PROCESSED
            else "",
            signup_url=reverse("signups:inspect", args=[event.signup_id]) if may_see_signup else "",
            partners=partners,
            **kwargs,
        )


class ProcessAgain(PermissionCheckedMixin, BaseOperationView):
    """Deal with a stored event once more. Only by POST; harmless when it was dealt with already."""

    http_method_names = ["post"]
    permission_required = "change"
    permission_policy = None
    success_url_name = "stripe-events:inspect"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            outcome = process_again(self.object.pk)
        except Exception:
            # Shown instead of a page that broke: the event keeps its state, and the log says where it failed.
            logger.exception("Stripe event %s could not be processed again", self.object.event_id)
            messages.error(request, "It could not be dealt with this time either. Please tell the maintainer.")
        else:
            if outcome.state in TROUBLED:
                messages.warning(request, f"It still needs a person: {outcome.text}")
            else:
                messages.success(request, f"Dealt with. {outcome.text}")
        return redirect(self.get_success_url())


class StripeEventViewSet(OwnPageViewSet):
    model = StripeEvent
    name = "stripe-events"
    icon = "download"
    menu_label = "Stripe events"
    index_view_class = StripeEventList
    inspect_view_class = StripeEventPage
    inspect_template_name = "membership_admin/stripe_event.html"
    filterset_class = StripeEventFilters
    ordering = "-received_at"

    def get_urlpatterns(self) -> list[URLPattern]:
        again = self.construct_view(ProcessAgain)
        return [*super().get_urlpatterns(), path("<int:pk>/process-again/", again, name="process_again")]

    def get_permissions_to_register(self) -> Any:
        return self.permissions_for("view", "change")
