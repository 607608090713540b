"""Making all that is ready at once: one short transaction, a few statements for however many lines.

The rows are copied inside the database. Made one by one, 50,000 lines kept SQLite's only writer for many seconds, and
with it everyone who joined meanwhile.
"""

import uuid
from collections import Counter
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone
from wagtail.log_actions import log

from membership.imports.telling import promise_to_tell
from membership.models import Import, Imported, Member, Membership, Staged

IMPORTED = "membership.import"


def switch(batch_id: int, run: uuid.UUID, counts: Counter[str]) -> set[int]:
    """Make everything that is ready under `run`. Returns the lines whose members changed since they were decided:
    then nothing was made, and they are to be decided again.

    Does nothing for an import that somebody else finished. Raises IntegrityError when somebody joins with an address
    of the list this very moment (nothing was made then either).
    """
    with transaction.atomic():
        batch = Import.objects.select_for_update(of=("self",)).defer("lines", "headings").get(pk=batch_id)
        if batch.state != Import.State.WAITING:
            return set()
        staged = Staged.objects.filter(run=run)
        _lock(staged)
        if changed := _changed(staged):
            return changed
        now = timezone.now()
        members = _make(staged, batch, now)
        promise_to_tell(f"import:{batch.pk}", members)
        batch.counts = dict(counts)
        batch.state, batch.done_at, batch.lines = Import.State.DONE, now, []
        batch.save(update_fields=["counts", "state", "done_at", "lines"])
        log(batch, IMPORTED, user=batch.added_by, title=str(batch), data={"counts": batch.counts})
    return set()


def _lock(staged: QuerySet[Staged]) -> None:
    known = Member.objects.filter(pk__in=staged.filter(is_new=False).values("member"))
    list(known.select_for_update().order_by("pk").values_list("pk", flat=True))


def _changed(staged: QuerySet[Staged]) -> set[int]:
    as_it_was = Member.objects.filter(pk=OuterRef("member"), revision=OuterRef("revision"))
    by_now = Member.objects.filter(email_key=OuterRef("email_key"))
    changed = staged.filter((Q(is_new=True) & Exists(by_now)) | (Q(is_new=False) & ~Exists(as_it_was)))
    return set(changed.values_list("number", flat=True))


def _make(staged: QuerySet[Staged], batch: Import, now: datetime) -> list[int]:
    """The members, their memberships, and which import made them. Returns the members' ids."""
    new = staged.filter(is_new=True)
    taken = ("uuid", "email", "email_key", "first_name", "last_name")
    _copy(new.order_by("number"), Member, {name: F(name) for name in taken} | {"updated_at": Value(now)})
    new.update(member=Subquery(Member.objects.filter(uuid=OuterRef("uuid")).values("pk")[:1]))
    made = {name: F(name) for name in ("member_id", "level_id", "starts_on", "ends_on")}
    _copy(staged.order_by("number"), Membership, made | {"created_at": Value(now)})
    own = Membership.objects.filter(created_at=now, member__in=staged.values("member")).order_by("pk")
    is_new = Exists(new.filter(member=OuterRef("member")))
    _copy(
        own,
        Imported,
        {"batch_id": Value(batch.pk), "member_id": F("member_id"), "membership_id": F("pk"), "is_new": is_new},
    )
    return list(staged.order_by("number").values_list("member", flat=True))


def _copy(rows: QuerySet[Any], into: type[Model], values: dict[str, Any]) -> None:
    """INSERT … SELECT: one row of `into` for each of `rows`, with `values` by column, and defaults for the others."""
    fields = [field for field in into._meta.concrete_fields if not field.primary_key]
    chosen = {
        f"into_{field.attname}": values[field.attname]
        if field.attname in values
        else Value(field.get_default(), output_field=field)
        for field in fields
    }
    query, parameters = rows.annotate(**chosen).values_list(*chosen).query.sql_with_params()
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    with connection.cursor() as cursor:
        # Table and columns are the models' own; every value is a parameter.
        cursor.execute(f"INSERT INTO {quoted(into._meta.db_table)} ({columns}) {query}", parameters)  # noqa: S608
