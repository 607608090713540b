"""What Stripe told us: payments, and the events that told of them."""

from django.db import models
from django.utils import timezone

from membership.models.signups import Signup


class Payment(models.Model):
    """Money that reached Stripe for one signup: normally one row, two when somebody paid twice.

    A refund may be heard of before the payment itself: then the row has a payment intent, and no session yet.
    """

    signup = models.ForeignKey(Signup, on_delete=models.PROTECT, related_name="payments")
    session_id = models.CharField(max_length=255, null=True, blank=True, unique=True)
    payment_intent_id = models.CharField(max_length=255, null=True, blank=True, unique=True)
    amount_cents = models.PositiveIntegerField(default=0)
    paid_at = models.DateTimeField(null=True, blank=True, help_text="When we learnt that it was paid (UTC).")
    refunded_cents = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True, help_text="Why it does not count as the price of the membership.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Payment {self.payment_intent_id or self.session_id}"

    @property
    def counts(self) -> bool:
        """Paid, and what was asked for."""
        return self.paid_at is not None and not self.problem

    @property
    def is_fully_refunded(self) -> bool:
        return 0 < self.amount_cents <= self.refunded_cents


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
