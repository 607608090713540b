"""Promises to the outside world: one row for each effect that is still to happen, or has happened."""

from django.db import models
from django.utils import timezone


class Delivery(models.Model):
    """One effect on the outside world, promised inside the transaction that makes it necessary.

    The payload holds ids only: personal data is read when the delivery is made, so that deleting a member also
    empties what is still to be sent.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Being delivered"
        DONE = "done", "Delivered"
        DEAD = "dead", "Given up"

    kind = models.CharField("what", max_length=60, help_text="What is to be done, for example hubspot.contact.")
    key = models.CharField(max_length=200, unique=True, help_text="The same promise made twice is one row.")
    channel = models.CharField(
        "to", max_length=30, help_text="Whom it goes to: stripe, hubspot, mail, site, pictures or links."
    )
    payload = models.JSONField(default=dict, blank=True)
    about = models.CharField(
        max_length=80,
        blank=True,
        help_text="Whom it concerns, for the timeline: member:<uuid> or signup:<uuid>.",
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0, help_text="How often it was begun.")
    surprises = models.PositiveIntegerField(
        "failures nobody foresaw",
        default=0,
        help_text="How often it failed in a way that nobody foresaw: a mistake in the program.",
    )
    created_at = models.DateTimeField("promised", default=timezone.now, editable=False)
    due_at = models.DateTimeField("next try", default=timezone.now)
    trying_since = models.DateTimeField(
        default=timezone.now,
        help_text="From when the days of patience count: anew when a person tries again or a pause ends.",
    )
    lease_owner = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField("delivered", null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["state", "due_at"], name="outbox_due"),
            models.Index(fields=["about"], name="outbox_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.get_state_display()})"
