"""The picture that was made for a page."""

from django.db import models
from wagtail.models import Page

WIDTH, HEIGHT = 1200, 630


class SharePicture(models.Model):
    """One for each page that any visitor may see and that has no picture of its own choice."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="made_share_picture")
    file = models.FileField(upload_to="share")
    state = models.CharField(max_length=16, help_text="What it was drawn from, in short: see drawing.Sheet.")

    def __str__(self) -> str:
        return str(self.file.name)
