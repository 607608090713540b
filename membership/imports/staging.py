"""Deciding all lines of an import, and keeping ready what it will make. Others write meanwhile."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar

from django.db import transaction

from membership import terms
from membership.imports.deciding import Held, Kind, Line, Rules, addresses_of, decide
from membership.models import Import, Level, Member, Membership, MembershipSettings, Staged

T = TypeVar("T")
AT_ONCE = 500


def stage(batch: Import, run: uuid.UUID) -> Counter[str]:
    """Decide every line and keep ready what is to be made, under `run`. Returns how many there are of each kind."""
    counts: Counter[str] = Counter()
    checked = 0
    for lines, known in decided(batch, batch.lines, first_seen={}):
        with transaction.atomic():
            _keep(batch, run, lines, known)
            checked += len(lines)
            Import.objects.filter(pk=batch.pk).update(checked=checked)
        counts.update(line.kind.value for line in lines)
    return counts


def stage_again(batch: Import, run: uuid.UUID, numbers: Collection[int], counts: Counter[str]) -> None:
    """Decide those lines anew, whose members changed meanwhile, and correct `counts`."""
    for piece in pieces([line for line in batch.lines if line[0] in numbers]):
        with transaction.atomic():
            staged = Staged.objects.filter(run=run, number__in=[number for number, _ in piece])
            for is_new in staged.values_list("is_new", flat=True):
                counts[Kind.NEW if is_new else Kind.EXTENDS] -= 1
            staged.delete()
            for lines, known in decided(batch, piece, first_seen={}):
                _keep(batch, run, lines, known)
                counts.update(line.kind.value for line in lines)


def pieces(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """The rows in parts that one statement takes."""
    for first in range(0, len(rows), AT_ONCE):
        yield rows[first : first + AT_ONCE]


def decided(
    batch: Import, rows: Sequence[tuple[int, Sequence[str]]], *, first_seen: dict[str, int]
) -> Iterator[tuple[list[Line], dict[str, tuple[int, int]]]]:
    """Piece by piece, the decided lines with id and revision of the members they are about."""
    rules = _rules(batch)
    for piece in pieces(rows):
        addresses = addresses_of(piece, rules.columns)
        keys = [address.key for address in addresses.values() if address.key]
        # First who they are, then what they have: what changes in between is noticed by the revision.
        members = Member.objects.filter(email_key__in=keys).values_list("email_key", "pk", "revision")
        known = {key: (pk, revision) for key, pk, revision in members}
        lines = decide(piece, rules, _held(known), addresses=addresses, first_seen=first_seen)
        yield list(lines), known


def _keep(batch: Import, run: uuid.UUID, lines: Sequence[Line], known: dict[str, tuple[int, int]]) -> None:
    rows = []
    for line in lines:
        if line.kind not in (Kind.NEW, Kind.EXTENDS) or line.starts_on is None:
            continue
        member, revision = known.get(line.key, (None, 0))
        rows.append(
            Staged(
                batch=batch,
                run=run,
                number=line.number,
                is_new=line.kind == Kind.NEW,
                member_id=member,
                revision=revision,
                email=line.email,
                email_key=line.key,
                first_name=line.first_name,
                last_name=line.last_name,
                level=line.level,
                starts_on=line.starts_on,
                ends_on=line.ends_on,
            )
        )
    Staged.objects.bulk_create(rows)


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


def _held(known: dict[str, tuple[int, int]]) -> dict[str, list[Held]]:
    """What they have, by key; an empty list for who has nothing now."""
    held: dict[str, list[Held]] = {key: [] for key in known}
    # One on hold is there too: the dispute decides about it, not a list.
    rows = Membership.objects.filter(member__in=[pk for pk, _ in known.values()], state__in=terms.KEEPS_ITS_DAYS)
    for key, level, starts_on, ends_on in rows.values_list("member__email_key", "level_id", "starts_on", "ends_on"):
        held[key].append(Held(level, starts_on, ends_on))
    return held
