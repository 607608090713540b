"""Memberships that did not begin on the join form: an executive wrote them down."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from membership.models.members import Membership


class Addition(models.Model):
    """Who added a membership by hand, and how it was paid. What was paid stands on the membership."""

    class Way(models.TextChoices):
        CASH = "cash", "Cash"
        E_TRANSFER = "e_transfer", "E-transfer"
        COMPLIMENTARY = "complimentary", "Complimentary"

    # Made with the form, so that a form that is sent twice adds one membership.
    nonce = models.UUIDField(unique=True)
    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="addition")
    way = models.CharField(max_length=20, choices=Way.choices)
    received_by = models.CharField(max_length=120, blank=True, help_text="Who took the money.")
    note = models.TextField(blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_way_display()}, {self.created_at:%Y-%m-%d}"
