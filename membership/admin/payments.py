"""What was paid for a membership, what went back of it, and the button that gives it back."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import LogActionRegistry

from membership.admin.levels import DollarsField
from membership.admin.partners import PartnerLink, stripe_link
from membership.cases import AlreadySettled
from membership.models import Case, Contest, Payment, Refund
from membership.money import dollars
from membership.refunds import ASKED, REASONS, RefundRefused, Wanted, ask, left_of, left_of_case, why_not
from membership.states import standing_payments
from membership.timeline import BAD, GOOD, PLAIN, WAITING, long_date

REFUND_TONES = {
    Refund.State.ASKED: WAITING,
    Refund.State.PENDING: WAITING,
    Refund.State.SUCCEEDED: GOOD,
    Refund.State.FAILED: BAD,
    Refund.State.REFUSED: BAD,
}


@dataclass(frozen=True)
class RefundLine:
    """One refund of a payment, in words."""

    words: str
    state: str
    tone: str
    answer: str


@dataclass(frozen=True)
class PaymentLine:
    """One payment as the pages of a member and a join form show it. `refund_url` is empty where nothing can be done,
    or the reader may not."""

    amount: str
    paid_on: str
    state: str
    tone: str
    partner: PartnerLink | None
    refunds: list[RefundLine]
    refund_url: str


def payment_lines(payments: Iterable[Payment], user: Any) -> list[PaymentLine]:
    """The payments that `user` is shown, with their refunds."""
    may = user.has_perm("membership.make_refund")
    return [_line(payment, may) for payment in payments]


def _line(payment: Payment, may: bool) -> PaymentLine:
    state, tone = _state(payment)
    url = reverse("signups:refund", args=[payment.pk]) if may and not why_not(payment) else ""
    return PaymentLine(
        amount=dollars(payment.amount_cents, payment.currency),
        paid_on=long_date(timezone.localdate(payment.paid_at)) if payment.paid_at else "",
        state=state,
        tone=tone,
        partner=stripe_link(payment.payment_intent_id) if payment.payment_intent_id else None,
        refunds=[_refund_line(refund, payment) for refund in payment.refunds.all()],
        refund_url=url,
    )


def _state(payment: Payment) -> tuple[str, str]:
    if payment.dispute == Contest.LOST:
        return "Dispute lost", BAD
    if payment.dispute == Contest.OPEN:
        return "Disputed", BAD
    if payment.is_fully_refunded:
        return "Given back", PLAIN
    if not payment.counts:
        return "Does not count", BAD
    if payment.refunded_cents:
        return f"{dollars(payment.refunded_cents, payment.currency)} given back", PLAIN
    return "Paid", GOOD


def _refund_line(refund: Refund, payment: Payment) -> RefundLine:
    who = f" by {refund.asked_by.get_username()}" if refund.asked_by else " in Stripe"
    why = f": {REASONS[refund.reason].lower()}" if refund.reason in REASONS else ""
    amount = dollars(refund.amount_cents, payment.currency)
    words = f"{amount} on {long_date(timezone.localdate(refund.asked_at))}{who}{why}."
    return RefundLine(words, refund.get_state_display(), REFUND_TONES[Refund.State(refund.state)], refund.answer)


class RefundForm(forms.Form):
    """How much is given back, and why. `seen` is set once the second look was shown."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)
    case = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    amount = DollarsField(
        label="Amount in dollars",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text="All of it, or a part, for example 5.00.",
    )
    reason = forms.ChoiceField(label="Why", choices=list(REASONS.items()), widget=forms.RadioSelect)
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What next year's treasurer should know. Only executives read it.",
    )
    rest_kept = forms.CharField(
        label="If it is only a part: why the club keeps the rest",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="With a reason here, the case is settled. Left empty, it waits until the rest is given back too.",
    )

    def __init__(self, *args: Any, left: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = left
        if not self["case"].value():
            del self.fields["rest_kept"]

    def clean(self) -> dict[str, Any]:
        if "case" in self.errors:  # a hidden field: somebody or something changed the page
            raise forms.ValidationError("The case that it was asked from is no longer here. Nothing was refunded.")
        return self.cleaned_data

    def clean_amount(self) -> int:
        cents: int = self.cleaned_data["amount"]
        if cents == 0:
            raise forms.ValidationError("Write how much is to be given back.")
        if cents > self.left:
            raise forms.ValidationError(f"At most {dollars(self.left)} of this payment can be given back.")
        return cents


class RefundPayment(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView[RefundForm]):
    """A form, a second look at what would happen, and then Stripe is asked. The same form twice is one refund."""

    permission_required = "change"
    permission_policy = None
    form_class = RefundForm
    template_name = "membership_admin/refund.html"
    page_title = "Refund"
    header_icon = "undo"
    index_url_name = ""
    _show_breadcrumbs = True

    def user_has_permission(self, permission: str) -> bool:
        return bool(self.request.user.has_perm("membership.make_refund"))

    @cached_property
    def payment(self) -> Payment:
        payments = Payment.objects.select_related("signup__level", "signup__member")
        return get_object_or_404(payments, pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("signups:index"), "label": "Join forms"},
            {"url": self.back_url, "label": f"{self.payment.signup.first_name} {self.payment.signup.last_name}"},
            {"url": "", "label": self.page_title},
        ]

    @property
    def back_url(self) -> str:
        return reverse("signups:inspect", args=[self.payment.signup_id])

    def get_initial(self) -> dict[str, Any]:
        case = self._case(self._case_asked_for())
        reason = {Case.Kind.TWICE: "duplicate", Case.Kind.FRAUD: "fraudulent"}.get(
            Case.Kind(case.kind) if case else Case.Kind.DISPUTE, "requested_by_customer"
        )
        return {
            "nonce": uuid.uuid4(),
            "case": case.pk if case else None,
            "amount": left_of(self.payment),
            "reason": reason,
        }

    def _case_asked_for(self) -> int:
        asked = self.request.GET.get("case", "")
        return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "left": self._left}

    @cached_property
    def _made(self) -> list[Refund]:
        """The refund that this very form made when it was sent before: it is not held against itself."""
        nonce = self.request.POST.get("nonce", "")
        return [refund for refund in self.payment.refunds.all() if str(refund.uuid) == nonce]

    @property
    def _left(self) -> int:
        """How many cents can be given back."""
        return left_of(self.payment) + sum(refund.amount_cents for refund in self._made)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            payment=payment_lines([self.payment], self.request.user)[0],
            name=f"{self.payment.signup.first_name} {self.payment.signup.last_name}",
            level=self.payment.signup.level,
            refusal="" if self._made else why_not(self.payment),
            back_url=self.back_url,
            **kwargs,
        )

    def form_valid(self, form: RefundForm) -> HttpResponse:
        data = form.cleaned_data
        if "sure" not in self.request.POST:
            showing_again = "change" in self.request.POST
            look = {} if showing_again else second_look(self.payment, data, self._case(data["case"]))
            return self.render_to_response(self.get_context_data(form=form, **look))
        rest_kept = data.get("rest_kept", "")
        wanted = Wanted(data["nonce"], self.payment.pk, data["amount"], data["reason"], data["note"], rest_kept)
        try:
            refund = ask(wanted, by=self.request.user, case_id=data["case"])  # type: ignore[arg-type]
        except RefundRefused as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        except AlreadySettled as error:
            messages.warning(self.request, f"Nothing was refunded: {settled_by_whom(error.case)}")
            return redirect("cases:inspect", error.case.pk)
        messages.success(
            self.request,
            f"{dollars(refund.amount_cents)} is on its way back. It is shown as pending until Stripe says that it "
            "is done; on their card it takes five to ten days.",
        )
        case = self._case(data["case"])
        if case is not None and case.is_open:
            messages.warning(self.request, "The case still waits: a part of what it is about was not given back.")
            return redirect("cases:inspect", case.pk)
        return redirect(self.back_url)

    def _case(self, pk: int | None) -> Case | None:
        return Case.objects.filter(pk=pk, payment=self.payment).first() if pk else None


