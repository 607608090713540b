"""What waits for a person: payments that do not add up, disputes, refunds that did not arrive."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from home.admin_lists import Listing, OwnPageViewSet, ToneColumn, isolated
from membership.admin.decisions import ADVICE, DecideCase, choices
from membership.admin.old_site import OldSitePayments
from membership.admin.partners import hubspot_link, stripe_link
from membership.admin.payments import payment_lines
from membership.models import Case
from membership.money import dollars
from membership.timeline import BAD, PLAIN, long_date, long_moment

Kind = Case.Kind


class CaseFilters(WagtailFilterSet):
    is_open = django_filters.ChoiceFilter(
        label="Settled",
        choices=[("open", "Waiting for you"), ("settled", "Settled")],
        method="by_open",
        empty_label="All",
        widget=forms.RadioSelect,
    )
    kind = django_filters.MultipleChoiceFilter(
        label="What it is", choices=Kind.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def by_open(self, cases: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        return cases.filter(settled_at__isnull=value == "open")


class CaseList(Listing):
    page_title = "Cases"
    verbose_name = "case"
    verbose_name_plural = "cases"
    is_searchable = False
    default_ordering = "settled_at"
    empty_words = "Nothing waits for you. What does not add up about a payment will stand here, with what you can do."

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            self.link_column("kind", label="What it is", accessor="get_kind_display"),
            *([Column("who", accessor=who)] if self.request.user.has_perm("membership.view_member") else []),
            Column("amount", accessor=amount),
            ToneColumn("state", accessor=state, tone=tone),
            Column("answer_by", label="Answer by", accessor=answer_by),
            DateColumn("since", accessor="opened_at", sort_key="opened_at"),
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        waiting = Case.objects.filter(kind=Kind.OLD_SITE, settled_at=None).count()
        may_decide = self.request.user.has_perm("membership.change_case")
        if not waiting or not may_decide:
            return []
        words = f"Payments of the old site ({waiting})"
        return [HeaderButton(words, url=reverse("cases:old_site"), icon_name="list-ul")]

    def get_base_queryset(self) -> QuerySet[Case]:
        return Case.objects.select_related("payment", "signup", "member")

    def order_queryset(self, queryset: QuerySet[Case]) -> QuerySet[Case]:
        """Those that wait come first, and of them those with a deadline, the soonest first."""
        if self.ordering and self.ordering.lstrip("-") == "opened_at":
            return queryset.order_by(self.ordering, "-pk")
        waiting_first = F("settled_at").desc(nulls_first=True)
        return queryset.order_by(waiting_first, F("due_by").asc(nulls_last=True), "-opened_at", "-pk")


def who(case: Case, unknown: str = "–") -> SafeString | str:
    """Whom it is about, where that is known: it tells cases of one kind apart."""
    person = case.signup or case.member
    name = f"{person.first_name} {person.last_name}".strip() if person else ""
    return isolated(name) if name else unknown


def amount(case: Case) -> str:
    """What was paid, where the payment is known."""
    return dollars(case.payment.amount_cents, case.payment.currency) if case.payment else "–"


def answer_by(case: Case) -> str:
    """The last day to answer, in Toronto, while that still matters."""
    return long_date(timezone.localdate(case.due_by)) if case.due_by and case.is_open else ""


def state(case: Case) -> str:
    return "Waiting for you" if case.is_open else case.get_settlement_display()


def tone(case: Case) -> str:
    """What colour the state has."""
    return BAD if case.is_open else PLAIN


@dataclass(frozen=True)
class CaseLink:
    """An open case, where the page of a person names it."""

    words: str
    url: str


def case_links(signup_ids: Iterable[int], user: Any) -> list[CaseLink]:
    """The open cases of those join forms, for who may see cases."""
    if not user.has_perm("membership.view_case"):
        return []
    waiting = Case.objects.filter(signup__in=list(signup_ids), settled_at=None).order_by("pk")
    return [CaseLink(str(case), reverse("cases:inspect", args=[case.pk])) for case in waiting]


@dataclass(frozen=True)
class MemberLink:
    """A member whom a case is about."""

    label: str
    words: str
    url: str


def member_links(case: Case, user: Any) -> list[MemberLink]:
    """The members whom the case is about, by name, for who may see members."""
    if not user.has_perm("membership.view_member"):
        return []
    both = [("Member", case.member), ("Shares it with", case.other_member)]
    return [
        MemberLink(label, str(member), reverse("members:inspect", args=[member.pk]))
        for label, member in both
        if member is not None
    ]


class CasePage(generic.InspectView):
    """One case: what is known, and what can be done about it."""

    fields = ["words"]
    header_more_buttons: list[Any] = []

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": "Cases"},
            {"url": "", "label": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case: Case = self.object
        user = self.request.user
        return super().get_context_data(
            case=case,
            who=who(case, unknown="See it"),
            state=state(case),
            tone=tone(case),
            choices=choices(case, user),
            advice=ADVICE.get(Case.Kind(case.kind), ""),
            payments=payment_lines([case.payment] if case.payment else [], user),
            due_by=long_moment(case.due_by) if case.due_by else "",
            settled=settled_in_words(case),
            signup_url=reverse("signups:inspect", args=[case.signup_id])
            if case.signup_id and user.has_perm("membership.view_signup")
            else "",
            members=member_links(case, user),
            partners=[
                *([stripe_link(case.stripe_object_id, "At Stripe")] if case.stripe_object_id else []),
                *([hubspot_link(case.hubspot_contact_id)] if case.hubspot_contact_id else []),
            ],
            **kwargs,
        )


def settled_in_words(case: Case) -> str:
    """Who settled it, and when; empty while it waits."""
    if case.settled_at is None:
        return ""
    who = case.settled_by.get_username() if case.settled_by else "the site, since the facts say so"
    return f"{case.get_settlement_display()} on {long_moment(case.settled_at)}, by {who}."


class CaseViewSet(OwnPageViewSet):
    model = Case
    name = "cases"
    icon = "warning"
    menu_label = "Cases"
    index_view_class = CaseList
    inspect_view_class = CasePage
    inspect_template_name = "membership_admin/case.html"
    filterset_class = CaseFilters
    ordering = ""

    def get_urlpatterns(self) -> list[URLPattern]:
        decide = self.construct_view(DecideCase)
        return [
            *super().get_urlpatterns(),  # first: the menu leads to the first of them
            path("old-site/", self.construct_view(OldSitePayments), name="old_site"),
            path("<int:pk>/<slug:decision>/", decide, name="decide"),
        ]

    def get_permissions_to_register(self) -> Any:
        return self.permissions_for("view", "change")
