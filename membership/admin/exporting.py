"""The list of members as a spreadsheet: who stands on the screen, in the same order, on all of its pages.

Wagtail's own export builds its whole answer in memory (33 s for 100,000 rows) and leaves formulas in CSV as they
are, so only its two buttons and their addresses are used; the files are `home.spreadsheets`.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import ModelLogEntry

from home.spreadsheets import CSV_TYPE, XLSX_TYPE, Cell, as_csv, as_xlsx
from membership.models import Member
from membership.standing import standing

HEADINGS = (
    "First name",
    "Last name",
    "Email",
    "Level",
    "Status",
    "Since",
    "Until",
    "Joined",
    "Newsletter",
)
ROWS_AT_ONCE = 1000
WRITERS = {"xlsx": (as_xlsx, XLSX_TYPE), "csv": (as_csv, CSV_TYPE)}
EXPORTED = "membership.export"


class MembersExport:
    """For the list of members: `?export=xlsx` or `csv` beside its other parameters. Needs a permission of its own."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.is_export:  # type: ignore[attr-defined]
            answer: HttpResponseBase = super().get(request, *args, **kwargs)  # type: ignore[misc]
            return answer
        if not self.show_export_buttons:
            raise PermissionDenied
        members: QuerySet[Member] = self.get_queryset()  # type: ignore[attr-defined]
        form = request.GET["export"]
        # What was searched for may be somebody's name: the log says only that there was a search.
        narrowed = sorted({name for name, value in request.GET.items() if value} - {"export", "ordering", "p"})
        log(
            request.user,
            EXPORTED,
            title="List of members",
            data={"rows": members.count(), "format": form, "narrowed_by": [n for n in narrowed if n in self.known]},
        )
        today = timezone.localdate()
        write, content_type = WRITERS[form]
        return StreamingHttpResponse(
            write(HEADINGS, lines_of(members, today)),
            content_type=content_type,
            headers={"Content-Disposition": f'attachment; filename="wits-members-{today.isoformat()}.{form}"'},
        )

    @cached_property
    def known(self) -> set[str]:
        """The names of the search and the filters: nothing else of an address is worth keeping."""
        return {"q", *self.filters.form.fields, "joined_from", "joined_to"}  # type: ignore[attr-defined]

    @cached_property
    def show_export_buttons(self) -> bool:
        return bool(self.user_has_permission("export"))  # type: ignore[attr-defined]


def lines_of(members: QuerySet[Member], today: date) -> Iterator[list[Cell]]:
    """One line a member, under `HEADINGS`; reads a thousand at a time."""
    for member in members.iterator(chunk_size=ROWS_AT_ONCE):
        now = standing(member.memberships.all(), today)
        yield [
            member.first_name,
            member.last_name,
            member.email,
            now.level.name if now.level else "",
            now.label,
            now.since,
            "no end" if now.has_no_end else now.until,
            timezone.localdate(member.created_at),
            "yes" if member.newsletter else "no",
        ]


def register_export_action(actions: LogActionRegistry) -> None:
    """Let the audit log say in words what an export was."""

    @actions.register_action(EXPORTED)
    class ExportFormatter(LogFormatter):
        label = "Export members"

        def format_message(self, log_entry: ModelLogEntry) -> str:
            data = log_entry.data
            narrowed = f", narrowed by {', '.join(data['narrowed_by'])}" if data["narrowed_by"] else ""
            return f"Exported {data['rows']} members as {data['format'].upper()}{narrowed}"
