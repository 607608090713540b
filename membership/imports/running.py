"""An import from its upload to its end: all of its lines become members at once, or none does.

Visitors join while it runs. What takes long (reading and deciding the lines, keeping ready what they make, telling
partners) happens in short transactions before and after the one that makes the members.
"""

import hashlib
import logging
import uuid

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from membership import troubles
from membership.imports import looking, telling
from membership.imports.matching import match
from membership.imports.reading import Table
from membership.imports.staging import stage, stage_again
from membership.imports.switching import switch
from membership.models import Import, Staged
from outbox.models import Delivery
from outbox.outcomes import trail, where
from outbox.promises import promise
from outbox.registry import register

logger = logging.getLogger(__name__)

KIND = "import.members"
ROUNDS = 8
State = Import.State
UNDER_WAY = (Delivery.State.WAITING, Delivery.State.RUNNING)


class KeepsChanging(Exception):
    """People of the list joined each time that it was about to be done."""


def register_all() -> None:
    """Name the handlers of imports."""
    register(KIND, run, channel="site", label="Import of members")
    register(looking.KIND, looking.run, channel="site", label="Look at a list of members")
    register(telling.KIND, telling.tell, channel="site", label="News of imported members")


def upload(data: bytes, table: Table, *, by: AbstractBaseUser) -> Import:
    """Keep what the file (`data`, read as `table`) says until it is imported or too old, and look at its lines.

    No level is taken for granted: an executive chooses one for lines that name none, or they make nobody a member.
    """
    batch = Import.objects.create(
        digest=hashlib.sha256(data).hexdigest(),
        headings=table.headings,
        lines=table.lines,
        note=table.note,
        columns=match(table.headings),
        starts_on=timezone.localdate(),
        total=len(table.lines),
        added_by_id=by.pk,
    )
    looking.begin(batch)
    return batch


def same_file(batch: Import) -> Import | None:
    """An earlier import of the very same file that still stands."""
    return Import.objects.filter(digest=batch.digest, state=State.DONE).exclude(pk=batch.pk).first()


def is_stuck(batch: Import) -> bool:
    """Whether it waits for a worker that has given it up."""
    kind = {State.WAITING: KIND, State.LOOKING: looking.KIND}.get(State(batch.state))
    under_way = Delivery.objects.filter(kind=kind, about=f"import:{batch.pk}", state__in=UNDER_WAY)
    return kind is not None and not under_way.exists()


def start(batch_id: int) -> None:
    """Let the worker do it. While it is under way, a second time changes nothing."""
    with transaction.atomic():
        batch = Import.objects.select_for_update(of=("self",)).defer("lines", "headings").get(pk=batch_id)
        if batch.state in (State.LOOKED_AT, State.FAILED) or (batch.state == State.WAITING and is_stuck(batch)):
            batch.state = State.WAITING
            batch.checked = 0
            batch.save(update_fields=["state", "checked"])
            number = Delivery.objects.filter(kind=KIND, about=f"import:{batch.pk}").count()
            promise(KIND, f"{KIND}:{batch.pk}:{number}", {"import": batch.pk}, about=f"import:{batch.pk}")


def run(delivery: Delivery) -> None:
    """What the worker does. What goes wrong is told, and leaves nothing imported; a database that is away is waited
    for, by the outbox."""
    batch = Import.objects.filter(pk=delivery.payload["import"], state=State.WAITING).first()
    if batch is None:
        return
    try:
        _do(batch)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 - logged, and told to a person who can begin again
        logger.error("Import %s failed: %s via %s", batch.pk, where(error), trail(error))
        with transaction.atomic():
            if Import.objects.filter(pk=batch.pk, state=State.WAITING).update(state=State.FAILED):
                troubles.import_failed(batch.pk, delivery.pk, keeps_changing=isinstance(error, KeepsChanging))


def _do(batch: Import) -> None:
    """Each try has a name of its own: a worker that lost its lease, and the one that took over, do not mix."""
    this_run = uuid.uuid4()
    try:
        counts = stage(batch, this_run)
        for _ in range(ROUNDS):
            try:
                changed: set[int] = switch(batch.pk, this_run, counts)
            except IntegrityError:  # somebody of the list joined this very moment: the next round finds them
                continue
            if not changed:
                _forget(Staged.objects.filter(batch=batch))  # and what a killed worker left
                looking.forget(batch)
                return
            stage_again(batch, this_run, changed, counts)
        raise KeepsChanging
    finally:
        _forget(Staged.objects.filter(run=this_run))


def _forget(staged: QuerySet[Staged]) -> None:
    """What was ready is made, or of no more use."""
    staged._raw_delete(using="default")
