"""Making someone a member who paid in cash or by e-transfer, or whom the club makes a gift of it."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.log_actions import log

from membership import terms
from membership.addresses import email_key
from membership.models import Addition, Level, Member, Membership, MembershipSettings
from membership.settling import lay_out, tell_partners
from outbox.promises import Wish

ADDED = "membership.add_by_hand"


@dataclass(frozen=True)
class HandData:
    """What an executive wrote down. `email` has been through `addresses.clean_email`; the amount is in cents.

    `nonce` is the form's own: the same form twice adds one membership. `starts_on` is a day in Toronto.
    """

    nonce: uuid.UUID
    level: Level
    first_name: str
    last_name: str
    email: str
    amount_cents: int
    way: str
    received_by: str
    note: str
    starts_on: date


@dataclass(frozen=True)
class Plan:
    """What adding would do now: a membership from the first day to the last (None: no end), to `member` if known.

    `there` is what they have from the day that was written down on, and would have twice.
    """

    member: Member | None
    starts_on: date
    ends_on: date | None
    there: tuple[Membership, ...] = ()

    @property
    def seen(self) -> str:
        """Tells one plan from another: what was confirmed is what is done."""
        there = "".join(f" {row.pk}{row.state}" for row in self.there)
        return f"{self.member.pk if self.member else 'new'} {self.starts_on} {self.ends_on}{there}"


class PlanChanged(Exception):
    """Since the plan was shown, somebody else changed what it was made of. Nothing was added."""


def plan_for(data: HandData) -> Plan:
    """What `add` would do. An address that is known extends its member: a running membership loses no day."""
    member = Member.objects.filter(email_key=email_key(data.email)).first()
    return _plan(data, member)


def add(data: HandData, *, seen: str, by: AbstractBaseUser) -> Membership:
    """Add the membership that `seen` (of the plan shown) describes, in one transaction with its promises.

    A new member gets name and address from `data`; a known one keeps theirs. Nobody gets a newsletter by this: the
    law wants their own yes (CASL). The same nonce again returns what it added. Raises PlanChanged.
    """
    with transaction.atomic():
        member, is_new = _member_of(data)
        before = Addition.objects.filter(nonce=data.nonce).select_related("membership").first()
        if before is not None:
            return before.membership
        plan = _plan(data, None if is_new else member)
        if plan.seen != seen:
            raise PlanChanged
        membership = Membership.objects.create(
            member=member,
            level=data.level,
            starts_on=plan.starts_on,
            ends_on=plan.ends_on,
            amount_cents=data.amount_cents,
        )
        Addition.objects.create(
            nonce=data.nonce,
            membership=membership,
            way=data.way,
            received_by=data.received_by,
            note=data.note,
            added_by_id=by.pk,
        )
        receipt = Wish(
            "mail.receipt", f"mail.receipt:{data.nonce}", {"membership": membership.pk}, f"member:{member.uuid}"
        )
        lay_out(member)
        tell_partners(member, first=[receipt])
        # The audit log outlives the member, so it names the row, not the person.
        log(member, ADDED, user=by, title=f"Member {member.pk}", data={"membership": membership.pk})
        return membership


def _plan(data: HandData, member: Member | None) -> Plan:
    starts_on = terms.first_day(member, data.level, data.starts_on) if member else data.starts_on
    there = terms.beside(member, data.level, data.starts_on) if member else []
    return Plan(member, starts_on, terms.last_day(data.level, starts_on, MembershipSettings.load()), tuple(there))


def _member_of(data: HandData) -> tuple[Member, bool]:
    """The member with that address, locked, and whether it was made just now."""
    key = email_key(data.email)
    new = Member(email_key=key, first_name=data.first_name, last_name=data.last_name, email=data.email)
    # ON CONFLICT DO NOTHING waits for another transaction that makes the same member, and needs no savepoint.
    Member.objects.bulk_create([new], ignore_conflicts=True)
    member = Member.objects.select_for_update().get(email_key=key)
    return member, member.uuid == new.uuid
