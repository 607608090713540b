"""Whether a partner may be called now."""

from django.db import models


class ChannelPause(models.Model):
    """When a partner may be called again. Nothing is claimed for its channel before `waits_until`.

    With `refused_since` the partner refuses everything (a key that is no longer good): one delivery at a time
    probes whether that is mended, and the wait between probes grows. Without it, the partner only asked for time.
    """

    channel = models.CharField(max_length=30, unique=True)
    waits_until = models.DateTimeField()
    refused_since = models.DateTimeField(null=True, blank=True)
    wait_seconds = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["channel"]

    def __str__(self) -> str:
        return self.channel
