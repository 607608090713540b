"""Everything that happened to one person, in plain words, newest first. Reads only; times are aware datetimes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import ModelLogEntry

from membership.models import Addition, Member, Membership, Payment, Signup, StripeEvent
from membership.money import dollars
from outbox.models import Delivery

GOOD, BAD, WAITING, PLAIN = "good", "bad", "waiting", "plain"

# Things of the same moment stand in the order in which one leads to the other.
ORDER = ["signup", "payment", "event", "membership", "delivery", "correction"]

EVENT_WORDS = {
    "checkout.session.completed": "Stripe told us: the payment page was completed",
    "checkout.session.async_payment_succeeded": "Stripe told us: a payment that took a while has arrived",
    "checkout.session.async_payment_failed": "Stripe told us: a payment that took a while did not arrive",
    "checkout.session.expired": "Stripe told us: the time to pay ran out",
    "payment_intent.payment_failed": "Stripe told us: a card was declined",
    "charge.refunded": "Stripe told us: money was given back",
    "refund.created": "Stripe told us: a refund was begun",
    "refund.updated": "Stripe told us: a refund moved on",
    "refund.failed": "Stripe told us: a refund did not go through",
    "charge.dispute.created": "Stripe told us: the payment is disputed",
    "charge.dispute.updated": "Stripe told us: the dispute moved on",
    "charge.dispute.closed": "Stripe told us: the dispute is over",
    "radar.early_fraud_warning.created": "Stripe told us: the card may have been stolen",
}
EVENT_TONES = {
    StripeEvent.State.PROCESSED: PLAIN,
    StripeEvent.State.IGNORED: PLAIN,
    StripeEvent.State.CASE: BAD,
    StripeEvent.State.FAILED: BAD,
}
# Delivered, still to come, given up.
DELIVERY_WORDS = {
    "stripe.customer": (
        "Stripe customer updated",
        "Stripe customer is to be updated",
        "Stripe customer could not be updated",
    ),
    "hubspot.contact": (
        "HubSpot contact updated",
        "HubSpot contact is to be updated",
        "HubSpot contact could not be updated",
    ),
    "stripe.refund": ("Stripe was asked for the refund", "Stripe is to be asked for the refund", "Refund given up"),
    "mail.welcome": ("Welcome mail sent", "Welcome mail is to be sent", "Welcome mail could not be sent"),
    "mail.receipt": ("Receipt sent", "Receipt is to be sent", "Receipt could not be sent"),
    "mail.confirm": (
        "Mail with the confirmation link sent",
        "Mail with the confirmation link is to be sent",
        "Mail with the confirmation link could not be sent",
    ),
}
FIELD_WORDS = {"first_name": "first name", "last_name": "last name", "email": "email", "newsletter": "newsletter"}


@dataclass(frozen=True)
class Entry:
    """One thing that happened at `at`. `kind` and `pk` name the row it was read from; `reference` is Stripe's id."""

    at: datetime
    kind: str
    pk: int
    title: str
    detail: str = ""
    tone: str = PLAIN
    reference: str = ""


def timeline(member: Member) -> list[Entry]:
    """All that is known of `member`, newest first. Seven queries, however much happened."""
    signups = list(member.signups.select_related("level").prefetch_related("payments"))
    memberships = member.memberships.select_related("level", "addition__added_by")
    return _ordered(
        [
            *_of_signups(signups),
            *(_membership(row) for row in memberships),
            *_deliveries([f"member:{member.uuid}", *(f"signup:{signup.uuid}" for signup in signups)]),
            *_corrections(member),
        ]
    )


def signup_timeline(signup: Signup) -> list[Entry]:
    """All that is known of one filled-in join form, whoever became a member by it, newest first."""
    memberships = Membership.objects.filter(signup=signup).select_related("level", "addition__added_by")
    return _ordered(
        [
            *_of_signups([signup]),
            *(_membership(row) for row in memberships),
            *_deliveries([f"signup:{signup.uuid}"]),
        ]
    )


def event_title(event_type: str) -> str:
    """What an event of that type tells, in words; the type itself where there are none."""
    return EVENT_WORDS.get(event_type, f"Stripe told us: {event_type}")


def _ordered(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.at, ORDER.index(entry.kind), entry.pk), reverse=True)


def _of_signups(signups: list[Signup]) -> Iterator[Entry]:
    for signup in signups:
        yield from _signup(signup)
        for payment in signup.payments.all():
            yield _payment(payment)
    for event in StripeEvent.objects.filter(signup__in=signups).defer("payload"):
        yield _event(event)


def _signup(signup: Signup) -> Iterator[Entry]:
    price = dollars(signup.amount_cents) if signup.amount_cents else "free"
    if signup.from_old_site:
        yield Entry(signup.created_at, "signup", signup.pk, "Paid on the old site", "Taken over from Stripe.")
        return
    consent = "; asked for the newsletter" if signup.newsletter else ""
    yield Entry(
        signup.created_at, "signup", signup.pk, "Filled in the join form", f"{signup.level}, {price}{consent}."
    )
    if signup.confirmed_at:
        yield Entry(signup.confirmed_at, "signup", signup.pk, "Confirmed the address by the mailed link", tone=GOOD)


