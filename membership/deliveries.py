"""What the outbox does for members: Stripe's customer, HubSpot's contact, the mails.

Names and addresses are read when the delivery is made, so it always tells how things stand now, and tells nothing of
a member who was deleted meanwhile: such a delivery is done.
"""

import logging
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from membership import emails, gone, hubspot_gateway, links, refunds, sharing, stripe_gateway, terms
from membership.addresses import mailbox_digest
from membership.errors import SharedContact, TransportError
from membership.models import Addition, Level, Member, Membership, Signup
from membership.models.members import UNSUBSCRIBED_IN_HUBSPOT
from membership.money import dollars
from membership.settling import tell_partners
from membership.standing import Standing, standing
from outbox.mails import send_mail
from outbox.models import Delivery
from outbox.registry import register

logger = logging.getLogger(__name__)

WAYS_IN_WORDS = {
    Addition.Way.CASH: "{amount} in cash",
    Addition.Way.E_TRANSFER: "{amount} by e-transfer",
    Addition.Way.COMPLIMENTARY: "nothing, it is a gift of the club",
}


def register_all() -> None:
    """Name the handler of each kind."""
    register("stripe.customer", tell_stripe, channel="stripe", label="Customer at Stripe")
    register("hubspot.contact", tell_hubspot, channel="hubspot", label="Contact at HubSpot")
    register("stripe.refund", refunds.make, channel="stripe", label="Refund at Stripe")
    register("mail.welcome", send_welcome, channel="mail", label="Welcome mail")
    register("mail.receipt", send_receipt, channel="mail", label="Receipt for a member added by hand")
    register("mail.confirm", send_confirmation, channel="mail", label="Mail to confirm an address")


def tell_stripe(delivery: Delivery) -> None:
    """Write the preferred name, the address and the membership on the customer that paid.

    One that was deleted at Stripe is forgotten here: the next payment makes a new one.
    """
    member = _member(delivery)
    customer_id = delivery.payload.get("customer")
    if member is None or not customer_id:
        logger.info("Delivery %s: no member or no customer left to tell Stripe of.", delivery.pk)
        return
    now = _standing(member)
    marks = {
        "wits_member_id": str(member.uuid),
        "wits_level": now.level_slug,
        "wits_status": now.partners_word,
        "wits_until": now.until.isoformat() if now.until else "",
    }
    name = f"{member.first_name} {member.last_name}".strip()
    try:
        stripe_gateway.update_customer(customer_id, name=name, email=member.email, metadata=marks)
    except TransportError as error:
        if not error.gone:
            raise
        logger.info("Delivery %s: customer %s was deleted at Stripe.", delivery.pk, customer_id)
        gone.forget_customer(customer_id)
    _refuse_what_is_old(member)


def tell_hubspot(delivery: Delivery) -> None:
    """Bring the member's contact up to date; an unsubscribe made in HubSpot becomes ours.

    Where the contact is another member's, that is a case for a person: the contact stays as it is.
    """
    member = _member(delivery)
    if member is None:
        return
    try:
        pushed = sharing.push(member, contact_of(member))
    except SharedContact as error:
        sharing.open_case(member, error)
        return
    sharing.is_over([member])
    if pushed.contact_id != member.hubspot_contact_id:
        keep_contact(member, pushed.contact_id)
    if pushed.opted_out:
        take_unsubscribe(member)
    _refuse_what_is_old(member)


def contact_of(member: Member) -> hubspot_gateway.Contact:
    """The member as HubSpot has to know them today."""
    now = _standing(member)
    return hubspot_gateway.Contact(
        email=member.email,
        first_name=member.first_name,
        last_name=member.last_name,
        member_id=str(member.uuid),
        status=now.partners_word,
        level=now.level_slug,
        until=now.until,
        newsletter=member.newsletter,
        newsletter_at=member.newsletter_at,
    )


def take_unsubscribe(member: Member) -> None:
    """Let an unsubscribe made in HubSpot be ours too."""
    Member.objects.filter(pk=member.pk, newsletter=True).update(
        newsletter=False, newsletter_at=timezone.now(), newsletter_source=UNSUBSCRIBED_IN_HUBSPOT
    )


def perks_in_words(level: Level) -> str:
    """A level's perks, those that are only for some under the words that say for whom.

    `Résumé review, Store discount code; For Western students: Résumé database`.
    """
    groups: dict[str, list[str]] = {"": []}
    for perk in level.perks.all():
        groups.setdefault(perk.group, []).append(perk.title)
    return "; ".join(
        f"{group}: {', '.join(titles)}" if group else ", ".join(titles) for group, titles in groups.items() if titles
    )


