"""Images with what every picture on the site needs: words for those who do not see it, and a credit."""

from django.db import models
from PIL import UnidentifiedImageError
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

    # Nothing here asks for tags: in a form for each of twelve photos, they were twelve fields to skip.
    admin_form_fields = (*(field for field in Image.admin_form_fields if field != "tags"), "credit")


def is_lost(error: OSError) -> bool:
    """Whether it says that the file is gone or no picture; otherwise a disk or a bucket may answer another time."""
    lost = (FileNotFoundError, UnidentifiedImageError)
    return isinstance(error, lost) or isinstance(error.__cause__, lost)


class PictureRendition(AbstractRendition):
    """One size of a picture, made when a page is published."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
