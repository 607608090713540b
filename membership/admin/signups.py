"""Who filled in the join form, and what became of it. Read-only: the facts come from Stripe and from the person."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.views import generic

from home.admin_lists import Listing, OwnPageViewSet, ToneColumn, isolated
from membership.admin.cases import case_links
from membership.admin.listing import matching
from membership.admin.partners import stripe_link
from membership.admin.payments import RefundPayment, payment_lines
from membership.admin.signup_states import SETTLED, SETTLED_LABEL, shown_state, with_settlement
from membership.admin.story import lines
from membership.models import Level, Signup
from membership.money import dollars
from membership.timeline import signup_timeline

State = Signup.State
FINISHED = [State.COMPLETED, State.HELD, State.REFUNDED, State.LOST]
STATES = [*State.choices, (SETTLED, SETTLED_LABEL)]


class SignupFilters(WagtailFilterSet):
    finished = django_filters.ChoiceFilter(
        label="Finished",
        choices=[("no", "Started and did not finish"), ("yes", "Finished")],
        method="by_finished",
        empty_label="All",
        widget=forms.RadioSelect,
    )
    state = django_filters.MultipleChoiceFilter(
        label="State", choices=STATES, method="by_state", widget=forms.CheckboxSelectMultiple
    )
    level = django_filters.ModelChoiceFilter(
        label="Level", queryset=Level.objects.all(), empty_label="All", widget=forms.RadioSelect
    )
    started = django_filters.DateFromToRangeFilter(
        label="Started", field_name="created_at", widget=DateRangePickerWidget
    )

    class Meta:
        model = Signup
        fields: list[str] = []

    def by_finished(self, signups: QuerySet[Signup], name: str, value: str) -> QuerySet[Signup]:
        finished = Q(state__in=FINISHED) | Q(is_settled=True)
        return signups.filter(finished if value == "yes" else ~finished)

    def by_state(self, signups: QuerySet[Signup], name: str, values: list[str]) -> QuerySet[Signup]:
        """As the list says it: what a person settled no longer needs one."""
        if not values:
            return signups
        wanted = Q(state__in=values, is_settled=False)
        return signups.filter(wanted | Q(is_settled=True) if SETTLED in values else wanted)


class SignupList(Listing):
    page_title = "Join forms"
    verbose_name = "join form"
    verbose_name_plural = "join forms"
    is_searchable = True
    empty_words = "Nobody has filled in the join form yet. Who starts and does not finish will stand here."

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            self.link_column(
                "name",
                accessor=lambda signup: isolated(f"{signup.first_name} {signup.last_name}"),
                sort_key="last_name",
            ),
            Column("email", accessor=lambda signup: isolated(signup.email), sort_key="email"),
            Column("level", accessor="level.name"),
            Column("price", accessor=lambda signup: dollars(signup.amount_cents) if signup.amount_cents else "Free"),
            ToneColumn(
                "state",
                accessor=lambda signup: shown_state(signup).label,
                tone=lambda signup: shown_state(signup).tone,
            ),
            DateColumn("started", accessor="created_at", sort_key="created_at"),
        ]

    def get_base_queryset(self) -> QuerySet[Signup]:
        signups = with_settlement(Signup.objects.select_related("level"))
        return signups.defer("checkout_parameters", "checkout_url", "newsletter_text")

    def search_queryset(self, queryset: QuerySet[Signup]) -> QuerySet[Signup]:
        return matching(queryset, self.search_query)


class SignupPage(generic.InspectView):
    """One join form: what was asked for, what came of it, and what that means."""

    fields = ["email"]
    header_more_buttons: list[Any] = []

    def get_page_subtitle(self) -> str:
        return f"{self.object.first_name} {self.object.last_name}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": "Join forms"},
            {"url": "", "label": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        signup: Signup = self.object
        user = self.request.user
        may_see_member = signup.member_id and user.has_perm("membership.view_member")
        sessions = [signup.stripe_session_id] if signup.stripe_session_id else []
        return super().get_context_data(
            signup=signup,
            name=self.get_page_subtitle(),
            price=dollars(signup.amount_cents) if signup.amount_cents else "Free",
            state=shown_state(with_settlement(Signup.objects.filter(pk=signup.pk)).get()),
            member_url=reverse("members:inspect", args=[signup.member_id]) if may_see_member else "",
            partners=[stripe_link(session, "Stripe session") for session in sessions],
            payments=payment_lines(
                signup.payments.select_related("signup").prefetch_related("refunds__asked_by"), user
            ),
            cases=case_links([signup.pk], user),
            lines=lines(signup_timeline(signup), user, here=self.request.path),
            **kwargs,
        )


class SignupViewSet(OwnPageViewSet):
    model = Signup
    name = "signups"
    icon = "form"
    menu_label = "Join forms"
    index_view_class = SignupList
    inspect_view_class = SignupPage
    inspect_template_name = "membership_admin/signup.html"
    filterset_class = SignupFilters
    ordering = "-created_at"

    def get_urlpatterns(self) -> list[URLPattern]:
        refund = self.construct_view(RefundPayment)
        return [*super().get_urlpatterns(), path("payments/<int:pk>/refund/", refund, name="refund")]
