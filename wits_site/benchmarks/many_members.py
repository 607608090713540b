"""Members by the thousand and what HubSpot knows of them: what pushing and comparing contacts is measured on."""

import urllib.parse
import urllib.request

from django.db import transaction
from django.utils import timezone

from membership import contact_batches
from membership.deliveries import contact_of
from membership.hubspot_gateway.contacts import properties_of
from membership.models import Level, Member, Membership
from outbox.models import Delivery
from outbox.promises import promise
from wits_site.proof.ground import Ground
from wits_site.proof.people import begin_anew


def prepare(ground: Ground, members: int) -> None:
    """So many members with a membership each, of whom HubSpot has not heard."""
    begin_anew(ground)
    level = Level.objects.get(slug="wits-member")
    today = timezone.localdate()
    made = Member.objects.bulk_create(
        Member(
            first_name="Maya",
            last_name=f"Okafor {number}",
            email=f"many{number}@uwo.ca",
            email_key=f"many{number}@uwo.ca",
            newsletter=number % 2 == 0,
            newsletter_at=timezone.now(),
        )
        for number in range(members)
    )
    Membership.objects.bulk_create(
        Membership(member=member, level=level, starts_on=today, ends_on=today.replace(year=today.year + 1))
        for member in made
    )


def promise_push() -> None:
    """What an import promises for those it made."""
    uuids = [str(uuid) for uuid in Member.objects.order_by("pk").values_list("uuid", flat=True)]
    with transaction.atomic():
        promise("hubspot.contacts", "hubspot.contacts:bench", {"members": uuids})


def all_pushed(members: int) -> bool:
    """Whether each of so many members has a contact."""
    return Member.objects.exclude(hubspot_contact_id="").count() == members


def change_by_hand(ground: Ground, *, every: int) -> None:
    """Somebody types another first name for one contact of so many."""
    form = urllib.parse.urlencode({"name": "firstname", "value": "Changed by hand"}).encode()
    for contact_id in Member.objects.order_by("pk").values_list("hubspot_contact_id", flat=True)[::every]:
        urllib.request.urlopen(f"{ground.sandbox}/contacts/{contact_id}/values", form, timeout=10).close()


def promise_comparison() -> None:
    """What the worker begins every night."""
    contact_batches.begin_check()


def all_compared() -> bool:
    """Whether the comparison is through, and everything it led to."""
    return not Delivery.objects.filter(channel="hubspot").exclude(state=Delivery.State.DONE).exists()


def wrong_contacts(ground: Ground) -> int:
    """How many members have no contact that says what is true of them, and how many contacts are nobody's."""
    contacts = {row["properties"].get("wits_member_id"): row["properties"] for row in ground.state()["contacts"]}
    members = Member.objects.all()
    differ = sum(
        any(contacts.get(str(one.uuid), {}).get(name, "") != value for name, value in _expected(one).items())
        for one in members
    )
    return differ + abs(len(ground.state()["contacts"]) - len(members))


def _expected(member: Member) -> dict[str, str]:
    return properties_of(contact_of(member))
