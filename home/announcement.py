"""The bar above the header: one thing that everybody should know, for as long as it is true."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.fields import StreamField

from home.links import LinkBlock

TONES = [
    ("navy", "Navy"),
    ("salmon", "Salmon"),
    ("yellow", "Yellow"),
    ("mint", "Mint"),
    ("blush", "Blush"),
]


class Announcement(models.Model):
    """The fields of the announcement, for the site's settings."""

    announcement = models.CharField(
        "words",
        max_length=140,
        blank=True,
        help_text="One sentence above every page, for example: Applications for Ada close on Friday. Empty for none.",
    )
    announcement_link = StreamField(
        [("link", LinkBlock())], blank=True, max_num=1, verbose_name="link", help_text="Where it leads, if anywhere."
    )
    announcement_tone = models.CharField("colour", max_length=10, choices=TONES, default="navy")
    announcement_from = models.DateTimeField(
        "from", null=True, blank=True, help_text="It shows itself then. Leave empty for at once."
    )
    announcement_until = models.DateTimeField(
        "until", null=True, blank=True, help_text="It goes away by itself then. Leave empty to take it away by hand."
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse an announcement that would end before it begins."""
        super().clean()
        begins, ends = self.announcement_from, self.announcement_until
        if begins and ends and ends <= begins:
            raise ValidationError({"announcement_until": "It would be gone before it comes: choose a later time."})

    def is_announced(self, now: datetime | None = None) -> bool:
        """Whether the bar is there at `now`: from its first moment on, and no longer at its last."""
        moment = now or timezone.now()
        begun = self.announcement_from is None or self.announcement_from <= moment
        over = self.announcement_until is not None and self.announcement_until <= moment
        return bool(self.announcement.strip()) and begun and not over
