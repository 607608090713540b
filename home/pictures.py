"""Images with what every picture on the site needs: words for those who do not see it, and a credit."""

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    """An uploaded picture. `description` (from Wagtail) is its alt text."""

    credit = models.CharField(
        max_length=120, blank=True, help_text="Who took or drew it, for example: Photo by Robin Castellane."
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")


class PictureRendition(AbstractRendition):
    """One size of a picture, made when a page is published."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
