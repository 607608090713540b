"""What executives set about errors."""

from django.db import models
from wagtail.fields import StreamField

from home.links import LinkBlock

BROKEN_TITLE = "Something broke on our side."
BROKEN_TEXT = (
    "It wasn’t you. Try again in a minute. If you were paying, your payment is safe: we keep track of every one."
)
HOME_LABEL = "Take me home"


class ErrorWords(models.Model):
    """The fields of the pages that nobody wants to see, for the site's settings."""

    missing_title = models.CharField(
        "large title",
        max_length=60,
        default="A snake ate this *page*.",
        help_text="One word between asterisks, *like this*, gets a wave under it.",
    )
    missing_text = models.TextField(
        "words",
        max_length=240,
        blank=True,
        default="Or it moved, or the link has a typo. None of it is your fault.",
    )
    missing_links = StreamField(
        [("link", LinkBlock())],
        blank=True,
        max_num=5,
        verbose_name="links",
        help_text="Where people who came here probably wanted to go.",
    )
    broken_title = models.CharField("large title", max_length=60, default=BROKEN_TITLE)
    broken_text = models.TextField(
        "words",
        max_length=300,
        default=BROKEN_TEXT,
        help_text="Say that it is not their fault, and that payments are safe: they are.",
    )
    home_label = models.CharField("words on the button that leads home", max_length=30, default=HOME_LABEL)

    class Meta:
        abstract = True
