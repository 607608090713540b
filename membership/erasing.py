"""Deleting a member who asked for it: everything that names them goes, what was paid stays for the books."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import ModelLogEntry

from home.forms.records import Answer
from membership.models import Looked, Member, Signup, Staged, StripeEvent
from outbox.models import Delivery

ERASED = "membership.erase"
# Whoever pays this very moment becomes a member anew by it; what is never finished is emptied by `housekeeping`.
UNDER_WAY = (Signup.State.OPEN, Signup.State.PROCESSING)
WAITS = (Delivery.State.WAITING, Delivery.State.DEAD)
# Money that an executive said goes back is given back, whoever is still known here. It names a refund, not a person.
STILL_OWED = "stripe.refund"


@dataclass(frozen=True)
class Erased:
    """What of a member is left elsewhere, and how much went here."""

    stripe_customer_ids: list[str]
    hubspot_contact_id: str
    counts: dict[str, int]


def erase(member_id: int) -> Erased:
    """Delete the member and all that names them, in one transaction. Raises Member.DoesNotExist.

    Join forms stay with their payments, and with refunds that are on their way, without name and address. The audit
    log keeps what the memberships cost. What partners know is for a person to delete there: the ids are gone from
    here afterwards.
    """
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=member_id)
        forms = Signup.objects.filter(Q(member=member) | Q(email_key=member.email_key)).exclude(state__in=UNDER_WAY)
        uuids = [str(uuid) for uuid in forms.values_list("uuid", flat=True)]
        customers = {member.stripe_customer_id, *forms.values_list("stripe_customer_id", flat=True)} - {""}
        about = [f"member:{member.uuid}", *(f"signup:{uuid}" for uuid in uuids)]
        answers = list(Answer.objects.filter(email__iexact=member.email))
        events = StripeEvent.objects.filter(signup__in=forms, payload__isnull=False)
        counts = {
            "messages of Stripe emptied": events.update(payload=None),
            "deliveries that waited": Delivery.objects.filter(about__in=about, state__in=WAITS)
            .exclude(kind=STILL_OWED)
            .delete()[0],
            "lines of imported lists": Looked.objects.filter(email__iexact=member.email).delete()[0]
            + Staged.objects.filter(email_key=member.email_key).delete()[0],
            "answers to forms": len(answers),
            "join forms emptied": len(uuids),
        }
        for answer in answers:
            answer.delete()  # with its files
        paid = [
            {"level": one.level.slug, "cents": one.amount_cents, "from": str(one.starts_on), "state": one.state}
            for one in member.memberships.select_related("level")
        ]
        log(member, ERASED, title=f"Member {member.pk}", data={"member": str(member.uuid), "memberships": paid})
        forms.update(
            first_name="", last_name="", email="", email_key="", newsletter_text="", client_address="",
            checkout_parameters={}, checkout_url="",
        )  # fmt: skip
        contact = member.hubspot_contact_id
        member.delete()
        return Erased(sorted(customers), contact, counts)


def erased_since(moment: datetime) -> Iterator[str]:
    """The members who were erased after that moment, by the number that their page had."""
    entries = ModelLogEntry.objects.filter(action=ERASED, timestamp__gt=moment).order_by("timestamp")
    yield from entries.values_list("object_id", flat=True)


def erase_again(member_id: str) -> None:
    """Erase them in a database that knows them again."""
    if Member.objects.filter(pk=member_id).exists():
        erase(int(member_id))


def register_log_action(actions: LogActionRegistry) -> None:
    """The words that the audit log has for it."""
    actions.register_action(ERASED, "Erase a member", "Erased a member who asked for it")
