"""Reports, Broken links: which links lead nowhere, since when, where they stand, and a button that looks again."""

from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, IntegerField, Prefetch, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from home.broken_links.attention import mendable_by
from home.broken_links.nights import begin_now, look_again_at
from home.broken_links.records import TROUBLES, Link, LinkPlace


class LinkFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label="What was found",
        choices=[(state.value, state.label) for state in TROUBLES],
        empty_label="All",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Link
        fields: list[str] = []


class BrokenLinks(ReportView):
    page_title = "Broken links"
    header_icon = "link"
    index_url_name = "broken-links"
    index_results_url_name = "broken-links-results"
    template_name = "home/admin/broken_links.html"
    results_template_name = "home/admin/broken_links_results.html"
    model = Link
    permission_policy = ModelPermissionPolicy(Link)
    any_permission_required = ["view"]
    filterset_class = LinkFilters
    default_ordering = None
    list_export = ["address", "get_state_display", "why", "failing_since"]
    export_headings = {"get_state_display": "What was found", "failing_since": "Since"}

    def get_queryset(self) -> QuerySet[Link]:
        order = Case(
            *(When(state=state, then=Value(number)) for number, state in enumerate(TROUBLES)),
            output_field=IntegerField(),
        )
        mine = LinkPlace.objects.filter(mendable_by(self.request.user)).values("pk")
        places = LinkPlace.objects.annotate(
            mine=Case(When(pk__in=mine, then=Value(1)), default=Value(0), output_field=IntegerField())
        )
        found = Link.objects.filter(state__in=TROUBLES).annotate(order=order)
        return found.order_by("order", "failing_since", "pk").prefetch_related(Prefetch("places", places, "stands"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = Link.objects.aggregate(all=Count("pk"))
        last = Link.objects.exclude(looked_at=None).order_by("-looked_at").values_list("looked_at", flat=True).first()
        return super().get_context_data(
            all=counts["all"], last=last, asks_others=settings.LOOK_AT_OTHER_SITES, **kwargs
        )

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        for link in object_list:
            link.tone = {Link.State.BROKEN: "bad", Link.State.ONCE: "waiting"}.get(link.state, "plain")
        return object_list


def _may_look(request: HttpRequest) -> None:
    if not request.user.has_perm("home.view_link"):
        raise PermissionDenied


@require_POST
def look_again(request: HttpRequest, pk: int) -> HttpResponse:
    """One link."""
    _may_look(request)
    link = get_object_or_404(Link, pk=pk)
    if link.not_before and link.not_before > timezone.now():
        messages.warning(request, "Its site asked us to come back later. We will, by ourselves.")
    else:
        look_again_at(link)
        messages.success(request, "We are looking. Load this page again in a moment.")
    return redirect("broken-links")


@require_POST
def look_again_at_all(request: HttpRequest) -> HttpResponse:
    """All links of the site."""
    _may_look(request)
    begin_now()
    messages.success(request, "We are looking at every link. It takes a few minutes; load this page again then.")
    return redirect("broken-links")


def addresses() -> list[URLPattern]:
    """Under the admin's own."""
    return [
        path("reports/broken-links/", BrokenLinks.as_view(), name="broken-links"),
        path("reports/broken-links/results/", BrokenLinks.as_view(results_only=True), name="broken-links-results"),
        path("reports/broken-links/now/", look_again_at_all, name="broken-links-now"),
        path("reports/broken-links/<int:pk>/now/", look_again, name="broken-link-now"),
    ]


class LinksMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("home.view_link"))


def menu_item() -> MenuItem:
    """The first under Reports."""
    return LinksMenuItem("Broken links", reverse("broken-links"), name="broken-links", icon_name="link", order=100)
