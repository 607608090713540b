"""Lists of members that were brought in as files."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from membership.models.levels import Level
from membership.models.members import Member, Membership


class Import(models.Model):
    """One uploaded list, from the upload to its undoing. Its lines are emptied once they are members, or too old."""

    class State(models.TextChoices):
        LOOKING = "looking", "Being looked at"
        LOOKED_AT = "looked_at", "Not imported yet"
        WAITING = "waiting", "Being imported"
        DONE = "done", "Imported"
        FAILED = "failed", "Failed: nothing was imported"
        UNDONE = "undone", "Undone"

    digest = models.CharField(max_length=64, db_index=True, help_text="SHA-256 of the file.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.LOOKED_AT)
    headings = models.JSONField(default=list)
    lines = models.JSONField(default=list, help_text="Pairs of a line's number in the file and its cells.")
    note = models.TextField(blank=True, help_text="What a person should know of how the file was read.")
    columns = models.JSONField(default=dict, help_text="Which column holds what: name of a field to place from 0.")
    level = models.ForeignKey(Level, null=True, on_delete=models.SET_NULL, related_name="+")
    starts_on = models.DateField(help_text="First day of lines that name none, in Toronto.")
    checked = models.PositiveIntegerField(default=0, help_text="How many lines the worker has looked at.")
    total = models.PositiveIntegerField(default=0)
    look = models.PositiveIntegerField(default=0, help_text="How often its lines were looked at.")
    looked_at = models.DateTimeField(null=True, help_text="When the last look was done.")
    preview = models.JSONField(default=dict, help_text="What the last look found: how many of each kind and level.")
    counts = models.JSONField(default=dict, help_text="What became of its lines: how many of each kind.")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"Import {self.pk}"


class Looked(models.Model):
    """What a line would do, as it was decided when the list was looked at for the `look`th time."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="looked")
    look = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=601, blank=True)
    email = models.TextField(blank=True, help_text="As it stands in the list, where it is no address.")
    says = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "look", "number"], name="looked_once")]
        indexes = [models.Index(fields=["batch", "look", "kind", "number"], name="looked_by_kind")]

    def __str__(self) -> str:
        return f"{self.batch}, line {self.number}"


class Imported(models.Model):
    """A membership that an import made; `is_new`: it made the member too."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="made")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="imported")
    is_new = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.batch}, membership {self.membership_id}"


class Staged(models.Model):
    """A membership that an import is about to make: decided, and kept ready to be made with all others at once.

    `run` tells the tries of one import apart. `member` and the `revision` it had are of somebody known; for anybody
    else, `uuid` is the member's to be.
    """

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="+")
    run = models.UUIDField()
    number = models.PositiveIntegerField()
    uuid = models.UUIDField(default=uuid.uuid4)
    is_new = models.BooleanField()
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    email = models.EmailField(max_length=320)
    email_key = models.CharField(max_length=320)
    first_name = models.CharField(max_length=300)
    last_name = models.CharField(max_length=300)
    level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "email_key"], name="staged_once")]

    def __str__(self) -> str:
        return f"{self.batch}, line {self.number}"
