"""What people must be told."""

from django.db import models
from django.utils import timezone


class Alert(models.Model):
    """One trouble, in plain words and without personal data. The same trouble again adds to `count`.

    `told` is how many of `count` a mail has spoken of, `digested` how many a daily digest has counted: a digest
    goes out when something was not told yet, and then gives the true number of everything since the last one.
    """

    class State(models.TextChoices):
        NEW = "new", "New"
        MAILED = "mailed", "Mailed at once"
        HELD = "held", "Kept for the daily digest"

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200, unique=True)
    what = models.TextField("what happened", help_text="What happened.")
    done = models.TextField("what the site did", blank=True, help_text="What the site has done about it.")
    todo = models.TextField("what you can do", blank=True, help_text="What a person should do.")
    link = models.CharField(max_length=300, blank=True, help_text="Where in the admin: a path.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW, verbose_name="told")
    count = models.PositiveIntegerField("how often", default=1)
    told = models.PositiveIntegerField(default=0)
    digested = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField("first", default=timezone.now)
    last_at = models.DateTimeField("last", default=timezone.now)
    mailed_at = models.DateTimeField("mailed", null=True, blank=True)

    class Meta:
        ordering = ["-last_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "kind"], name="outbox_alert_state"),
            models.Index(fields=["mailed_at"], name="outbox_alert_mailed"),
        ]

    def __str__(self) -> str:
        return self.what
