"""Adding a member by hand: a form, a second look at what it would do, and then it is done."""

import uuid
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import LogActionRegistry

from membership import words
from membership.addresses import clean_email, suggestion
from membership.admin.levels import DollarsField
from membership.by_hand import ADDED, HandData, Plan, PlanChanged, add, plan_for
from membership.errors import WrongAddress
from membership.forms import NameField
from membership.models import Addition, Level, Membership
from membership.money import dollars
from membership.timeline import long_date

A_YEAR = timedelta(days=366)
Way = Addition.Way


class HandForm(forms.Form):
    """What has to be written down. `seen` names the plan that was looked at before saving."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    first_name = NameField(missing="Type their first name.")
    last_name = NameField(missing="Type their last name. If they have only one name, type it in both fields.")
    email = forms.CharField(
        label="Email", strip=False, help_text="Their receipt goes there. A known address extends its member."
    )
    level = forms.ModelChoiceField(Level.objects.all(), empty_label=None, widget=forms.RadioSelect)
    way = forms.ChoiceField(label="How it was paid", choices=Way.choices, widget=forms.RadioSelect)
    amount = DollarsField(
        label="Amount in dollars",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text="What you were given, for example 15.00. For a complimentary membership write 0.",
    )
    received_by = forms.CharField(
        label="Who received it",
        required=False,
        max_length=120,
        help_text="Who took the cash, or whose account the e-transfer reached. Leave empty if complimentary.",
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What next year's treasurer should know. Why, if it is complimentary. Only executives read it.",
    )
    starts_on = forms.DateField(
        label="First day",
        widget=AdminDateInput,
        help_text="If a paid membership is still running then, the new one begins on the day after it ends.",
    )

    def clean_email(self) -> str:
        try:
            return clean_email(self.cleaned_data["email"])
        except WrongAddress as error:
            raise ValidationError(str(error)) from error

    def clean_starts_on(self) -> Any:
        day = self.cleaned_data["starts_on"]
        if abs(day - timezone.localdate()) > A_YEAR:
            raise ValidationError("That is more than a year away. Check the year.")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        way, amount = data.get("way"), data.get("amount")
        if way == Way.COMPLIMENTARY:
            if amount:
                self.add_error(
                    "amount", "A complimentary membership costs nothing: write 0, or change how it was paid."
                )
            if not data.get("note"):
                self.add_error("note", "Say why it is complimentary, so that next year's executives know.")
        elif way:
            if amount == 0:
                self.add_error("amount", "Write what you were given, or choose Complimentary.")
            if not data.get("received_by"):
                self.add_error("received_by", "Say who received the money.")
        return data

    def hand_data(self) -> HandData:
        """What is written down, as the service takes it. For a valid form."""
        taken = {name: self.cleaned_data[name] for name in HandData.__dataclass_fields__ if name != "amount_cents"}
        return HandData(amount_cents=self.cleaned_data["amount"], **taken)


class AddByHand(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView[HandForm]):
    """Nothing is added before its second look has been seen as it is: another click shows it anew if it changed."""

    permission_required = "add_by_hand"
    permission_policy = None
    form_class = HandForm
    template_name = "membership_admin/by_hand.html"
    page_title = "Add by hand"
    header_icon = "user"
    index_url_name = ""
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("members:index"), "label": "Members"},
            {"url": "", "label": self.page_title},
        ]

    def get_initial(self) -> dict[str, Any]:
        return {"nonce": uuid.uuid4(), "starts_on": timezone.localdate(), "level": Level.objects.first()}

    def form_valid(self, form: HandForm) -> HttpResponse:
        data = form.hand_data()
        seen = form.cleaned_data["seen"]
        if seen and "change" not in self.request.POST:
            try:
                membership = add(data, seen=seen, by=self.request.user)  # type: ignore[arg-type]
            except PlanChanged:
                messages.warning(self.request, "Something changed meanwhile. Nothing was added: please look again.")
            else:
                messages.success(self.request, "Added. The receipt goes out within a minute.")
                return redirect(reverse("members:inspect", args=[membership.member_id]))
        if "change" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        return self.render_to_response(self.get_context_data(form=form, **second_look(data, plan_for(data))))


def second_look(data: HandData, plan: Plan) -> dict[str, Any]:
    """What the page says before anything is saved."""
    until = f"until {long_date(plan.ends_on)}" if plan.ends_on else "with no end"
    paid = "Nothing: it is complimentary"
    if data.way != Way.COMPLIMENTARY:
        paid = f"{dollars(data.amount_cents)}, {Way(data.way).label.lower()}, received by {data.received_by}"
    return {
        "plan": plan,
        "data": data,
        "term": f"from {long_date(plan.starts_on)} {until}",
        "paid": paid,
        "warnings": list(_warnings(data, plan)),
        "known_url": reverse("members:inspect", args=[plan.member.pk]) if plan.member else "",
    }


def _warnings(data: HandData, plan: Plan) -> list[str]:
    found = []
    meant = suggestion(data.email)
    if meant and plan.member is None:
        found.append(words.DID_YOU_MEAN.format(email=meant))
    if data.way != Way.COMPLIMENTARY and data.amount_cents != data.level.price_cents:
        found.append(f"{data.level} costs {dollars(data.level.price_cents)}; you wrote {dollars(data.amount_cents)}.")
    found += [_beside(row, plan) for row in plan.there]
    if plan.ends_on and plan.ends_on < timezone.localdate():
        found.append("This membership would have ended already.")
    return found


def _beside(there: Membership, plan: Plan) -> str:
    """What to know of a membership whose days the new one would cover again."""
    until = f"until {long_date(there.ends_on)}" if there.ends_on else "with no end"
    since = f"from {long_date(there.starts_on)} " if there.starts_on > timezone.localdate() else ""
    known = f"They have a membership already: {there.level} {since}{until}"
    if there.state == Membership.State.HELD:
        return (
            f"{known}. It is on hold, because its payment is disputed. The new one does not wait for it; if it comes "
            "back, it goes on after the new one."
        )
    if there.ends_on is None:
        return f"{known}. The new one would cover the same days, and add none: is it needed?"
    if plan.starts_on > there.ends_on:
        return f"{known}. The new one begins on {long_date(plan.starts_on)}, so that they lose no day."
    day_after = long_date(there.ends_on + timedelta(days=1))
    return f"{known}. The new one would cover the same days again. Should it start the day after, on {day_after}?"


def may_add(request: HttpRequest) -> bool:
    return request.user.has_perm("membership.add_by_hand_member")


def register_added_action(actions: LogActionRegistry) -> None:
    """Let the audit log say in words that a membership was added."""
    actions.register_action(ADDED, "Add by hand", "Added a membership by hand")
