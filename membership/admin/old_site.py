"""Payments of the old site that a person has to decide about: all on one page, one by one or together."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from membership import deciding
from membership.admin.partners import stripe_link
from membership.cases import AlreadySettled
from membership.models import Case, Member
from membership.money import dollars
from membership.timeline import long_date

ACCEPT, LEAVE = "accept", "leave"
PAYMENTS_A_PAGE = 50


class DecisionForm(forms.Form):
    """What is decided about which cases; `sure` once the second look has been seen."""

    do = forms.ChoiceField(choices=[(ACCEPT, ACCEPT), (LEAVE, LEAVE)])
    case = forms.ModelMultipleChoiceField(
        Case.objects.filter(kind=Case.Kind.OLD_SITE).select_related("payment", "signup"),
        error_messages={"required": "Tick the payments that you want to decide about."},
    )
    note = forms.CharField(required=False, max_length=1000, strip=True)
    sure = forms.BooleanField(required=False)


class OldSitePayments(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """The open cases of the old site's payments. `?ticked=all` ticks those on the page."""

    permission_required = "change"
    permission_policy = None
    template_name = "membership_admin/old_site.html"
    page_title = "Payments of the old site"
    header_icon = "warning"
    index_url_name = ""
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("cases:index"), "label": "Cases"},
            {"url": "", "label": self.page_title},
        ]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest) -> HttpResponse:
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return self.show(error=next(iter(form.errors.values()))[0])
        do, note, chosen = form.cleaned_data["do"], form.cleaned_data["note"], list(form.cleaned_data["case"])
        error = ""
        if form.cleaned_data["sure"]:
            if do == ACCEPT or note:
                self.decide(chosen, do, note)
                return redirect(reverse("cases:old_site"))
            error = "Write down why, so that next year's executives know."
        waiting = [case for case in reversed(chosen) if case.is_open]
        return self.show(look=do, chosen=rows(waiting), error=error)

    def decide(self, chosen: list[Case], do: str, note: str) -> None:
        """Each case by itself: one that cannot be decided does not keep the others from it."""
        by: Any = self.request.user
        done, before, refused = 0, 0, 0
        for case in chosen:
            try:
                if do == ACCEPT:
                    deciding.accept(case, by=by)
                else:
                    deciding.leave(case, by=by, note=note)
            except AlreadySettled:
                before += 1
            except deciding.CannotAdopt:
                refused += 1
            else:
                done += 1
        if done:
            what = "made members, from the day they paid" if do == ACCEPT else "left as they are"
            messages.success(self.request, f"{done} {what}.")
        if before:
            messages.warning(self.request, f"{before} had been decided by somebody before. Nothing changed there.")
        if refused:
            messages.error(
                self.request,
                f"{refused} cannot be made members: no address is known. Leave them, and add the people by hand.",
            )

    def show(self, **context: Any) -> HttpResponse:
        waiting = Case.objects.filter(kind=Case.Kind.OLD_SITE, settled_at=None).select_related("payment", "signup")
        page = Paginator(waiting.order_by("payment__paid_at", "pk"), PAYMENTS_A_PAGE).get_page(
            self.request.GET.get("p")
        )
        return self.render_to_response(
            self.get_context_data(
                page=page, rows=rows(page.object_list), ticked=self.request.GET.get("ticked") == "all", **context
            )
        )


def rows(cases: Any) -> list[dict[str, Any]]:
    """What is known of each, in words."""
    found = list(cases)
    keys = [case.signup.email_key for case in found if case.signup]
    members = {member.email_key: member for member in Member.objects.filter(email_key__in=keys).exclude(email_key="")}
    return [_row(case, members) for case in found]


def _row(case: Case, members: dict[str, Member]) -> dict[str, Any]:
    signup, payment = case.signup, case.payment
    member = members.get(signup.email_key) if signup else None
    return {
        "case": case,
        "url": reverse("cases:inspect", args=[case.pk]),
        "name": signup.first_name if signup else "",
        "email": signup.email if signup else "",
        "amount": dollars(payment.amount_cents, payment.currency) if payment else "",
        "paid_on": long_date(timezone.localdate(payment.paid_at)) if payment and payment.paid_at else "",
        "member_url": reverse("members:inspect", args=[member.pk]) if member else "",
        "stripe": stripe_link(payment.payment_intent_id or case.stripe_object_id, "At Stripe") if payment else None,
    }
