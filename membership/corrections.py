"""What an executive puts right about a member, and telling the partners of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from membership.addresses import email_key
from membership.models import Member
from membership.settling import tell_partners

CORRECTED_BY_STAFF = "an executive, in the admin"
BEFORE_RESTORING = "told before a backup was restored"


class AddressTaken(Exception):
    """Another member has that address already. `member_id` is theirs."""

    def __init__(self, member_id: int | None) -> None:
        super().__init__("Another member already has this email address.")
        self.member_id = member_id


@dataclass(frozen=True)
class Correction:
    """The member's data as it should be. `email` has been through `addresses.clean_email`."""

    first_name: str
    last_name: str
    email: str
    newsletter: bool


def correct_member(member_id: int, correction: Correction) -> list[str]:
    """Store `correction` and promise Stripe and HubSpot the new data; one transaction. Returns what changed.

    Consent is only ever taken back here: a yes needs the person's own click (CASL), so a newsletter that is off stays
    off. Raises AddressTaken when another member has the address, and Member.DoesNotExist.
    """
    try:
        with transaction.atomic():
            member = Member.objects.select_for_update().get(pk=member_id)
            changed = _apply(member, correction)
            if changed:
                member.save()
                tell_partners(member)
            return changed
    except IntegrityError as error:
        other = Member.objects.filter(email_key=email_key(correction.email)).exclude(pk=member_id).first()
        if other is None:
            raise
        raise AddressTaken(other.pk) from error


def no_newsletter_since(moment: datetime) -> Iterator[str]:
    """Members who stopped the newsletter after that moment."""
    for uuid in Member.objects.filter(newsletter=False, newsletter_at__gt=moment).values_list("uuid", flat=True):
        yield str(uuid)


def no_newsletter(uuid: str) -> None:
    """Take the yes back in a database that does not know of the no, and promise the partners to tell them."""
    for member in Member.objects.select_for_update().filter(uuid=uuid, newsletter=True):
        member.newsletter, member.newsletter_at = False, timezone.now()
        member.newsletter_source = BEFORE_RESTORING
        member.save()
        tell_partners(member)


def _apply(member: Member, correction: Correction) -> list[str]:
    changed = []
    for field in ("first_name", "last_name", "email"):
        if getattr(member, field) != getattr(correction, field):
            setattr(member, field, getattr(correction, field))
            changed.append(field)
    if "email" in changed:
        member.email_key = email_key(correction.email)
    if member.newsletter and not correction.newsletter:
        member.newsletter = False
        member.newsletter_at = timezone.now()
        member.newsletter_source = CORRECTED_BY_STAFF
        changed.append("newsletter")
    return changed
