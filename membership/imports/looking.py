"""What each line of a list would do, decided once and kept: its pages are only read then, however long it is.

When it is imported, the lines are decided again: people may have joined since.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from membership.imports.deciding import NO_LEVEL, Kind, Line
from membership.imports.staging import decided
from membership.models import Import, Looked
from membership.timeline import long_date
from outbox.models import Delivery
from outbox.promises import promise

KIND = "import.look"
# Half a second's work: nobody should have to wait for the worker to see a short list.
LOOKED_AT_AT_ONCE = 500
State = Import.State


def begin(batch: Import) -> None:
    """Look at all lines (again), with the columns and the level of now: at once, or in the background."""
    with transaction.atomic():
        locked = Import.objects.select_for_update(of=("self",)).defer("lines", "headings").get(pk=batch.pk)
        batch.look, batch.checked, batch.preview, batch.looked_at = locked.look + 1, 0, {}, None
        batch.state = State.LOOKING if "email" in batch.columns else State.LOOKED_AT
        batch.save(update_fields=["look", "checked", "preview", "looked_at", "state"])
        if batch.state == State.LOOKING and len(batch.lines) > LOOKED_AT_AT_ONCE:
            payload = {"import": batch.pk, "look": batch.look}
            promise(KIND, f"{KIND}:{batch.pk}:{batch.look}", payload, about=f"import:{batch.pk}")
            return
    if batch.state == State.LOOKING:
        _look(batch)


def run(delivery: Delivery) -> None:
    """What the worker does. One that was begun anew since is left."""
    payload = delivery.payload
    batch = Import.objects.filter(pk=payload["import"], look=payload["look"], state=State.LOOKING).first()
    if batch is not None:
        _look(batch)


def forget(batch: Import, *, but: int = 0) -> None:
    """What was kept of its lines is of no more use, except for the look `but`."""
    Looked.objects.filter(batch=batch).exclude(look=but)._raw_delete(using="default")


def says(line: Line) -> str:
    """What a line would do, in words."""
    if line.why or not line.starts_on or line.kind not in (Kind.NEW, Kind.EXTENDS):
        return line.why or line.note
    until = f"until {long_date(line.ends_on)}" if line.ends_on else "with no end"
    return f"{line.level}, from {long_date(line.starts_on)} {until}. {line.note}".rstrip()


def _look(batch: Import) -> None:
    counts: Counter[str] = Counter()
    makes: Counter[tuple[str, bool]] = Counter()
    without_level = 0
    this_one = Import.objects.filter(pk=batch.pk, look=batch.look, state=State.LOOKING)
    for lines, _ in decided(batch, batch.lines, first_seen={}):
        counts.update(line.kind.value for line in lines)
        makes.update((str(line.level), line.by_choice) for line in lines if line.kind in (Kind.NEW, Kind.EXTENDS))
        without_level += sum(line.why == NO_LEVEL for line in lines)
        with transaction.atomic():
            if not this_one.update(checked=counts.total()):
                return  # somebody put the columns right meanwhile
            Looked.objects.bulk_create(_rows(batch, lines), ignore_conflicts=True)
    made = [[level, by_choice, count] for (level, by_choice), count in sorted(makes.items())]
    found: dict[str, Any] = {"counts": dict(counts), "makes": made, "without_level": without_level}
    batch.state, batch.preview, batch.looked_at = State.LOOKED_AT, found, timezone.now()
    this_one.update(state=batch.state, preview=found, looked_at=batch.looked_at)
    forget(batch, but=batch.look)


def _rows(batch: Import, lines: Iterable[Line]) -> list[Looked]:
    return [
        Looked(
            batch=batch,
            look=batch.look,
            number=line.number,
            kind=line.kind,
            name=f"{line.first_name} {line.last_name}".strip(),
            email=line.email,
            says=says(line),
        )
        for line in lines
    ]
