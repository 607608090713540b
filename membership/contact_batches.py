"""Many members and HubSpot: the first push of an import, and the nightly look at whether both still agree.

Each hundred is a delivery of its own, which promises the next: a worker that dies, a limit that is reached or a
HubSpot that is away for a day only make it later.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from membership import hubspot_gateway, sharing, troubles
from membership.deliveries import contact_of, keep_contact, take_unsubscribe
from membership.errors import TransportError
from membership.hubspot_gateway import Contact, Found
from membership.models import Member
from outbox.models import Delivery
from outbox.promises import Wish, promise, promise_all
from outbox.registry import register

BATCH = 100  # the most that HubSpot takes in one call


def register_all() -> None:
    """Name the handler of each kind."""
    register("hubspot.contacts", push_many, channel="hubspot", label="Many contacts at HubSpot")
    register("hubspot.check", check_some, channel="hubspot", label="Comparison with HubSpot")


def begin_check() -> None:
    """What the worker runs every night: promise the comparison of the first hundred members."""
    night = timezone.localdate()
    with transaction.atomic():
        _promise_check({"night": night.isoformat(), "after": 0, "stuck": 0})


# The first push


def push_many(delivery: Delivery) -> None:
    """Make contacts of the members whose uuids are `payload["members"]`, two calls for a hundred.

    Whoever is not as simple as that (known to HubSpot under another address, refused, changed meanwhile) is promised
    alone. Members who have a contact already are left to their own deliveries.
    """
    uuids = delivery.payload["members"][:BATCH]
    members = list(Member.objects.filter(uuid__in=uuids, hubspot_contact_id="").order_by("pk"))
    contacts = {str(member.uuid): contact_of(member) for member in members}
    try:
        pushed, unsubscribed = _push(contacts)
    except TransportError as error:
        if not error.permanent:
            raise
        pushed, unsubscribed = {}, set()  # one of them spoils the batch: alone, that one says why
    for member in members:
        contact_id = pushed.get(str(member.uuid))
        if contact_id:
            keep_contact(member, contact_id)
        if str(member.uuid) in unsubscribed:
            take_unsubscribe(member)
    sharing.is_over([member for member in members if str(member.uuid) in pushed])
    now = dict(Member.objects.filter(pk__in=[member.pk for member in members]).values_list("pk", "revision"))
    alone = [
        _wish(member, f"alone:{now[member.pk]}")
        for member in members
        if member.pk in now and (str(member.uuid) not in pushed or now[member.pk] != member.revision)
    ]
    rest = delivery.payload["members"][BATCH:]
    with transaction.atomic():
        promise_all(alone)
        if rest:
            number = int(delivery.payload.get("number", 0)) + 1
            first = delivery.payload.get("first", delivery.key)
            payload = {"members": rest, "number": number, "first": first}
            promise("hubspot.contacts", f"{first}:{number}", payload, about=delivery.about)


def _push(contacts: dict[str, Contact]) -> tuple[dict[str, str], set[str]]:
    """The contact's id of each member who has one now, and the members who had unsubscribed in HubSpot."""
    emails = {contact.email.casefold() for contact in contacts.values()}
    found = hubspot_gateway.read_many([contact.email for contact in contacts.values()], by="email")
    by_email = {one.email: one for one in found}
    # A contact that came under another address than was asked for: which member it is, one cannot tell here.
    some_elsewhere = any(one.email not in emails for one in found)
    simple, unsubscribed = [], set()
    for member_id, contact in contacts.items():
        known = by_email.get(contact.email.casefold())
        if known is None and some_elsewhere:
            continue
        if known is not None and known.opted_out and contact.newsletter:
            unsubscribed.add(member_id)
            contact = replace(contact, newsletter=False)
        simple.append(contact)
    pushed = hubspot_gateway.upsert_many(simple)
    return pushed, unsubscribed & set(pushed)


# The comparison


def check_some(delivery: Delivery) -> None:
    """Compare a hundred members with their contacts, promise what is to be repaired, and promise the next hundred.

    An unsubscribe made in HubSpot becomes ours. What is on its way already is left alone. After the last hundred the
    club is told, once, if something differs that was repaired the night before, or cannot be.
    """
    payload = delivery.payload
    members = list(Member.objects.filter(pk__gt=payload["after"]).order_by("pk")[:BATCH])
    if not members:
        if payload["stuck"]:
            troubles.contacts_differ(payload["stuck"], payload["night"])
        return
    asked = [member.hubspot_contact_id for member in members if member.hubspot_contact_id]
    found = {one.id: one for one in hubspot_gateway.read_many(asked, by="id")}
    waiting, dead = _under_way(members)
    unsubscribed: list[Member] = []
    wrong: list[Member] = []
    new: list[Member] = []
    for member in members:
        contact = found.get(member.hubspot_contact_id)
        says_no = contact is not None and contact.opted_out and member.newsletter
        if says_no:  # our property still says yes there
            unsubscribed.append(member)
        if member.pk not in waiting and (says_no or _differs(member, contact)):
            (wrong if member.hubspot_contact_id else new).append(member)
    mended = _mended_before([*wrong, *new], date.fromisoformat(payload["night"]))
    told = sharing.known_to([*wrong, *new])
    stuck = [one for one in [*wrong, *new] if one.pk not in told and (one.pk in dead or one.pk in mended)]
    wishes = [_wish(member, f"check:{payload['night']}") for member in wrong if member.pk not in dead]
    uuids = [str(member.uuid) for member in new if member.pk not in dead]
    if uuids:
        key = f"hubspot.contacts:check:{payload['night']}:{payload['after']}"
        wishes.append(Wish("hubspot.contacts", key, {"members": uuids}))
    for member in unsubscribed:
        take_unsubscribe(member)
    with transaction.atomic():
        promise_all(wishes)
        _promise_check({**payload, "after": members[-1].pk, "stuck": payload["stuck"] + len(stuck)})


def _differs(member: Member, contact: Found | None) -> bool:
    """Also where the contact was deleted or merged: the push that follows makes it again, or follows it."""
    return contact is None or contact.differs_from(contact_of(member))


def _under_way(members: list[Member]) -> tuple[set[int], set[int]]:
    """The members that a push still waits for, and those whose push was given up and waits for a person."""
    by_about = {f"member:{member.uuid}": member.pk for member in members}
    waiting: set[int] = set()
    dead: set[int] = set()
    rows = Delivery.objects.filter(about__in=by_about, kind="hubspot.contact").exclude(state=Delivery.State.DONE)
    for about, state in rows.values_list("about", "state"):
        (dead if state == Delivery.State.DEAD else waiting).add(by_about[about])
    return waiting, dead


def _mended_before(members: list[Member], night: date) -> set[int]:
    """Whom the night before repaired already."""
    before = f"check:{night - timedelta(days=1)}"
    keys = {_wish(member, before).key: member.pk for member in members}
    done = Delivery.objects.filter(key__in=keys, state=Delivery.State.DONE).values_list("key", flat=True)
    return {keys[key] for key in done}


def _promise_check(payload: dict[str, Any]) -> None:
    promise("hubspot.check", f"hubspot.check:{payload['night']}:{payload['after']}", payload)


def _wish(member: Member, why: str) -> Wish:
    key = f"hubspot.contact:{member.uuid}:{why}"
    return Wish("hubspot.contact", key, {"member": str(member.uuid)}, f"member:{member.uuid}")
