"""The buttons of a case: what an executive can decide, and the second look at it."""

import logging
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from membership import deciding
from membership.admin.payments import settled_by_whom
from membership.cases import AlreadySettled
from membership.errors import TransportError
from membership.models import Case
from membership.refunds import why_not

Kind = Case.Kind
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Decision:
    """One thing that can be decided: its button, what it does, and whether a reason has to be written down."""

    slug: str
    button: str
    does: str
    needs_note: bool = False


ACCEPT = Decision(
    "accept",
    "It is right: make them a member",
    "The payment counts as the price of their membership, whatever was asked for. They get the welcome mail.",
)
ACCEPT_OLD = Decision(
    "accept",
    "Make them a member",
    "The payment counts as the price of a membership from the day it was paid. No mail goes out to them.",
)
ADOPT = Decision(
    "adopt",
    "Make them a member",
    "The site asks Stripe who paid, makes their join form again, and makes them a member. You can refund them there.",
)
AGAIN = Decision(
    "again",
    "I have separated them: look again",
    "The site sends the member to HubSpot once more. With a contact of their own there, the case settles itself.",
)
LEAVE = {
    Kind.MISMATCH: "Keep the money, no membership",
    Kind.TWICE: "Keep both payments",
    Kind.UNKNOWN: "It belongs elsewhere",
    Kind.DISPUTE: "I have dealt with it",
    Kind.FRAUD: "We know this person",
    Kind.REFUND: "Given back in another way",
    Kind.OLD_SITE: "Leave it: no membership",
    Kind.GONE: "I have looked at it",
    Kind.CONTACT: "Leave it as it is",
}
# Where most of it is done elsewhere.
ADVICE = {
    Kind.DISPUTE: "Open the payment in Stripe and answer there, with what shows that the person joined: their join "
    "form and the welcome mail. Or accept the dispute, if it is right. This case settles itself when the bank has "
    "decided.",
    Kind.REFUND: "The money is with the club. Ask the person how they would like to get it.",
    Kind.FRAUD: "If nobody at the club knows the person, refund it now: that avoids a dispute and its fee.",
    Kind.OLD_SITE: "It was paid on the site before this one. Look at the payment in Stripe: was it for a membership?",
    Kind.CONTACT: "Open the contact in HubSpot. If these are two people, take the second address off it (Actions, "
    "View all properties, Email), and look again. If it is one person with two addresses, correct one of the two "
    "members here, or leave it as it is.",
    Kind.UNKNOWN: "It may belong to another copy of this site, or to a join form that was lost with a broken "
    "database.",
    Kind.GONE: "Stripe forgets nothing that is real. Either the site was given the key of another Stripe account, or "
    "this was a test payment whose data was cleared: the maintainer can tell. Once Stripe knows it again, this case "
    "settles itself. If that will not happen, correct the membership by hand and say so here: the site then stops "
    "asking for it.",
}
REFUND = {
    Kind.MISMATCH: "Refund it…",
    Kind.OLD_SITE: "Refund it…",
    Kind.TWICE: "Refund the second payment…",
    Kind.FRAUD: "Refund all of it…",
    Kind.REFUND: "Try the refund again…",
}


@dataclass(frozen=True)
class Choice:
    """A button on the page of a case."""

    label: str
    does: str
    url: str


def choices(case: Case, user: Any) -> list[Choice]:
    """What `user` can do about an open case, the most likely first; nothing for one that is settled."""
    if not case.is_open or not user.has_perm("membership.change_case"):
        return []
    found = [
        Choice(decision.button, decision.does, reverse("cases:decide", args=[case.pk, decision.slug]))
        for decision in _decisions(case).values()
        if not decision.needs_note
    ]
    kind = Kind(case.kind)
    may_refund = kind in REFUND and case.payment and user.has_perm("membership.make_refund")
    if may_refund and case.payment and not why_not(case.payment):
        url = f"{reverse('signups:refund', args=[case.payment.pk])}?case={case.pk}"
        refund = Choice(REFUND[kind], "You see once more what would happen before Stripe is asked.", url)
        # A mismatch is accepted more often than not; everything else is refunded.
        found.insert(len(found) if kind in (Kind.MISMATCH, Kind.OLD_SITE) else 0, refund)
    leave = Choice(
        LEAVE[kind], "Nothing happens. You write down why.", reverse("cases:decide", args=[case.pk, "leave"])
    )
    return [*found, leave]


