"""Importing a list of members: upload, columns and a preview, progress, and taking it back; all at one address."""

from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import LogActionRegistry

from membership.imports import looking
from membership.imports.deciding import Kind
from membership.imports.errors import Unreadable
from membership.imports.matching import FIELDS
from membership.imports.reading import MOST_BYTES, Table, read_table
from membership.imports.running import is_stuck, same_file, start, upload
from membership.imports.switching import IMPORTED
from membership.imports.undoing import UNDONE, CannotBeUndone, undo
from membership.models import Import, Level, Looked
from membership.timeline import long_moment

State = Import.State
KINDS = {
    Kind.NEW: ("New member", "good"),
    Kind.EXTENDS: ("Membership added", "good"),
    Kind.THERE: ("There already", "plain"),
    Kind.BAD: ("Bad line, left out", "bad"),
}
# The heading of a list in each state, the words for its state, and their colour.
STATES = {
    State.LOOKING: ("It is being looked at", "Being looked at", "waiting"),
    State.LOOKED_AT: ("Look before you import", "Not imported yet", "waiting"),
    State.WAITING: ("It is being imported", "Being imported", "waiting"),
    State.DONE: ("It is imported", "Imported", "good"),
    State.FAILED: ("It was not imported", "Failed: nothing was imported", "bad"),
    State.UNDONE: ("It was taken back", "Undone", "plain"),
}
LINES_A_PAGE = 100
SHOWN = 20


