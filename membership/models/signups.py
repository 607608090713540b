"""One person's wish to join, from the form to its end."""

import uuid

from django.db import models
from django.utils import timezone

from membership.models.levels import Level


class Signup(models.Model):
    """A filled-in join form and what became of it.

    Facts are only ever added (payments and their refunds, failed, expired); `state` follows from them in
    `membership.lifecycle`, so that the order in which Stripe's events arrive does not matter.
    """

    class State(models.TextChoices):
        STARTED = "started", "Not yet at Stripe"
        OPEN = "open", "On Stripe's page"
        UNCONFIRMED = "unconfirmed", "Waiting for the mailed link"
        PROCESSING = "processing", "Payment under way"
        COMPLETED = "completed", "Member"
        FAILED = "failed", "Payment failed"
        EXPIRED = "expired", "Ran out of time"
        HELD = "held", "On hold: disputed"
        REFUNDED = "refunded", "Refunded"
        LOST = "lost", "Payment lost"
        CASE = "case", "Needs a person"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nonce = models.CharField(max_length=64, unique=True, editable=False, help_text="One form shown is one signup.")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="signups")
    amount_cents = models.PositiveIntegerField()
    currency = models.CharField(max_length=3, default="cad")
    first_name = models.CharField(max_length=300)
    last_name = models.CharField(max_length=300)
    email = models.EmailField(max_length=320)
    email_key = models.CharField(max_length=320, db_index=True, editable=False)
    newsletter = models.BooleanField(default=False)
    newsletter_text = models.TextField(blank=True, help_text="The words beside the box, as they were then.")
    newsletter_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When the box was ticked beside those words (UTC)."
    )
    client_address = models.CharField(max_length=64, blank=True, help_text="IPv6 by /64. Emptied after 30 days.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    from_old_site = models.BooleanField(
        default=False, editable=False, help_text="Taken over from what the site before this one left at Stripe."
    )

    # What the limits count (`membership.limits`).
    tried_at = models.DateTimeField(
        default=timezone.now,
        db_index=True,
        editable=False,
        help_text="When its last attempt began, or its last card was declined.",
    )
    stripe_calls = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="Sessions opened and closed for it."
    )

    # What was asked of Stripe. The exact parameters are kept, since an idempotency key refuses changed ones.
    attempt = models.PositiveSmallIntegerField(default=0)
    checkout_parameters = models.JSONField(default=dict, blank=True)
    stripe_session_id = models.CharField(max_length=255, null=True, blank=True, unique=True)
    checkout_url = models.TextField(blank=True)
    session_expires_at = models.DateTimeField(null=True, blank=True)

    # Facts: what is known to have happened. Pending, failed and expired are told of the session named above; what
    # was paid stands in `payments`, since an old session may have been paid too.
    state = models.CharField(max_length=12, choices=State.choices, default=State.STARTED)
    paid_at = models.DateTimeField(null=True, blank=True)
    stripe_customer_id = models.CharField(max_length=255, blank=True)
    payment_pending = models.BooleanField(default=False)
    payment_failed = models.BooleanField(default=False)
    session_expired = models.BooleanField(default=False)
    declines = models.PositiveSmallIntegerField(default=0)
    refunded_cents = models.PositiveIntegerField(default=0, help_text="Given back, over all its payments.")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    case_reason = models.TextField(blank=True, help_text="Why a person has to look at it.")
    member = models.ForeignKey(
        "membership.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="signups"
    )

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"Signup {self.uuid} ({self.get_state_display()})"