def _decisions(case: Case) -> dict[str, Decision]:
    """What can be decided about a case of its kind, by the name in the address."""
    leave = Decision(
        "leave", LEAVE[Kind(case.kind)], "The case is settled. No payment and no membership changes.", needs_note=True
    )
    possible = [leave]
    if case.kind == Kind.MISMATCH and case.payment_id:
        possible.insert(0, ACCEPT)
    if case.kind == Kind.OLD_SITE and case.payment_id:
        possible.insert(0, ACCEPT_OLD)
    if case.kind == Kind.UNKNOWN:
        possible.insert(0, ADOPT)
    if case.kind == Kind.CONTACT and case.member_id:
        possible.insert(0, AGAIN)
    return {decision.slug: decision for decision in possible}


class NoteForm(forms.Form):
    """Why nothing more is to be done."""

    note = forms.CharField(
        label="Why",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write down why, so that next year's executives know."},
        help_text="For next year's executives. No one else reads it.",
    )

    def __init__(self, *args: Any, needs_note: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_note:
            del self.fields["note"]


def why_stripe_did_not(error: TransportError) -> str:
    """What to do where a decision needed Stripe, and Stripe did not do its part."""
    if error.gone:
        return (
            "Nothing was changed: Stripe does not know this payment any more. If you know who paid, add them by hand "
            "and leave this case with a note."
        )
    if error.permanent:
        return "Nothing was changed: Stripe refuses to show it. Trying again will not help: tell the maintainer."
    return "Stripe did not answer. Nothing was changed: try again in a few minutes."


class DecideCase(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView[NoteForm]):
    """A second look at one decision, and then it is taken. Who comes second is told who was first."""

    permission_required = "change"
    permission_policy = None
    form_class = NoteForm
    template_name = "membership_admin/decide.html"
    page_title = "Decide"
    header_icon = "warning"
    index_url_name = ""
    _show_breadcrumbs = True

    @cached_property
    def case(self) -> Case:
        return get_object_or_404(Case.objects.select_related("payment", "signup"), pk=self.kwargs["pk"])

    @cached_property
    def decision(self) -> Decision:
        try:
            return _decisions(self.case)[self.kwargs["decision"]]
        except KeyError:
            raise Http404("Nothing of that kind can be decided about this case.") from None

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("cases:index"), "label": "Cases"},
            {"url": self._case_url, "label": str(self.case)},
            {"url": "", "label": self.decision.button},
        ]

    @property
    def _case_url(self) -> str:
        return reverse("cases:inspect", args=[self.case.pk])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "needs_note": self.decision.needs_note}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(case=self.case, decision=self.decision, back_url=self._case_url, **kwargs)

    def form_valid(self, form: NoteForm) -> HttpResponse:
        try:
            said = self._decide(form.cleaned_data.get("note", ""))
        except AlreadySettled as error:
            messages.warning(self.request, f"Nothing was changed: {settled_by_whom(error.case)}")
        except deciding.CannotAdopt as error:
            messages.error(self.request, str(error))
        except TransportError as error:
            logger.warning("A case could not be settled: %s", error.message)
            messages.error(self.request, why_stripe_did_not(error))
        else:
            messages.success(self.request, said)
        return redirect(self._case_url)

    def _decide(self, note: str) -> str:
        by: Any = self.request.user
        if self.decision.slug == "accept":
            deciding.accept(self.case, by=by)
            if self.case.kind == Kind.OLD_SITE:
                return "They are a member now, from the day they paid."
            return "They are a member now. The welcome mail goes out within a minute."
        if self.decision.slug == "adopt":
            signup = deciding.adopt(self.case, by=by)
            return f"Done. Their join form is now: {signup.get_state_display()}."
        if self.decision.slug == "again":
            deciding.look_again(self.case)
            return "The site looks again. Come back in a minute."
        deciding.leave(self.case, by=by, note=note)
        return "Settled. Your note is kept here."
