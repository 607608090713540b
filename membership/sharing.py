"""Two members and one contact in HubSpot: merged there, or the address of one is an additional one of the other's."""

from uuid import UUID

from django.db import transaction

from membership import cases, hubspot_gateway, troubles
from membership.errors import SharedContact
from membership.hubspot_gateway import Contact, Pushed
from membership.models import Case, Member


def push(member: Member, contact: Contact) -> Pushed:
    """Push `contact`, and take over one that bears the mark of somebody who is no member any more.

    Raises TransportError, and SharedContact where the other one is a member too.
    """
    try:
        return hubspot_gateway.push_contact(contact, contact_id=member.hubspot_contact_id)
    except SharedContact as error:
        if _member(error.member_id) is not None:
            raise
        return hubspot_gateway.push_contact(
            contact, contact_id=member.hubspot_contact_id, former_mark=error.member_id
        )


def open_case(member: Member, error: SharedContact) -> None:
    """Tell a person, once, that `member` and another one share a contact."""
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=member.pk)
        case = cases.follow(
            Case.Kind.CONTACT,
            f"contact:{member.uuid}:{error.member_id}"[:200],
            is_open=True,
            words=f"HubSpot keeps one contact, {error.contact_id}, for this member and for another one. The contact "
            "shows the other one, so this member is missing from HubSpot's lists and gets no newsletter.",
            member=member,
            other_member=_member(error.member_id),
            hubspot_contact_id=error.contact_id,
        )
        if case is not None:
            troubles.contact_shared(case)


def is_over(members: list[Member]) -> None:
    """These members have contacts of their own: what was open about that settles itself."""
    open_ones = Case.objects.filter(kind=Case.Kind.CONTACT, member__in=members, settled_at=None)
    for key in open_ones.values_list("key", flat=True):
        with transaction.atomic():
            cases.follow(Case.Kind.CONTACT, key, is_open=False, words="")


def known_to(members: list[Member]) -> set[int]:
    """Of these, the members whose shared contact a person knows of: it waits for them, or they left it so."""
    found = Case.objects.filter(kind=Case.Kind.CONTACT, member__in=members)
    return set(found.exclude(settlement=Case.Settlement.BY_ITSELF).values_list("member_id", flat=True))


def _member(mark: str) -> Member | None:
    try:
        return Member.objects.filter(uuid=UUID(mark)).first()
    except ValueError:
        return None
