"""Who is a member, at which level, and until when. Members have no password and no user."""

import uuid
from datetime import date

from django.db import models
from django.utils import timezone

from membership.models.levels import Level
from membership.models.signups import Signup

# Where a no to the newsletter came from: `newsletter_source`.
UNSUBSCRIBED_IN_HUBSPOT = "unsubscribed in HubSpot"


class Member(models.Model):
    """A person, found by the address they proved (or paid with) first.

    `email` is kept as the person wrote it; `email_key` (see `membership.addresses.email_key`) is what makes two
    spellings of an address one person.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    first_name = models.CharField(max_length=300)
    last_name = models.CharField(max_length=300)
    email = models.EmailField(max_length=320)
    email_key = models.CharField(max_length=320, unique=True, editable=False)
    newsletter = models.BooleanField(default=False, help_text="Wants the newsletter.")
    newsletter_text = models.TextField(blank=True, editable=False, help_text="The words the person agreed to.")
    newsletter_at = models.DateTimeField(null=True, blank=True, editable=False)
    newsletter_source = models.CharField(max_length=60, blank=True, editable=False)
    stripe_customer_id = models.CharField(max_length=255, blank=True, editable=False)
    hubspot_contact_id = models.CharField(max_length=64, blank=True, editable=False)
    revision = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="Counts what partners have to be told; part of each promise's key.",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("export_member", "Can export the list of members"),
            ("add_by_hand_member", "Can add members by hand"),
            ("import_member", "Can import lists of members"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Membership(models.Model):
    """One term of one person at one level. A renewal is a new row that begins when the last one ends."""

    class State(models.TextChoices):
        ACTIVE = "active", "Active"
        HELD = "held", "On hold"
        REFUNDED = "refunded", "Refunded"
        LOST = "lost", "Payment lost"
        ENDED = "ended", "Ended early"

    # Somebody whose memberships are all over is told by the last one: of two that began on one day, always by the
    # same, in whatever order they were made.
    BY_BEGINNING = ("starts_on", "level__price_cents", "level_id", "state", "pk")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="memberships")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="memberships")
    signup = models.OneToOneField(Signup, null=True, blank=True, on_delete=models.SET_NULL, related_name="membership")
    starts_on = models.DateField(help_text="First day, in Toronto.")
    ends_on = models.DateField(null=True, blank=True, help_text="Last day, in Toronto; empty for no end.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    amount_cents = models.PositiveIntegerField(default=0, help_text="What was paid, in cents.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["state", "ends_on"], name="membership_running")]

    def __str__(self) -> str:
        return f"{self.level} until {self.ends_on or 'further notice'}"

    @property
    def by_beginning(self) -> tuple[date, int, int, str, int]:
        """`BY_BEGINNING`, to sort rows that are loaded, with their levels."""
        return self.starts_on, self.level.price_cents, self.level_id, self.state, self.pk
