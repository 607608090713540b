"""What Stripe told us: payments, and the events that told of them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from membership.models.signups import Signup


class Contest(models.TextChoices):
    """What the payer's bank says of a payment."""

    NONE = "", "Not disputed"
    OPEN = "open", "Disputed"
    LOST = "lost", "Dispute lost"


class Payment(models.Model):
    """Money that reached Stripe for one signup: normally one row, two when somebody paid twice.

    A refund may be heard of before the payment itself: then the row has a payment intent, and no session yet.
    """

    signup = models.ForeignKey(Signup, on_delete=models.PROTECT, related_name="payments")
    session_id = models.CharField(max_length=255, null=True, blank=True, unique=True)
    payment_intent_id = models.CharField(max_length=255, null=True, blank=True, unique=True)
    stripe_customer_id = models.CharField(max_length=255, blank=True)
    amount_cents = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3, default="cad", help_text="In which it was paid, as Stripe writes it.")
    paid_at = models.DateTimeField(null=True, blank=True, help_text="When its session was opened (UTC).")
    refund_total_cents = models.PositiveIntegerField(
        default=0, help_text="The most that a message about the charge named as given back."
    )
    refunded_cents = models.PositiveIntegerField(
        default=0, help_text="Given back, without what did not arrive. It follows from the refunds."
    )
    dispute = models.CharField(
        max_length=4, choices=Contest.choices, default=Contest.NONE, help_text="It follows from the disputes."
    )
    is_contested = models.BooleanField(default=False, help_text="Whether a refund, dispute or warning was heard of.")
    problem = models.TextField(blank=True, help_text="Why it does not count as the price of the membership.")
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who said that it counts all the same.",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Payment {self.payment_intent_id or self.session_id}"

    @property
    def counts(self) -> bool:
        """Paid, and what was asked for (or an executive said that it will do)."""
        return self.paid_at is not None and (not self.problem or self.accepted_by_id is not None)

    @property
    def is_fully_refunded(self) -> bool:
        return 0 < self.amount_cents <= self.refunded_cents

    @property
    def is_gone(self) -> bool:
        """Whether the club no longer has the money: all given back, or a dispute lost."""
        return self.is_fully_refunded or self.dispute == Contest.LOST


class Dispute(models.Model):
    """A payer's bank asks for a payment back. The status that counts is the newest; a final one is never replaced.

    https://docs.stripe.com/api/disputes/object
    """

    HOLDING = ("needs_response", "under_review")
    # A bank's question: no money was taken, so nothing is held.
    ASKING = ("warning_needs_response", "warning_under_review")

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="disputes")
    stripe_id = models.CharField(max_length=255, unique=True)
    status = models.CharField(max_length=40)
    amount_cents = models.PositiveIntegerField()
    due_by = models.DateTimeField(null=True, blank=True, help_text="Until when Stripe takes an answer (UTC).")
    as_of = models.DateTimeField(help_text="When Stripe said so (UTC).")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Dispute {self.stripe_id} ({self.status})"

    @property
    def is_open(self) -> bool:
        return self.status in (*self.HOLDING, *self.ASKING)


class Refund(models.Model):
    """Money given back, or to be: asked for by an executive here, or made in Stripe's dashboard.

    https://docs.stripe.com/api/refunds/object
    """

    class State(models.TextChoices):
        ASKED = "asked", "On its way to Stripe"
        PENDING = "pending", "At the bank"
        SUCCEEDED = "succeeded", "Given back"
        FAILED = "failed", "Did not arrive"
        REFUSED = "refused", "Refused by Stripe"

    # What failed stays so, whatever arrives late; money given back can still come back. Whatever Stripe says of a
    # refund outranks what we took for its refusal: where its answer was lost, it may have made it all the same.
    RANK = {State.ASKED: 0, State.REFUSED: 1, State.PENDING: 2, State.SUCCEEDED: 3, State.FAILED: 4}
    AT_STRIPE = (State.PENDING, State.SUCCEEDED)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    stripe_id = models.CharField(max_length=255, null=True, blank=True, unique=True)
    amount_cents = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    reason = models.CharField(max_length=30, blank=True, help_text="One of Stripe's reasons, or none.")
    note = models.TextField(blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answer = models.TextField(blank=True, help_text="Why it was refused or did not arrive, in words.")

    class Meta:
        ordering = ["pk"]
        permissions = [("make_refund", "Can give payments back")]

    def __str__(self) -> str:
        return f"Refund {self.stripe_id or self.uuid} ({self.get_state_display()})"


class StripeEvent(models.Model):
    """One event by Stripe's own id, so that a second delivery does nothing.

    Kept for at least as long as Stripe can send it again (30 days by staff); its payload is emptied after that.
    """

    class State(models.TextChoices):
        PROCESSED = "processed", "Processed"
        IGNORED = "ignored", "Not for us"
        CASE = "case", "Needs a person"
        FAILED = "failed", "Failed"

    event_id = models.CharField(max_length=255, unique=True)
    type = models.CharField(max_length=80)
    livemode = models.BooleanField()
    object_id = models.CharField(max_length=255, blank=True)
    payment_intent_id = models.CharField(max_length=255, blank=True, db_index=True)
    created = models.DateTimeField(help_text="When it happened at Stripe (UTC).")
    received_at = models.DateTimeField(default=timezone.now)
    processed_at = models.DateTimeField(null=True, blank=True)
    deliveries = models.PositiveIntegerField(default=1, help_text="How often Stripe sent it.")
    state = models.CharField(max_length=10, choices=State.choices)
    outcome = models.TextField(blank=True, help_text="What was done, or why nothing was.")
    payload = models.JSONField(null=True, blank=True)
    signup = models.ForeignKey(Signup, null=True, blank=True, on_delete=models.SET_NULL, related_name="stripe_events")

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["type", "received_at"], name="stripe_event_type")]

    def __str__(self) -> str:
        return f"{self.type} ({self.event_id})"
