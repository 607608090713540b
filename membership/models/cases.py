"""What waits for a person: a payment that does not add up, a dispute, a refund that did not arrive."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from membership.models.members import Member
from membership.models.payments import Payment
from membership.models.signups import Signup


class Case(models.Model):
    """One thing that a person has to decide, told once. It settles itself where the facts do.

    `membership.cases` opens and settles them.
    """

    class Kind(models.TextChoices):
        MISMATCH = "mismatch", "Payment does not match its join form"
        TWICE = "twice", "Paid twice"
        UNKNOWN = "unknown", "Payment without a join form"
        DISPUTE = "dispute", "Payment disputed"
        FRAUD = "fraud", "Card may have been stolen"
        REFUND = "refund", "Refund did not arrive"
        OLD_SITE = "old-site", "Payment on the old site"
        GONE = "gone", "No longer known to Stripe"
        CONTACT = "contact", "Two members, one HubSpot contact"

    class Settlement(models.TextChoices):
        BY_ITSELF = "by-itself", "Settled by itself"
        ACCEPTED = "accepted", "Accepted: the payment counts"
        REFUNDED = "refunded", "Refund asked for"
        MADE_MEMBER = "made-member", "Made a member"
        KEPT = "kept", "Left as it is"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=200, unique=True, help_text="The same thing heard of again is the same case.")
    words = models.TextField(help_text="What is known, without names and addresses.")
    signup = models.ForeignKey(Signup, null=True, blank=True, on_delete=models.SET_NULL, related_name="cases")
    payment = models.ForeignKey(Payment, null=True, blank=True, on_delete=models.SET_NULL, related_name="cases")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="cases")
    other_member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    stripe_object_id = models.CharField(max_length=255, blank=True)
    hubspot_contact_id = models.CharField(max_length=32, blank=True)
    due_by = models.DateTimeField(null=True, blank=True, help_text="Until when something can be done (UTC).")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    reopened = models.PositiveSmallIntegerField(default=0, help_text="How often it opened again by itself.")
    settled_at = models.DateTimeField(null=True, blank=True, db_index=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settlement = models.CharField(max_length=12, choices=Settlement.choices, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_open(self) -> bool:
        return self.settled_at is None
