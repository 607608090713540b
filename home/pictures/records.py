"""Images with what every picture on the site needs: words for those who do not see it, and a credit."""

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    """An uploaded picture. Wagtail's `description`, here required, is its alt text."""

    description = models.CharField(
        max_length=255,
        default="",
        help_text="What the picture shows, for people who do not see it: two students laugh over a laptop. "
        "Do not begin with Picture of.",
    )
    credit = models.CharField(
        max_length=120, blank=True, help_text="Who took or drew it, for example: Photo by Robin Castellane."
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")


class PictureRendition(AbstractRendition):
    """One size of a picture, made when a page is published."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