def send_welcome(delivery: Delivery) -> None:
    """Welcome who became a member, unless all was refunded before the mail went out.

    Who paid again while they were a member reads that their membership goes on.
    """
    signup = Signup.objects.select_related("level", "member").filter(uuid=delivery.payload["signup"]).first()
    membership = (
        Membership.objects.filter(signup=signup).select_related("member", "level").first() if signup else None
    )
    if membership is None or membership.state != Membership.State.ACTIVE:
        return
    renews = terms.goes_on_from_another(membership)
    when = {"term": term_in_words(membership)} if renews else {"until": until_in_words(membership.ends_on)}
    send_mail(
        emails.RENEWAL.key if renews else emails.WELCOME.key,
        to=membership.member.email,
        variables={
            "first_name": membership.member.first_name,
            "level": membership.level.name,
            "perks": perks_in_words(membership.level) or "good company",
            **when,
        },
        message_key=delivery.key,
        button_url=f"{settings.SITE_URL}/",
    )


def send_receipt(delivery: Delivery) -> None:
    """Tell who was added by hand what was paid and until when they are a member, unless that was ended meanwhile."""
    membership = (
        Membership.objects.filter(pk=delivery.payload["membership"], state=Membership.State.ACTIVE)
        .select_related("member", "level", "addition")
        .first()
    )
    if membership is None:
        return
    member, addition = membership.member, membership.addition
    send_mail(
        emails.RECEIPT.key,
        to=member.email,
        variables={
            "first_name": member.first_name,
            "level": membership.level.name,
            "term": term_in_words(membership),
            "paid": WAYS_IN_WORDS[Addition.Way(addition.way)].format(amount=dollars(membership.amount_cents)),
            "received_on": date_format(timezone.localdate(addition.created_at), "j F Y"),
            "perks": perks_in_words(membership.level) or "good company",
        },
        message_key=delivery.key,
        button_url=f"{settings.SITE_URL}/",
    )


def send_confirmation(delivery: Delivery) -> None:
    """Mail the link that makes a free membership. It is made here and stored nowhere.

    Nothing goes to an address that the form was corrected to since: that one has a promise, and a limit, of its own.
    """
    signup = Signup.objects.select_related("level").filter(uuid=delivery.payload["signup"]).first()
    if signup is None or signup.state != Signup.State.UNCONFIRMED:
        return
    if delivery.payload.get("mailbox", "") not in ("", mailbox_digest(signup.email)):
        return
    send_mail(
        emails.CONFIRM.key,
        to=signup.email,
        variables={"first_name": signup.first_name, "level": signup.level.name},
        message_key=delivery.key,
        button_url=links.confirm_url(signup),
    )


def term_in_words(membership: Membership) -> str:
    """`from 1 May 2027 until 30 April 2028`."""
    return f"from {date_format(membership.starts_on, 'j F Y')} {until_in_words(membership.ends_on)}"


def until_in_words(day: date | None) -> str:
    """How long a membership lasts, to stand in a sentence: until 30 April 2027, or that there is no end."""
    return f"until {date_format(day, 'j F Y')}" if day else "with no end date"


def _member(delivery: Delivery) -> Member | None:
    return Member.objects.filter(uuid=delivery.payload["member"]).first()


def keep_contact(member: Member, contact_id: str) -> None:
    """Remember which contact is the member's. Whoever had it before (their address was corrected, and somebody else
    has the old one now) gets one of their own: with the same one, each would be written over the other."""
    with transaction.atomic():
        mine_or_theirs = Q(pk=member.pk) | Q(hubspot_contact_id=contact_id)
        for one in Member.objects.select_for_update().filter(mine_or_theirs).order_by("pk"):
            one.hubspot_contact_id = contact_id if one.pk == member.pk else ""
            one.save(update_fields=["hubspot_contact_id", "updated_at"])
            if one.pk != member.pk:
                tell_partners(one)


def _refuse_what_is_old(member: Member) -> None:
    """Raise TransportError, to be tried again, when `member` was changed since it was read.

    The change has a delivery of its own, but another thread may have made that one first: then the last thing that
    the partner heard is what was true before.
    """
    if not Member.objects.filter(pk=member.pk, revision=member.revision).exists():
        raise TransportError("The member was changed meanwhile: the partner is told again.")


def _standing(member: Member) -> Standing:
    return standing(member.memberships.select_related("level"), timezone.localdate())
