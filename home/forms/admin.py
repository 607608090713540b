"""Answers in the admin: the list of those one may read, one answer, its files, and deleting it."""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from home.admin_lists import Listing, OwnPageViewSet, ToneColumn, isolated
from home.days import in_words
from home.forms.exporting import AnswersExport
from home.forms.page import FormPage
from home.forms.policy import ReadersPolicy
from home.forms.records import Answer, AnswerFile, readable_by

GOOD, WAITING, PLAIN = "good", "waiting", "plain"


def forms_of(request: HttpRequest | None) -> QuerySet[FormPage]:
    """The forms whose answers somebody may read, and that have any."""
    if request is None:
        return FormPage.objects.none()
    return FormPage.objects.filter(pk__in=readable_by(request.user).order_by().values("form")).order_by("title")


class AnswerFilters(WagtailFilterSet):
    form = django_filters.ModelChoiceFilter(
        label="Form", queryset=forms_of, empty_label="All", widget=forms.RadioSelect
    )
    read = django_filters.ChoiceFilter(
        label="Read",
        choices=[("no", "Not read yet"), ("yes", "Read")],
        method="by_read",
        empty_label="All",
        widget=forms.RadioSelect,
    )
    sent = django_filters.DateFromToRangeFilter(label="Sent", field_name="sent_at", widget=DateRangePickerWidget)

    class Meta:
        model = Answer
        fields: list[str] = []

    def by_read(self, answers: QuerySet[Answer], name: str, value: str) -> QuerySet[Answer]:
        return answers.filter(read_at__isnull=value == "no")


def who(answer: Answer) -> str:
    """A name for the list: theirs, else their address, else what they first said."""
    first = next((text for _, text in answer.lines if text), "")
    return answer.name or answer.email or first or "An answer"


def marks(answer: Answer) -> str:
    """Whether somebody has read it."""
    return "Read" if answer.read_at else "New"


def about(answer: Answer) -> str:
    """What else a reader should know, in a few words."""
    found = []
    if answer.form.for_members:
        found.append({True: "Member", False: "No member’s address", None: "Not looked up yet"}[answer.by_member])
    if answer.is_late:
        found.append("After the deadline")
    if answer.file_count:  # type: ignore[attr-defined]  # counted by the list
        count = answer.file_count  # type: ignore[attr-defined]
        found.append(f"{count} file{'s' if count > 1 else ''}")
    return ", ".join(found)


class AnswerList(AnswersExport, Listing):
    page_title = "Answers"
    verbose_name = "answer"
    verbose_name_plural = "answers"
    empty_words = "No answers yet. When somebody sends a form whose answers you read, it stands here."

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            self.link_column("who", label="From", accessor=lambda answer: isolated(who(answer))),
            Column("form", label="Form", accessor=lambda answer: isolated(answer.form.title)),
            ToneColumn(
                "read", label="Read", accessor=marks, tone=lambda answer: PLAIN if answer.read_at else WAITING
            ),
            Column("about", label="Besides", accessor=about),
            DateColumn("sent", label="Sent", accessor="sent_at", sort_key="sent_at"),
        ]

    def get_base_queryset(self) -> QuerySet[Answer]:
        answers = readable_by(self.request.user)
        return answers.select_related("form").annotate(file_count=Count("files", distinct=True))


class AnswerPage(generic.InspectView):
    """One answer. Who opens it has read it."""

    fields = ["sent_at"]

    def get_object(self, queryset: Any = None) -> Answer:
        answers = readable_by(self.request.user).select_related("form", "read_by")
        return get_object_or_404(answers, pk=self.pk)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.read_at is None:
            self.object.read_at, self.object.read_by = timezone.now(), request.user
            self.object.save(update_fields=["read_at", "read_by"])
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def get_page_subtitle(self) -> str:
        return who(self.object)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [Button("Delete", url=self.get_delete_url(), icon_name="bin", priority=20)]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": "Answers"},
            {"url": "", "label": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        answer: Answer = self.object
        files = {file.question: file for file in answer.files.all()}
        return super().get_context_data(
            answer=answer,
            who=self.get_page_subtitle(),
            form=answer.form,
            lines=[
                {"label": line["label"], "text": text, "file": files.get(line["name"])}
                for line, (_, text) in zip(answer.given, answer.lines, strict=True)
            ],
            deleted_on=in_words(answer.delete_on),
            unread_url=reverse("answers:unread", args=[answer.pk]),
            **kwargs,
        )


class AnswerDelete(generic.DeleteView):
    """Before its day, for example because the person asks for it."""

    success_message = "The answer and its files are deleted."

    def get_queryset(self) -> QuerySet[Answer]:
        return readable_by(self.request.user)


@require_POST
def mark_unread(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it count as new again."""
    answer = get_object_or_404(readable_by(request.user), pk=pk)
    answer.read_at = answer.read_by = None
    answer.save(update_fields=["read_at", "read_by"])
    messages.success(request, "It counts as not read.")
    return redirect("answers:index")


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """A file of an answer, to be saved and never shown on the site's own address."""
    file = get_object_or_404(AnswerFile.objects.select_related("answer"), pk=pk)
    if not readable_by(request.user).filter(pk=file.answer_id).exists():
        raise PermissionDenied
    response = FileResponse(
        file.file.open("rb"), as_attachment=True, filename=file.name, content_type=file.content_type
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store, private"
    return response


class AnswerViewSet(OwnPageViewSet):
    model = Answer
    name = "answers"
    icon = "form"
    menu_label = "Answers"
    menu_order = 140
    add_to_admin_menu = True
    allowed = ("delete",)
    index_view_class = AnswerList
    inspect_view_class = AnswerPage
    delete_view_class = AnswerDelete
    inspect_template_name = "home/admin/answer.html"
    filterset_class = AnswerFilters
    ordering = "-sent_at"

    @property
    def permission_policy(self) -> ReadersPolicy:
        return ReadersPolicy()

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/unread/", mark_unread, name="unread"),
            path("file/<int:pk>/", download, name="file"),
        ]
