"""What happens by the calendar: data shrinks, and partners hear of memberships that ended."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from membership import terms
from membership.models import Import, Looked, Membership, Signup, Staged, StripeEvent
from membership.states import MEMBER_STATES
from outbox.promises import Wish, promise_all

# Stripe's staff can send an event again for 30 days; until then it must be told from a new one.
PAYLOADS_KEPT = timedelta(days=30)
CLIENT_ADDRESSES_KEPT = timedelta(days=30)
# An idempotency key is remembered for 24 hours: after that its parameters, which hold a name, are of no use.
PARAMETERS_KEPT = timedelta(days=2)
LISTS_KEPT = timedelta(days=30)
UNFINISHED_KEPT = timedelta(days=90)
ENDED_TOLD_FOR = timedelta(days=14)

KEPT_WITH_NAMES = (*MEMBER_STATES, Signup.State.PROCESSING, Signup.State.CASE)


def prune() -> dict[str, int]:
    """Empty what is no longer needed; rows stay, since ids must be known for ever. Returns how many of each."""
    now = timezone.now()
    # Of the last attempt, not of the form: who goes on with it after days stands on Stripe's page now.
    old = Signup.objects.filter(tried_at__lt=now - PARAMETERS_KEPT)
    never_finished = Signup.objects.filter(created_at__lt=now - UNFINISHED_KEPT, payments=None).exclude(
        Q(state__in=KEPT_WITH_NAMES) | Q(email="")
    )
    old_lists = Import.objects.filter(created_at__lt=now - LISTS_KEPT).exclude(lines=[])
    Looked.objects.filter(batch__in=old_lists).delete()
    return {
        "lists of members": old_lists.update(lines=[]),
        "lines kept ready": Staged.objects.exclude(batch__state=Import.State.WAITING).delete()[0],
        "event payloads": StripeEvent.objects.filter(
            received_at__lt=now - PAYLOADS_KEPT, payload__isnull=False
        ).update(payload=None),
        "client addresses": Signup.objects.filter(created_at__lt=now - CLIENT_ADDRESSES_KEPT)
        .exclude(client_address="")
        .update(client_address=""),
        "Checkout parameters": old.exclude(checkout_parameters={}).update(checkout_parameters={}, checkout_url=""),
        "unfinished join forms": Signup.objects.filter(
            pk__in=list(never_finished.values_list("pk", flat=True))
        ).update(first_name="", last_name="", email="", email_key="", newsletter_text="", client_address=""),
    }


def prune_by_schedule() -> None:
    """What the worker runs every night."""
    prune()


def tell_of_ended() -> None:
    """Let HubSpot and Stripe know of memberships that ended by the calendar. Runs every night; each is told once."""
    today = timezone.localdate()
    ended = Membership.objects.filter(
        state__in=terms.KEEPS_ITS_DAYS, ends_on__lt=today, ends_on__gte=today - ENDED_TOLD_FOR
    ).select_related("member")
    for membership in ended:
        member = membership.member
        kinds = ["hubspot.contact", "stripe.customer"] if member.stripe_customer_id else ["hubspot.contact"]
        payload = {"member": str(member.uuid), "customer": member.stripe_customer_id}
        about = f"member:{member.uuid}"
        with transaction.atomic():
            promise_all(
                [Wish(kind, f"{kind}:{member.uuid}:ended:{membership.ends_on}", payload, about) for kind in kinds]
            )
