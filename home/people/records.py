"""A person, a portfolio, and the slot that a person has in a portfolio for one year."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from home.drawings import portrait_choices
from home.guide_panel import GuidePanel
from home.people.years import in_words
from home.search.terms import folded

# Where a link leads, in a word, for the sites that people name most.
HOSTS = {"linkedin.com": "LinkedIn", "github.com": "GitHub", "instagram.com": "Instagram"}


class Person(index.Indexed, models.Model):
    """Somebody who is or was on the team. One entry for all their years and roles."""

    # Fields
    name = models.CharField(max_length=120, help_text="As they want to be called.")
    pronouns = models.CharField(max_length=40, blank=True, help_text="If they want them here, for example: she/they.")
    studies = models.CharField(
        max_length=120, blank=True, help_text="For example: third year, Software Engineering. Or what they do now."
    )
    words = models.TextField(
        "a sentence of theirs", blank=True, max_length=200, help_text="Why they do it, or what to talk to them about."
    )
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name="photo",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Only with their consent. Upright, the face in the upper half.",
    )
    portrait = models.CharField(
        "or a drawn person",
        max_length=30,
        blank=True,
        choices=portrait_choices,
        help_text="With neither, a poster is made from the name.",
    )
    link = models.URLField(blank=True, help_text="Their LinkedIn page or own site, with https:// in front.")

    # Panels
    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("pronouns")]),
        FieldPanel("studies"),
        FieldPanel("words"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("portrait")], "Portrait"),
        FieldPanel("link"),
    ]

    # Search
    search_fields: ClassVar[list[Any]] = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.AutocompleteField("plain_name"),
        index.SearchField("studies"),
    ]

    picture_places: ClassVar[dict[str, tuple[str, ...]]] = {"picture": ("portrait", "author")}

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    @property
    def plain_name(self) -> str:
        """The name without accents, as somebody types it who looks for it."""
        return folded(self.name)

    @property
    def link_words(self) -> str:
        """Where the link leads, in a word."""
        return next((words for host, words in HOSTS.items() if f"{host}/" in self.link), "Their site")


class Portfolio(models.Model):
    """A part of the team, such as Events or Finance."""

    name = models.CharField(max_length=80, unique=True)
    words = models.CharField(
        "what it does", max_length=160, blank=True, help_text="For example: everything with cookies in it."
    )
    order = models.PositiveSmallIntegerField(
        default=50, help_text="Small numbers stand first, for example 10 for the presidents."
    )

    panels: ClassVar[list[Any]] = [FieldPanel("name"), FieldPanel("words"), FieldPanel("order")]

    class Meta:
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A slot on one year's team. Without a person it is still to be filled."""

    # Fields
    year = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1990), MaxValueValidator(2100)],
        help_text="The year in which the team takes over: 2026 for 2026–27.",
    )
    portfolio = models.ForeignKey(Portfolio, on_delete=models.PROTECT, related_name="roles")
    title = models.CharField("role", max_length=80, help_text="For example: Vice-President Events.")
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="roles",
        help_text="Leave empty while nobody has it: the page says that it is free.",
    )
    order = models.PositiveSmallIntegerField(default=50, help_text="Within the portfolio; small numbers stand first.")

    # Panels
    panels: ClassVar[list[Any]] = [
        GuidePanel("new-team", "New year, new team"),
        FieldRowPanel([FieldPanel("year"), FieldPanel("portfolio")]),
        FieldPanel("title"),
        FieldPanel("person"),
        FieldPanel("order"),
    ]

    class Meta:
        ordering = ["-year", "portfolio__order", "portfolio__name", "order", "title", "pk"]

    def __str__(self) -> str:
        return f"{self.title}, {in_words(self.year)}"

    @property
    def who(self) -> str:
        """Who has it, in words."""
        return str(self.person) if self.person else "Still free"

    @property
    def years(self) -> str:
        """The club's year, in words."""
        return in_words(self.year)
