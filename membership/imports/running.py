"""Doing an import, and undoing it. All of its lines become members in one transaction, or none does."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from membership import terms
from membership.imports.deciding import Held, Kind, Line, Rules, decide, keys_of
from membership.imports.matching import match
from membership.imports.reading import read_table
from membership.models import Import, Imported, Level, Member, Membership, MembershipSettings
from outbox.models import Delivery
from outbox.promises import Wish, promise, promise_all
from outbox.registry import register

KIND = "import.members"
IMPORTED, UNDONE = "membership.import", "membership.import_undo"
AT_ONCE = 500
State = Import.State


class CannotBeUndone(Exception):
    """Something came after the import. `members` are the ids of some of those concerned."""

    def __init__(self, members: Sequence[int]) -> None:
        super().__init__(f"{len(members)} members changed since.")
        self.members = members


def register_all() -> None:
    """Name the handler of imports."""
    register(KIND, run, channel="site", label="Import of members")


def upload(data: bytes, *, by: AbstractBaseUser) -> Import:
    """Keep what the file says until it is imported or too old. Raises Unreadable."""
    table = read_table(data)
    return Import.objects.create(
        digest=hashlib.sha256(data).hexdigest(),
        headings=table.headings,
        lines=table.lines,
        columns=match(table.headings),
        level=Level.objects.filter(price_cents__gt=0).first() or Level.objects.first(),
        starts_on=timezone.localdate(),
        total=len(table.lines),
        added_by_id=by.pk,
    )


def same_file(batch: Import) -> Import | None:
    """An earlier import of the very same file that still stands."""
    return Import.objects.filter(digest=batch.digest, state=State.DONE).exclude(pk=batch.pk).first()


def decisions(batch: Import) -> list[Line]:
    """What each line would do now."""
    return list(decide(batch.lines, _rules(batch), _known(keys_of(batch.lines, batch.columns))))


def start(batch_id: int) -> None:
    """Let the worker do it. A second time changes nothing."""
    with transaction.atomic():
        batch = Import.objects.select_for_update().get(pk=batch_id)
        if batch.state in (State.LOOKED_AT, State.FAILED):
            batch.state = State.WAITING
            batch.checked = 0
            batch.save(update_fields=["state", "checked"])
            number = Delivery.objects.filter(kind=KIND, about=f"import:{batch.pk}").count()
            promise(KIND, f"{KIND}:{batch.pk}:{number}", {"import": batch.pk}, about=f"import:{batch.pk}")


def run(delivery: Delivery) -> None:
    """What the worker does: check the lines while its progress can be seen, then write all of them at once."""
    batch = Import.objects.filter(pk=delivery.payload["import"], state=State.WAITING).first()
    if batch is None:
        return
    try:
        for first in range(0, len(batch.lines), AT_ONCE):
            piece = batch.lines[first : first + AT_ONCE]
            list(decide(piece, _rules(batch), {}))
            Import.objects.filter(pk=batch.pk).update(checked=first + len(piece))
        with transaction.atomic():
            batch = Import.objects.select_for_update().get(pk=batch.pk)
            if batch.state == State.WAITING:
                _write(batch, decisions(batch))
    except IntegrityError:
        raise  # somebody joined this very moment: the next try finds them as known
    except Exception:
        Import.objects.filter(pk=batch.pk, state=State.WAITING).update(state=State.FAILED)
        raise


def undo(batch_id: int, *, by: AbstractBaseUser) -> None:
    """Take an import back, all of it. Raises CannotBeUndone when anything came after for one of its members.

    A member it made goes with it, unless HubSpot knows them by now: they stay on the list without a membership.
    """
    with transaction.atomic():
        batch = Import.objects.select_for_update().get(pk=batch_id)
        if batch.state != State.DONE:
            return
        ours = Imported.objects.filter(batch=batch)
        members = list(Member.objects.select_for_update().filter(pk__in=ours.values("member")).order_by("pk"))
        touched = _touched(batch)
        if touched:
            raise CannotBeUndone(touched)
        new = set(ours.filter(is_new=True).values_list("member", flat=True))
        gone = [member.pk for member in members if member.pk in new and not member.hubspot_contact_id]
        Membership.objects.filter(imported__batch=batch).delete()
        for first in range(0, len(gone), AT_ONCE):
            Member.objects.filter(pk__in=gone[first : first + AT_ONCE]).delete()
        left = set(gone)
        _tell(member for member in members if member.pk not in left)
        batch.state = State.UNDONE
        batch.save(update_fields=["state"])
        log(batch, UNDONE, user=by, title=str(batch), data={"counts": batch.counts})


def _write(batch: Import, lines: list[Line]) -> None:
    wanted = [line for line in lines if line.kind in (Kind.NEW, Kind.EXTENDS)]
    new = [
        Member(email_key=line.key, email=line.email, first_name=line.first_name, last_name=line.last_name)
        for line in wanted
        if line.kind == Kind.NEW
    ]
    Member.objects.bulk_create(new, batch_size=AT_ONCE)
    made = {member.email_key for member in new}
    by_key = {}
    for keys in _pieces([line.key for line in wanted]):
        by_key.update({m.email_key: m for m in Member.objects.select_for_update().filter(email_key__in=keys)})
    memberships = [
        Membership(member=by_key[line.key], level=line.level, starts_on=line.starts_on, ends_on=line.ends_on)
        for line in wanted
        if line.starts_on is not None
    ]
    Membership.objects.bulk_create(memberships, batch_size=AT_ONCE)
    Imported.objects.bulk_create(
        [
            Imported(batch=batch, member=one.member, membership=one, is_new=one.member.email_key in made)
            for one in memberships
        ],
        batch_size=AT_ONCE,
    )
    _tell(by_key.values())
    batch.counts = Counter(line.kind.value for line in lines)
    batch.state, batch.done_at, batch.lines = State.DONE, timezone.now(), []
    batch.save()
    log(batch, IMPORTED, user=batch.added_by, title=str(batch), data={"counts": dict(batch.counts)})


def _tell(members: Iterable[Member]) -> None:
    """As `settling.tell_partners`, for many locked members at once."""
    told = list(members)
    wishes = []
    for member in told:
        member.revision += 1
        about, number = f"member:{member.uuid}", f"{member.uuid}:{member.revision}"
        payload = {"member": str(member.uuid), "customer": member.stripe_customer_id}
        if member.stripe_customer_id:
            wishes.append(Wish("stripe.customer", f"stripe.customer:{number}", payload, about))
        wishes.append(Wish("hubspot.contact", f"hubspot.contact:{number}", payload, about))
    Member.objects.bulk_update(told, ["revision"], batch_size=AT_ONCE)
    for first in range(0, len(wishes), AT_ONCE):
        promise_all(wishes[first : first + AT_ONCE])


def _touched(batch: Import) -> list[int]:
    """Members for whom something came after: another membership, an end, a correction."""
    ours = Imported.objects.filter(batch=batch)
    corrected = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Member), timestamp__gt=batch.done_at
    ).values_list("object_id", flat=True)
    ids = set(ours.exclude(membership__state=Membership.State.ACTIVE).values_list("member", flat=True))
    ids |= set(
        Membership.objects.filter(member__in=ours.values("member"), created_at__gt=batch.done_at).values_list(
            "member", flat=True
        )
    )
    ids |= set(ours.values_list("member", flat=True)) & {int(pk) for pk in corrected}
    return sorted(ids)


def _rules(batch: Import) -> Rules:
    plan = MembershipSettings.load()
    levels = list(Level.objects.all())
    return Rules(
        columns=batch.columns,
        levels={name.casefold(): level for level in levels for name in (level.name, level.slug)},
        level=batch.level,
        starts_on=batch.starts_on,
        last_day=lambda level, day: terms.last_day(level, day, plan),
    )


def _known(keys: Sequence[str]) -> dict[str, list[Held]]:
    known: dict[str, list[Held]] = {}
    for piece in _pieces(keys):
        for key in Member.objects.filter(email_key__in=piece).values_list("email_key", flat=True):
            known[key] = []
        # One on hold is there too: the dispute decides about it, not a list.
        there = (Membership.State.ACTIVE, Membership.State.HELD)
        active = Membership.objects.filter(member__email_key__in=piece, state__in=there)
        for key, level, starts_on, ends_on in active.values_list(
            "member__email_key", "level_id", "starts_on", "ends_on"
        ):
            known[key].append(Held(level, starts_on, ends_on))
    return known


def _pieces(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(keys), AT_ONCE):
        yield keys[first : first + AT_ONCE]
