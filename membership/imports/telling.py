"""What follows an import, or its undoing: HubSpot and Stripe hear of the members, some hundreds at a time."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from membership.imports.staging import pieces
from membership.models import Member
from outbox.models import Delivery
from outbox.promises import Wish, promise_all

KIND = "import.tell"
CONTACTS_AT_ONCE = 100  # HubSpot's limit for one call


def promise_to_tell(about: str, members: Sequence[int]) -> None:
    """Promise that partners hear of those members. In the caller's transaction, which this keeps short."""
    number = Delivery.objects.filter(kind=KIND, about=about).count()
    promise_all(
        [
            Wish(KIND, f"{KIND}:{about}:{place}", {"members": list(piece)}, about)
            for place, piece in enumerate(pieces(members), start=number)
        ]
    )


def tell(delivery: Delivery) -> None:
    """As `settling.tell_partners`, for many at once; contacts that HubSpot does not have yet, by the hundred."""
    with transaction.atomic():
        members = list(Member.objects.select_for_update().filter(pk__in=delivery.payload["members"]).order_by("pk"))
        ids = [member.pk for member in members]
        Member.objects.filter(pk__in=ids).update(revision=F("revision") + 1, updated_at=timezone.now())
        new = [str(member.uuid) for member in members if not member.hubspot_contact_id]
        wishes = [
            Wish(
                "hubspot.contacts",
                f"hubspot.contacts:{delivery.pk}:{first}",
                {"members": new[first : first + CONTACTS_AT_ONCE]},
            )
            for first in range(0, len(new), CONTACTS_AT_ONCE)
        ]
        for member in members:
            about, number = f"member:{member.uuid}", f"{member.uuid}:{member.revision + 1}"
            payload = {"member": str(member.uuid), "customer": member.stripe_customer_id}
            if member.stripe_customer_id:
                wishes.append(Wish("stripe.customer", f"stripe.customer:{number}", payload, about))
            if member.hubspot_contact_id:
                wishes.append(Wish("hubspot.contact", f"hubspot.contact:{number}", payload, about))
        promise_all(wishes)
