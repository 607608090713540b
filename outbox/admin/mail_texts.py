"""Mail texts in the admin: every word of our mails, with a preview, a test and a way back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.log_actions import log

from outbox import mail_words
from outbox.admin.policies import OnlyPolicy
from outbox.mail_texts import example_url, promise_test, restore
from outbox.mails import MailKind, Words, mail_kind, mail_kinds, render
from outbox.models import MailText


class MailTextForm(WagtailAdminModelForm):
    """Refuses words that would make a mail wrong, and names the variable."""

    class Meta:
        model = MailText
        fields = ["subject", "body", "button"]
        widgets = {"body": AdminAutoHeightTextInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = mail_kind(self.instance.key)
        if not self.kind.button:
            del self.fields["button"]
        else:
            self.fields["button"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for name in self.fields:
            if name in cleaned:
                self._refuse_if_wrong(name, [cleaned[name]], frozenset())
        if not self.errors:
            self._refuse_if_wrong(self._lost_from(), [cleaned[name] for name in self.fields], self.kind.required)
        return cleaned

    def _lost_from(self) -> str:
        """The field whose required variable is not there any more: it stood there before, or else in the text."""
        before = {name: mail_words.variables_in(str(self.initial.get(name) or "")) for name in self.fields}
        now = {name: mail_words.variables_in(self.cleaned_data[name]) for name in self.fields}
        lost = (name for name in self.fields if (before[name] - now[name]) & self.kind.required)
        return next(lost, "body")

    def _refuse_if_wrong(self, name: str, parts: list[str], required: frozenset[str]) -> None:
        try:
            mail_words.check(parts, known=self.kind.variables, required=required)
        except mail_words.WordsRefused as error:
            self.add_error(name, forms.ValidationError(str(error)))

    def save(self, commit: bool = True) -> MailText:
        if self.has_changed():
            self.instance.edited = True
            self.instance.changed_at = timezone.now()
        saved: MailText = super().save(commit)
        return saved


class MailTextIndex(IndexView):
    """The list: only mails that the site still sends."""

    page_title = "Mail texts"
    table_classname = "listing own-list"

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().filter(key__in=[kind.key for kind in mail_kinds()])


class MailTextEdit(EditView):
    """The form, with what the mail is for and the variables it knows."""

    success_message = "The words of “%(object)s” are saved. The next mail uses them."
    error_message = "The words could not be saved. See below what is wrong."

    def get_object(self, queryset: Any = None) -> MailText:
        return registered(self.object_pk)

    def get_success_url(self) -> str:
        """The same page: a test of the saved words is sent from here."""
        return reverse("mail_texts:edit", args=[self.object.pk])

    def get_success_buttons(self) -> list[Any]:
        """None: one is there already."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["kind"] = mail_kind(self.object.key)
        context["variables"] = variables(context["kind"])
        return context


def registered(pk: int | str) -> MailText:
    """The row, or 404 when the site does not send that mail any more."""
    return get_object_or_404(MailText, pk=pk, key__in=[kind.key for kind in mail_kinds()])


def variables(kind: MailKind) -> list[dict[str, Any]]:
    """What the edit page shows of each variable."""
    return [
        {"written": f"{{{name}}}", "example": example, "required": name in kind.required}
        for name, example in kind.variables.items()
    ]


def _row(request: HttpRequest, pk: int) -> MailText:
    if not request.user.has_perm("outbox.change_mailtext"):
        raise PermissionDenied
    return registered(pk)


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail as it would look: the saved words, or those in the form that was posted, which stay unsaved."""
    row = _row(request, pk)
    kind = mail_kind(row.key)
    context: dict[str, Any] = {"row": row, "kind": kind}
    form = MailTextForm(request.POST, instance=row, for_user=request.user) if request.method == "POST" else None
    if form is not None and not form.is_valid():
        context["form"] = form
    else:
        words = Words(row.subject, row.body, row.button)
        context["mail"] = render(kind, words, dict(kind.variables), example_url())
    return TemplateResponse(request, "outbox/mail_text_preview.html", context)


@require_POST
def restore_original(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the mail its original words back."""
    row = _row(request, pk)
    restore(row)
    log(instance=row, action="wagtail.edit", content_changed=True)
    messages.success(request, "The original words are back.")
    return redirect("mail_texts:edit", pk)


@require_POST
def send_test(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the saved words to whoever asks, with the examples in the place of the variables."""
    row = _row(request, pk)
    address = request.user.email  # type: ignore[union-attr]
    if not address:
        messages.error(request, "Your account has no email address. Add one under Account, then try again.")
    else:
        promise_test(row, int(request.user.pk))  # type: ignore[arg-type]
        messages.success(request, f"The test is on its way to {address}.")
    return redirect("mail_texts:edit", pk)


class MailTextViewSet(ModelViewSet):
    """Change only: which mails there are is decided by the site."""

    model = MailText
    name = "mail_texts"
    url_prefix = "mail-texts"
    menu_label = "Mail texts"
    icon = "edit"
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = MailTextIndex
    edit_view_class = MailTextEdit
    edit_template_name = "outbox/mail_text_edit.html"
    search_fields = ["label", "subject", "body"]
    search_backend_name = None
    list_display = [
        "label",
        Column("subject", label="Subject"),
        Column("edited", label="Words", accessor=lambda row: "Changed" if row.edited else "As first written"),
        DateColumn("changed_at", label="Last changed"),
    ]

    @property
    def permission_policy(self) -> OnlyPolicy:
        return OnlyPolicy(MailText, "view", "change")

    def get_form_class(self, for_update: bool = False) -> type[MailTextForm]:
        return MailTextForm

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = {"index", "index_results", "edit", "history", "history_results", "usage"}
        return [
            *[pattern for pattern in super().get_urlpatterns() if pattern.name in kept],
            path("preview/<int:pk>/", preview, name="preview"),
            path("restore/<int:pk>/", restore_original, name="restore"),
            path("test/<int:pk>/", send_test, name="test"),
        ]


mail_text_viewset = MailTextViewSet()