class UploadForm(forms.Form):
    file = forms.FileField(
        label="List of members",
        help_text="XLSX or CSV, with headings, up to 50,000 lines: an export of a form, of HubSpot, of Stripe's "
        "customers, or one of ours.",
    )

    def clean_file(self) -> tuple[bytes, Table]:
        """The file and what stands in it."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 15 MB. Split it.")
        data: bytes = file.read()
        try:
            return data, read_table(data)
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error


class MatchForm(forms.Form):
    """Where each column is, and what holds for lines that do not say."""

    default_level = forms.ModelChoiceField(
        Level.objects.all(),
        required=False,
        empty_label="None: such lines are bad",
        label="Level of lines that name none",
    )
    starts_on = forms.DateField(label="First day of lines that name none", widget=AdminDateInput)

    def __init__(self, *args: Any, batch: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Not in the file")] + [
            (str(place), heading or f"Column {place + 1}") for place, heading in enumerate(batch.headings)
        ]
        for name, label in FIELDS.items():
            self.fields[name] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=str(batch.columns.get(name, ""))
            )
        self.order_fields([*FIELDS, "default_level", "starts_on"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("email"):
            self.add_error("email", "Choose the column that holds the email address: it tells people apart.")
        return data

    def store(self, batch: Import) -> None:
        data = self.cleaned_data
        batch.columns = {name: int(data[name]) for name in FIELDS if data[name]}
        batch.level, batch.starts_on = data["default_level"], data["starts_on"]
        batch.save(update_fields=["columns", "level", "starts_on"])
        looking.begin(batch)


class ImportMembers(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """`?list=…` names the upload; without it, a new one begins."""

    permission_required = "import"
    permission_policy = None
    template_name = "membership_admin/import.html"
    page_title = "Import members"
    header_icon = "upload"
    index_url_name = ""
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("members:index"), "label": "Members"},
            {"url": "", "label": self.page_title},
        ]

    def get(self, request: HttpRequest) -> HttpResponse:
        if "list" not in request.GET:
            return self.show(upload=UploadForm())
        return self.show_batch(self.batch())

    def post(self, request: HttpRequest) -> HttpResponse:
        if "list" not in request.GET:
            sent = UploadForm(request.POST, request.FILES)
            if not sent.is_valid():
                return self.show(upload=sent)
            return to(upload(*sent.cleaned_data["file"], by=self.staff()))
        batch = self.batch()
        if is_stuck(batch):
            batch.state = State.FAILED
        deed = request.POST.get("do")
        if deed == "undo":
            return self.undo(batch)
        if batch.state not in (State.LOOKED_AT, State.FAILED):
            return to(batch)
        form = MatchForm(request.POST, batch=batch)
        if deed == "match":
            if not form.is_valid():
                return self.show_batch(batch, form)
            form.store(batch)
        elif deed == "import" and "email" in batch.columns and batch.lines:
            start(batch.pk)
        return to(batch)

    def undo(self, batch: Import) -> HttpResponse:
        try:
            undo(batch.pk, by=self.staff())
        except CannotBeUndone as error:
            messages.error(
                self.request,
                f"It cannot be undone: {len(error.members)} of its members were changed or extended since. "
                "Correct them one by one.",
            )
        else:
            messages.success(self.request, "Undone.")
        return to(batch)

    def batch(self) -> Import:
        number = self.request.GET["list"]
        batch = Import.objects.filter(pk=number).first() if number.isascii() and number.isdigit() else None
        if batch is None:
            raise Http404
        return batch

    def staff(self) -> Any:
        if not self.request.user.is_authenticated:
            raise PermissionDenied
        return self.request.user

    def show_batch(self, batch: Import, form: MatchForm | None = None) -> HttpResponse:
        if is_stuck(batch):
            batch.state = State.FAILED
        heading, label, tone = STATES[State(batch.state)]
        shown: dict[str, Any] = {"batch": batch, "heading": heading, "label": label, "tone": tone}
        shown["when"] = long_moment(batch.created_at)
        if batch.state in (State.LOOKED_AT, State.FAILED) and batch.lines:
            initial = {"default_level": batch.level, "starts_on": batch.starts_on}
            shown["form"] = form or MatchForm(batch=batch, initial=initial)
            twin = same_file(batch)
            shown["twin"] = long_moment(twin.done_at) if twin and twin.done_at else ""
            if "email" in batch.columns:
                shown |= self.preview(batch)
        elif batch.state in (State.DONE, State.UNDONE):
            shown["tallies"] = tallies(Counter(batch.counts))
        page = self.show(**shown)
        if batch.state in (State.WAITING, State.LOOKING):
            page["Refresh"] = "2"  # seconds: whoever waits sees how far it is without a click
        return page

    def preview(self, batch: Import) -> dict[str, Any]:
        counts = Counter(batch.preview.get("counts", {}))
        wanted = self.request.GET.get("show", "")
        wanted = wanted if wanted in list(Kind) else ""
        kept = Looked.objects.filter(batch=batch, look=batch.look, **({"kind": wanted} if wanted else {}))
        page = Paginator(kept, LINES_A_PAGE).get_page(self.request.GET.get("p"))
        return {
            "tallies": tallies(counts),
            "makes": counts[Kind.NEW] + counts[Kind.EXTENDS],
            "becomes": becomes(batch),
            "without_level": batch.preview.get("without_level", 0),
            "looked_at": long_moment(batch.looked_at) if batch.looked_at else "",
            "page": page,
            "rows": [row(line) for line in page.object_list],
            "show": wanted,
            "shown_label": KINDS[Kind(wanted)][0] if wanted else "",
        }

    def show(self, **context: Any) -> HttpResponse:
        past = list(Import.objects.defer("lines", "headings").exclude(state=State.LOOKED_AT)[:SHOWN])
        for one in past:
            _, one.label, one.tone = STATES[State(one.state)]  # type: ignore[attr-defined]
        return self.render_to_response(self.get_context_data(past=past, today=timezone.localdate(), **context))


def to(batch: Import) -> HttpResponseRedirect:
    return redirect(f"{reverse('members:import')}?list={batch.pk}")


def tallies(counts: "Counter[str]") -> list[dict[str, Any]]:
    return [
        {"kind": kind.value, "label": label, "count": counts[kind], "tone": tone if counts[kind] else "plain"}
        for kind, (label, tone) in KINDS.items()
    ]


def becomes(batch: Import) -> list[str]:
    """How many would become what, and who says so: their lines, or the executive who chose it for those without."""
    return [
        f"{count} become{'s' if count == 1 else ''} {level}, "
        + (
            "only because you chose that level for lines that name none."
            if by_choice
            else f"as {'its line says' if count == 1 else 'their lines say'}."
        )
        for level, by_choice, count in batch.preview.get("makes", [])
    ]


def row(line: Looked) -> dict[str, Any]:
    """A line of the preview, in words."""
    label, tone = KINDS[Kind(line.kind)]
    return {"line": line, "label": label, "tone": tone, "says": line.says, "name": line.name}


def may_import(request: HttpRequest) -> bool:
    return request.user.has_perm("membership.import_member")


def register_import_actions(actions: LogActionRegistry) -> None:
    """Let the audit log say in words that a list was imported, or taken back."""
    actions.register_action(IMPORTED, "Import members", "Imported a list of members")
    actions.register_action(UNDONE, "Undo import", "Undid an import of members")
