"""A sum on a page: two tiles an executive picks, and a word or two under each: you + someone two years ahead."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from home.base_page import HeroPage
from home.posters.sums import Sum, choices


class SumPage(HeroPage):
    """An abstract page with a sum: all four of its fields, or none of them."""

    sum_left = models.CharField("first picture", max_length=20, blank=True, choices=choices())
    sum_left_words = models.CharField(
        "words under it", max_length=40, blank=True, help_text="For example: you. Or: one weekend."
    )
    sum_right = models.CharField("second picture", max_length=20, blank=True, choices=choices())
    sum_right_words = models.CharField(
        "its words",
        max_length=40,
        blank=True,
        help_text="For example: someone two years ahead. The page sets the plus.",
    )

    class Meta:
        abstract = True

    @cached_property
    def sum(self) -> Sum | None:
        """The two tiles; None where they were not chosen."""
        return Sum.named(f"{self.sum_left}-{self.sum_right}")

    def clean(self) -> None:
        super().clean()
        names = ("sum_left", "sum_left_words", "sum_right", "sum_right_words")
        missing = [name for name in names if not getattr(self, name)]
        if 0 < len(missing) < len(names):
            words = "A sum needs two pictures and words under both. Fill in all four, or none."
            raise ValidationError(dict.fromkeys(missing, words))


def sum_panel(heading: str = "As a sum", **options: Any) -> MultiFieldPanel:
    """Both tiles side by side, each over its words."""
    rows: Mapping[str, str] = {"sum_left": "sum_left_words", "sum_right": "sum_right_words"}
    return MultiFieldPanel(
        [FieldRowPanel([FieldPanel(picture), FieldPanel(words)]) for picture, words in rows.items()],
        heading,
        **options,
    )
