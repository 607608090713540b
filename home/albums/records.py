"""A photo of an album, and the wish of somebody in it that it goes."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from home.pictures.records import Picture


class AlbumPhoto(Orderable):
    """One photo, in the order in which it stands. Its words and its credit are the picture's own."""

    # Fields
    album = ParentalKey("home.AlbumPage", related_name="photos", on_delete=models.CASCADE)
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="+")
    caption = models.CharField(max_length=160, blank=True, help_text="If there is something to say about it.")

    # Panels
    panels: ClassVar[list[Any]] = [FieldPanel("picture"), FieldPanel("caption")]

    picture_places: ClassVar[dict[str, tuple[str, ...]]] = {"picture": ("gallery", "large", "card")}

    class Meta(Orderable.Meta):
        verbose_name = "photo"

    def __str__(self) -> str:
        return str(self.picture)


class TakeDown(models.Model):
    """Somebody in a photo wishes that it goes: it is hidden until an executive shows it again.

    It stands apart from the album's own rows, so that no editor who saves an older draft brings the photo back.
    """

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="take_downs")
    album = models.ForeignKey("home.AlbumPage", on_delete=models.CASCADE, related_name="take_downs")
    words = models.TextField("what they said", max_length=1000, blank=True)
    client = models.CharField(max_length=32, blank=True, editable=False)
    asked_at = models.DateTimeField("asked", default=timezone.now)
    is_hidden = models.BooleanField("hidden", default=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    picture_places: ClassVar[dict[str, tuple[str, ...]]] = {"picture": ("gallery",)}

    class Meta:
        ordering = ["-asked_at", "-pk"]
        default_permissions = ("view", "change")
        verbose_name = "photo taken down"
        verbose_name_plural = "photos taken down"

    def __str__(self) -> str:
        return f"Photo {self.picture_id}"


def shown(photos: Any) -> Any:
    """Those of `photos` that nobody in them wants gone."""
    return photos.filter(~Exists(TakeDown.objects.filter(picture=OuterRef("picture"), is_hidden=True)))
