"""The list of answers as a spreadsheet: what stands on the screen, on all of its pages, and nothing else.

One form's answers have a column for each of its questions, also for those that were taken out since. Answers of
several forms stand below each other in words.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import ModelLogEntry

from home.forms.records import Answer, said
from home.spreadsheets import CSV_TYPE, XLSX_TYPE, Cell, as_csv, as_xlsx

WRITERS = {"xlsx": (as_xlsx, XLSX_TYPE), "csv": (as_csv, CSV_TYPE)}
FIRST = ("Form", "Sent", "Read")
ROWS_AT_ONCE = 500
EXPORTED = "home.export_answers"


class AnswersExport:
    """For the list of answers: `?export=xlsx` or `csv` beside its other parameters."""

    show_export_buttons = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.is_export:  # type: ignore[attr-defined]
            answer: HttpResponseBase = super().get(request, *args, **kwargs)  # type: ignore[misc]
            return answer
        answers: QuerySet[Answer] = self.get_queryset()  # type: ignore[attr-defined]
        chosen = request.GET["export"]
        log(request.user, EXPORTED, title="Answers", data={"rows": answers.count(), "format": chosen})
        write, content_type = WRITERS[chosen]
        today = timezone.localdate().isoformat()
        return StreamingHttpResponse(
            write(*table_of(answers)),
            content_type=content_type,
            headers={"Content-Disposition": f'attachment; filename="wits-answers-{today}.{chosen}"'},
        )


def table_of(answers: QuerySet[Answer]) -> tuple[list[str], Iterator[list[Cell]]]:
    """The headings, and a row for each answer."""
    forms = list(answers.order_by().values_list("form", flat=True).distinct()[:2])
    if len(forms) != 1:
        return [*FIRST, "Answers"], (
            [*_first(answer), "\n".join(f"{label}: {text}" for label, text in answer.lines if text)]
            for answer in answers.iterator(chunk_size=ROWS_AT_ONCE)
        )
    questions: dict[str, str] = {}
    for given in answers.values_list("given", flat=True).iterator(chunk_size=ROWS_AT_ONCE):
        for line in given:
            questions.setdefault(line["name"], line["label"])
    return [*FIRST, *questions.values()], _rows(answers, list(questions))


def _rows(answers: QuerySet[Answer], names: list[str]) -> Iterator[list[Cell]]:
    for answer in answers.iterator(chunk_size=ROWS_AT_ONCE):
        values = {line["name"]: said(line["value"]) for line in answer.given}
        yield [*_first(answer), *(values.get(name, "") for name in names)]


def _first(answer: Answer) -> list[Cell]:
    sent = timezone.localtime(answer.sent_at)
    return [answer.form.title, f"{sent:%Y-%m-%d %H:%M}", "yes" if answer.read_at else "no"]


def register_export_action(actions: LogActionRegistry) -> None:
    """Let the audit log say in words what an export was."""

    @actions.register_action(EXPORTED)
    class ExportFormatter(LogFormatter):
        label = "Export answers"

        def format_message(self, log_entry: ModelLogEntry) -> str:
            return f"Exported {log_entry.data['rows']} answers as {log_entry.data['format'].upper()}"
