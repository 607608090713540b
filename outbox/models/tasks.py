"""What the worker does by the clock."""

from django.db import models


class TaskRun(models.Model):
    """One run of a scheduled task in one period; the unique row is what lets several workers share a schedule."""

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed, to be tried again"

    name = models.CharField(max_length=60)
    period = models.CharField(max_length=40, help_text="The moment, in UTC, at which the period began.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    attempts = models.PositiveIntegerField(default=1)
    due_at = models.DateTimeField(help_text="When it may be tried (again): the end of the lease while it runs.")
    lease_owner = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ["-started_at"]
        constraints = [models.UniqueConstraint(fields=["name", "period"], name="outbox_one_run_a_period")]
        indexes = [models.Index(fields=["finished_at"], name="outbox_task_finished")]

    def __str__(self) -> str:
        return f"{self.name} ({self.period})"
