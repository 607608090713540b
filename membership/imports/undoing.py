"""Taking an import back, all of it, as long as nothing came after."""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from membership.imports.telling import promise_to_tell
from membership.models import Case, Import, Imported, Member, Membership, Signup

UNDONE = "membership.import_undo"


class CannotBeUndone(Exception):
    """Something came after the import. `members` are the ids of those concerned."""

    def __init__(self, members: Sequence[int]) -> None:
        super().__init__(f"{len(members)} members changed since.")
        self.members = members


def undo(batch_id: int, *, by: AbstractBaseUser) -> None:
    """Take an import back. Raises CannotBeUndone when anything came after for one of its members.

    A member it made goes with it, unless HubSpot knows them by now: they stay on the list without a membership.
    """
    with transaction.atomic():
        batch = Import.objects.select_for_update(of=("self",)).defer("lines", "headings").get(pk=batch_id)
        if batch.state != Import.State.DONE:
            return
        ours = Imported.objects.filter(batch=batch)
        locked = Member.objects.select_for_update().filter(pk__in=ours.values("member")).order_by("pk")
        members = list(locked.values_list("pk", flat=True))
        if touched := _touched(batch, ours):
            raise CannotBeUndone(touched)
        going = _going(ours)
        gone = set(going.values_list("pk", flat=True))
        # A few statements for however many rows; what points at them is checked when the transaction ends.
        Membership.objects.filter(pk__in=ours.values("membership"))._raw_delete(using="default")
        going._raw_delete(using="default")
        ours._raw_delete(using="default")
        promise_to_tell(f"import:{batch.pk}", [member for member in members if member not in gone])
        batch.state = Import.State.UNDONE
        batch.save(update_fields=["state"])
        log(batch, UNDONE, user=by, title=str(batch), data={"counts": batch.counts})


def _going(ours: QuerySet[Imported]) -> QuerySet[Member]:
    """The members whom it made, and of whom nobody else knows."""
    new = Member.objects.filter(pk__in=ours.filter(is_new=True).values("member"), hubspot_contact_id="")
    return new.filter(
        ~Exists(Signup.objects.filter(member=OuterRef("pk"))), ~Exists(Case.objects.filter(member=OuterRef("pk")))
    )


def _touched(batch: Import, ours: QuerySet[Imported]) -> list[int]:
    """Members for whom something came after: another membership, an end, a correction."""
    corrected = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Member), timestamp__gt=batch.done_at
    ).values_list("object_id", flat=True)
    ids = set(ours.exclude(membership__state=Membership.State.ACTIVE).values_list("member", flat=True))
    later = Membership.objects.filter(member__in=ours.values("member"), created_at__gt=batch.done_at)
    ids |= set(later.values_list("member", flat=True))
    known = {int(pk) for pk in corrected}
    ids |= set(ours.filter(member__in=known).values_list("member", flat=True)) if known else set()
    return sorted(ids)
