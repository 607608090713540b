"""Members in the admin: the list, one person's page, and correcting what they mistyped."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Max, Prefetch, QuerySet
from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from home.admin_lists import Listing, OwnPageViewSet, ToneColumn, isolated
from membership.addresses import clean_email, email_key
from membership.admin.by_hand import AddByHand, may_add
from membership.admin.cases import case_links
from membership.admin.exporting import MembersExport
from membership.admin.importing import ImportMembers, may_import
from membership.admin.listing import matching
from membership.admin.partners import hubspot_link, stripe_link
from membership.admin.payments import payment_lines
from membership.admin.story import lines
from membership.corrections import AddressTaken, Correction, correct_member
from membership.models import Level, Member, Membership, Payment
from membership.standing import ACTIVE, LABELS, Standing, members_who_are, running, standing
from membership.timeline import GOOD, PLAIN, long_date, timeline

WITH_LEVELS = Prefetch("memberships", Membership.objects.select_related("level"))
ADDRESS_TAKEN = "Another member has this email address already. If it is the same person, keep the older entry."


def standing_of(member: Member) -> Standing:
    """Where a member whose memberships are loaded stands today."""
    return standing(member.memberships.all(), timezone.localdate())


def standing_tone(now: Standing) -> str:
    return GOOD if now.state == ACTIVE else PLAIN


def until_words(now: Standing) -> str:
    """`30 April 2027`, `no end`, or nothing without a membership."""
    if now.until:
        return long_date(now.until)
    return "no end" if now.has_no_end else ""


class MemberFilters(WagtailFilterSet):
    status = django_filters.ChoiceFilter(
        label="Status", choices=list(LABELS.items()), method="by_status", empty_label="All", widget=forms.RadioSelect
    )
    level = django_filters.ModelChoiceFilter(
        label="Level now",
        queryset=Level.objects.all(),
        method="by_level",
        empty_label="All",
        widget=forms.RadioSelect,
    )
    joined = django_filters.DateFromToRangeFilter(
        label="Joined", field_name="created_at", widget=DateRangePickerWidget
    )
    newsletter = django_filters.ChoiceFilter(
        label="Newsletter",
        choices=[("yes", "Wants it"), ("no", "Does not want it")],
        method="by_newsletter",
        empty_label="All",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Member
        fields: list[str] = []

    def by_status(self, members: QuerySet[Member], name: str, value: str) -> QuerySet[Member]:
        return members_who_are(value, members, timezone.localdate())

    def by_level(self, members: QuerySet[Member], name: str, value: Level) -> QuerySet[Member]:
        held = Membership.objects.filter(running(timezone.localdate()), level=value)
        return members.filter(pk__in=held.values("member"))

    def by_newsletter(self, members: QuerySet[Member], name: str, value: str) -> QuerySet[Member]:
        return members.filter(newsletter=value == "yes")


class MemberList(MembersExport, Listing):
    is_searchable = True
    empty_words = "Nobody has joined yet. As soon as someone pays, or confirms a free membership, they appear here."

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            self.link_column("name", accessor=lambda member: isolated(str(member)), sort_key="last_name"),
            Column("email", accessor=lambda member: isolated(member.email), sort_key="email"),
            Column("level", accessor=lambda member: standing_of(member).level or ""),
            ToneColumn(
                "status",
                accessor=lambda member: standing_of(member).label,
                tone=lambda member: standing_tone(standing_of(member)),
            ),
            Column("until", accessor=lambda member: until_words(standing_of(member)), sort_key="last_end"),
            DateColumn("joined", accessor="created_at", sort_key="created_at"),
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        buttons = []
        if may_add(self.request):
            buttons.append(HeaderButton("Add by hand", url=reverse("members:by_hand"), icon_name="plus"))
        if may_import(self.request):
            buttons.append(HeaderButton("Import", url=reverse("members:import"), icon_name="upload"))
        return buttons

    def get_base_queryset(self) -> QuerySet[Member]:
        return Member.objects.prefetch_related(WITH_LEVELS).defer("newsletter_text")

    def search_queryset(self, queryset: QuerySet[Member]) -> QuerySet[Member]:
        return matching(queryset, self.search_query)

    def order_queryset(self, queryset: QuerySet[Member]) -> QuerySet[Member]:
        if self.ordering in ("last_end", "-last_end"):
            end = F("last_end")
            order = end.desc(nulls_first=True) if self.ordering.startswith("-") else end.asc(nulls_last=True)
            return queryset.annotate(last_end=Max("memberships__ends_on")).order_by(order, "-pk")
        if self.ordering in ("last_name", "-last_name"):
            sign = "-" if self.ordering.startswith("-") else ""
            return queryset.order_by(f"{sign}last_name", f"{sign}first_name", "-pk")
        return queryset.order_by(self.ordering, "-pk")


class MemberPage(generic.InspectView):
    """One person: who they are, where they stand, and everything that happened."""

    page_title = "Member"
    fields = ["email"]

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": "Members"},
            {"url": "", "label": str(self.object)},
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = self.get_edit_url()
        return [HeaderButton("Correct", url=url, icon_name="edit")] if url else []

    header_more_buttons: list[Any] = []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        member: Member = self.object
        now = standing(member.memberships.select_related("level"), timezone.localdate())
        partners = []
        if member.stripe_customer_id:
            partners.append(stripe_link(member.stripe_customer_id, "Stripe customer"))
        if member.hubspot_contact_id:
            partners.append(hubspot_link(member.hubspot_contact_id))
        return super().get_context_data(
            member=member,
            standing=now,
            tone=standing_tone(now),
            until=until_words(now),
            since=long_date(now.since) if now.since else "",
            joined=long_date(timezone.localdate(member.created_at)),
            partners=partners,
            payments=payment_lines(self._payments(), self.request.user),
            cases=case_links(member.signups.values_list("pk", flat=True), self.request.user),
            lines=lines(timeline(member), self.request.user),
            **kwargs,
        )

    def _payments(self) -> QuerySet[Payment]:
        paid = Payment.objects.filter(signup__member=self.object).select_related("signup")
        return paid.prefetch_related("refunds__asked_by").order_by("-paid_at", "-pk")


class MemberForm(WagtailAdminModelForm):
    """Refuses addresses that are none, or another member's, and gives nobody a newsletter they did not ask for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.instance.newsletter:
            self.fields["newsletter"].disabled = True

    def clean_email(self) -> str:
        try:
            email = clean_email(self.cleaned_data["email"])
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if Member.objects.filter(email_key=email_key(email)).exclude(pk=self.instance.pk).exists():
            raise ValidationError(ADDRESS_TAKEN)
        return email


