"""A tier, a partner in it for the days of an agreement, and somebody who came to speak."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from home import words
from home.days import in_words
from home.guide_panel import GuidePanel
from home.links import leads_to
from home.search.terms import folded


class PartnerTier(models.Model):
    """One kind of partnership. The club names them as it likes."""

    class Size(models.TextChoices):
        LARGE = "large", "Large"
        MEDIUM = "medium", "Medium"
        SMALL = "small", "Small"

    name = models.CharField(max_length=60, unique=True, help_text="For example: Gold. Or: They keep the lights on.")
    words = models.CharField(
        "what they do for us", max_length=160, blank=True, help_text="For example: They pay for the rooms."
    )
    size = models.CharField("logos", max_length=10, choices=Size.choices, default=Size.MEDIUM)
    order = models.PositiveSmallIntegerField(
        default=50, help_text="Small numbers stand first, for example 10 for the highest tier."
    )

    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldPanel("words"),
        FieldRowPanel([FieldPanel("size"), FieldPanel("order")]),
    ]

    class Meta:
        ordering = ["order", "name"]
        verbose_name = "tier"

    def __str__(self) -> str:
        return self.name


class Partner(index.Indexed, models.Model):
    """A company or group that supports the club, from one day to another. After the last one it steps aside."""

    # Fields
    name = models.CharField(max_length=80, help_text="As they write it themselves.")
    tier = models.ForeignKey(PartnerTier, on_delete=models.PROTECT, related_name="partners")
    logo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The version for light paper, cut close: PNG without a background, or WebP. It lies on a light "
        "tile by day and by night. Leave empty to show the name in large letters.",
    )
    link = models.URLField(blank=True, help_text="Their website, with https:// in front.")
    since = models.DateField(
        "first day", default=timezone.localdate, help_text="Of the agreement. Before it, nobody sees them here."
    )
    until = models.DateField(
        "last day",
        null=True,
        blank=True,
        help_text="Of the agreement. After it they leave every list by themselves. Leave empty for no end.",
    )
    order = models.PositiveSmallIntegerField(default=50, help_text="Within the tier; small numbers stand first.")

    # Panels
    panels: ClassVar[list[Any]] = [
        GuidePanel("add-a-partner", "How to add a partner"),
        FieldPanel("name"),
        FieldPanel("logo"),
        FieldPanel("link"),
        FieldRowPanel([FieldPanel("tier"), FieldPanel("order")]),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
    ]

    # Search
    search_fields: ClassVar[list[Any]] = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.AutocompleteField("plain_name"),
    ]

    picture_places: ClassVar[dict[str, tuple[str, ...]]] = {"logo": ("logo",)}

    class Meta:
        ordering = ["tier__order", "tier__name", "order", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def plain_name(self) -> str:
        """The name without accents, as somebody types it who looks for it."""
        return folded(self.name)

    @property
    def url(self) -> str:
        """Where their logo leads, as `components/logos.html` asks for it."""
        return leads_to(self.link)

    @property
    def agreement(self) -> str:
        """The state of the agreement today, in words, for the admin's list."""
        today = timezone.localdate()
        if self.since > today:
            return words.FROM.format(day=in_words(self.since))
        if self.until and self.until < today:
            return words.ENDED.format(day=in_words(self.until))
        return words.UNTIL.format(day=in_words(self.until)) if self.until else words.NO_END

    def clean(self) -> None:
        super().clean()
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": "The last day is not before the first."})


class PastSpeaker(index.Indexed, models.Model):
    """Somebody from a company who spoke at an event."""

    # Fields
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True, help_text="For example: Staff engineer.")
    company = models.CharField(max_length=80, blank=True, help_text="Where they worked then.")
    topic = models.CharField(
        "what they spoke about", max_length=160, blank=True, help_text="For example: Inside a technical interview."
    )
    year = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1990), MaxValueValidator(2100)], help_text="In which they came, such as 2026."
    )
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name="photo",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Only with their consent. Upright, the face in the upper half. Without one, a poster is made from "
        "the name.",
    )

    # Panels
    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("role"), FieldPanel("company")]),
        FieldRowPanel([FieldPanel("topic"), FieldPanel("year")]),
        FieldPanel("picture"),
    ]

    # Search
    search_fields: ClassVar[list[Any]] = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.AutocompleteField("plain_name"),
        index.SearchField("company"),
        index.SearchField("topic"),
    ]

    picture_places: ClassVar[dict[str, tuple[str, ...]]] = {"picture": ("portrait",)}

    class Meta:
        ordering = ["-year", "name", "pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.year}"

    @property
    def plain_name(self) -> str:
        """The name without accents, as somebody types it who looks for it."""
        return folded(self.name)

    @property
    def who(self) -> str:
        """`Staff engineer, Northpine`, or what there is of it."""
        return ", ".join(part for part in (self.role, self.company) if part)
