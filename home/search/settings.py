"""What executives set about searching."""

from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField

from home.links import LinkBlock


class SearchWords(models.Model):
    """The fields of the search page, for the site's settings."""

    search_title = models.CharField(
        "large title",
        max_length=60,
        default="What are you *looking* for?",
        help_text="One word between asterisks, *like this*, gets a wave under it.",
    )
    search_hint = models.CharField(
        "line under it",
        max_length=160,
        blank=True,
        default="A word or two is enough: an event, a program, how to join.",
    )
    search_none = models.CharField("heading", max_length=80, default="Nothing here says that.")
    search_none_text = models.CharField(
        "words",
        max_length=240,
        blank=True,
        default="Try another word, or fewer of them. Or begin with one of these.",
    )
    search_begin = models.CharField(
        "heading over the places to begin", max_length=60, default="Or begin here", blank=True
    )
    search_words = StreamField(
        [("word", blocks.CharBlock(max_length=30, icon="search"))],
        blank=True,
        max_num=8,
        verbose_name="words to try",
        help_text="One click searches for them. Try each once: it should find something.",
    )
    search_pages = StreamField(
        [("link", LinkBlock())],
        blank=True,
        max_num=6,
        verbose_name="places to begin",
        help_text="Pages that people often look for.",
    )

    class Meta:
        abstract = True