class MemberEdit(generic.EditView):
    page_title = "Correct"
    success_message = "Saved. Stripe and HubSpot are told by themselves within a minute."

    def save_instance(self) -> Member:
        data = self.form.cleaned_data
        correction = Correction(data["first_name"], data["last_name"], data["email"], data["newsletter"])
        changed = correct_member(self.object.pk, correction)
        self.object.refresh_from_db()
        self.has_content_changes = bool(changed)
        if changed:
            # The audit log outlives the member, so it says which fields, not whose.
            log(self.object, "wagtail.edit", title=f"Member {self.object.pk}", data={"fields": changed})
        return self.object

    def form_valid(self, form: forms.ModelForm[Member]) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except AddressTaken:  # someone else got it between the check and the saving
            form.add_error("email", ADDRESS_TAKEN)
            self.produced_error_message = self.get_error_message()
            response = self.form_invalid(form)
        return response

    def get_success_message(self) -> str:
        return self.success_message if self.has_content_changes else "Nothing was changed."

    def get_success_buttons(self) -> list[Any]:
        return []

    def get_success_url(self) -> str:
        return self.get_inspect_url()


class MemberViewSet(OwnPageViewSet):
    model = Member
    name = "members"
    icon = "user"
    menu_label = "Members"
    allowed = ("edit",)
    own_permissions = ("export", "add_by_hand", "import")
    index_view_class = MemberList
    inspect_view_class = MemberPage
    edit_view_class = MemberEdit
    inspect_template_name = "membership_admin/member.html"
    filterset_class = MemberFilters
    ordering = "-created_at"
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("first_name"), FieldPanel("last_name")]), FieldPanel("email")],
                heading="Name and email",
                help_text="Stripe and HubSpot are told what you change. Kept exactly as you write it.",
            ),
            FieldPanel(
                "newsletter",
                help_text="Take the tick away when someone asks you to. Only they themselves can put it back: "
                "the law asks for their own yes.",
            ),
        ],
        base_form_class=MemberForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("by-hand/", self.construct_view(AddByHand), name="by_hand"),
            path("import/", self.construct_view(ImportMembers), name="import"),
        ]