def _payment(payment: Payment) -> Entry:
    notes = [payment.problem] if payment.problem else []
    if payment.is_fully_refunded:
        notes.append("All of it was given back.")
    elif payment.refunded_cents:
        notes.append(f"{dollars(payment.refunded_cents, payment.currency)} of it was given back.")
    title = f"Paid {dollars(payment.amount_cents, payment.currency)}"
    if payment.paid_at is None:
        back = dollars(payment.refunded_cents, payment.currency)
        title = f"{back} was given back; we have not heard of the payment itself"
    return Entry(
        payment.paid_at or payment.created_at,
        "payment",
        payment.pk,
        title,
        " ".join(notes),
        BAD if payment.problem or payment.paid_at is None else GOOD,
        payment.payment_intent_id or "",
    )


def _event(event: StripeEvent) -> Entry:
    again = f" Stripe sent it {event.deliveries} times." if event.deliveries > 1 else ""
    return Entry(
        event.created,
        "event",
        event.pk,
        event_title(event.type),
        f"{event.get_state_display()}. {event.outcome}{again}".strip(),
        EVENT_TONES[StripeEvent.State(event.state)],
        event.object_id,
    )


def _membership(membership: Membership) -> Entry:
    until = f"until {long_date(membership.ends_on)}" if membership.ends_on else "with no end"
    detail = f"From {long_date(membership.starts_on)} {until}."
    if membership.state != Membership.State.ACTIVE:
        detail += f" Since then: {membership.get_state_display().lower()}."
    tone = GOOD if membership.state == Membership.State.ACTIVE else PLAIN
    title = f"Became {membership.level}"
    addition: Addition | None = getattr(membership, "addition", None)
    if addition is not None:
        title += ", added by hand"
        detail += f" {_written_down(membership, addition)}"
    return Entry(membership.created_at, "membership", membership.pk, title, detail, tone)


def _written_down(membership: Membership, addition: Addition) -> str:
    who = addition.added_by.get_username() if addition.added_by else "someone"
    paid = addition.get_way_display()
    if addition.way != Addition.Way.COMPLIMENTARY:
        paid = f"{paid}, {dollars(membership.amount_cents)}, received by {addition.received_by}"
    note = f" Note: {addition.note}" if addition.note else ""
    return f"{paid}; written down by {who}.{note}"


def _deliveries(about: Iterable[str]) -> Iterator[Entry]:
    for delivery in Delivery.objects.filter(about__in=list(about)):
        yield _delivery(delivery)


def _delivery(delivery: Delivery) -> Entry:
    done, to_come, given_up = DELIVERY_WORDS.get(
        delivery.kind,
        (f"Done: {delivery.kind}", f"Still to be done: {delivery.kind}", f"Given up: {delivery.kind}"),
    )
    tries = f"Tried {delivery.attempts} time{'' if delivery.attempts == 1 else 's'}."
    error = f" Last error: {delivery.last_error}" if delivery.last_error else ""
    if delivery.state == Delivery.State.DONE:
        detail = tries if delivery.attempts > 1 else ""
        return Entry(delivery.done_at or delivery.created_at, "delivery", delivery.pk, done, detail, GOOD)
    if delivery.state == Delivery.State.DEAD:
        return Entry(delivery.created_at, "delivery", delivery.pk, given_up, f"{tries}{error}", BAD)
    if delivery.attempts == 0:
        return Entry(delivery.created_at, "delivery", delivery.pk, to_come, "It is waiting for its turn.", WAITING)
    following = "It is being tried now."
    if delivery.state == Delivery.State.WAITING:
        following = f"The next try is on {long_moment(delivery.due_at)}."
    return Entry(delivery.created_at, "delivery", delivery.pk, to_come, f"{tries} {following}{error}", WAITING)


def _corrections(member: Member) -> Iterator[Entry]:
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Member), object_id=str(member.pk), action="wagtail.edit"
    ).select_related("user")
    for entry in entries:
        fields = [FIELD_WORDS.get(field, field) for field in entry.data.get("fields", [])]
        who = entry.user.get_username() if entry.user else "someone"
        yield Entry(
            entry.timestamp,
            "correction",
            entry.pk,
            "Corrected by an executive",
            f"{who} changed: {', '.join(fields)}.",
        )


def long_date(day: date) -> str:
    """`30 April 2027`."""
    return date_format(day, "j F Y")


def long_moment(moment: datetime) -> str:
    """`22 November 2026, 17:05`, in the time zone of the page (Toronto)."""
    return date_format(timezone.localtime(moment), "j F Y, H:i")