def second_look(payment: Payment, data: dict[str, Any], case: Case | None) -> dict[str, Any]:
    """What the page says before anything is asked of Stripe."""
    return {
        "look": True,
        "amount": dollars(data["amount"]),
        "reason": REASONS[data["reason"]],
        "note": data["note"],
        "rest_kept": data.get("rest_kept", ""),
        "effects": [*_effects(payment, data["amount"]), *_effect_on(case, payment, data)],
    }


def _effect_on(case: Case | None, payment: Payment, data: dict[str, Any]) -> Iterator[str]:
    if case is None:
        return
    rest = left_of_case(case, payment) - data["amount"]
    if rest > 0 and not data.get("rest_kept"):
        yield f"The case goes on waiting: {dollars(rest)} of what it is about is not given back yet."
    else:
        yield "The case is settled by it."


def _effects(payment: Payment, cents: int) -> Iterator[str]:
    others = [one for one in standing_payments(list(payment.signup.payments.all())) if one.pk != payment.pk]
    whole = cents >= payment.amount_cents - payment.refunded_cents
    if not payment.counts:
        yield "Nobody was made a member by this payment, so no membership changes."
    elif whole and others:
        yield "They stay a member: their other payment still stands."
    elif whole:
        yield "Their membership ends as soon as Stripe confirms it. They are not written to: please do that yourself."
    else:
        yield "They stay a member: only a part is given back."
    yield "Stripe keeps its fee for the payment."
    yield "It cannot be taken back."


def settled_by_whom(case: Case) -> str:
    """Who was first, for the second of two executives."""
    who = case.settled_by.get_username() if case.settled_by else "the site itself"
    return f"this case was settled by {who} already ({case.get_settlement_display().lower()})."


def register_refund_action(actions: LogActionRegistry) -> None:
    """Let the audit log say in words that a refund was asked for."""
    actions.register_action(ASKED, "Refund", "Asked Stripe to give a payment back")
