"""What one can be a member of: price, perks and how long it lasts. All of it is the club's to edit."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="group")
class MembershipSettings(BaseGenericSetting):
    """The academic year and the switch that closes joining."""

    year_end_month = models.PositiveSmallIntegerField(
        "the membership year ends in month",
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text="4 for April. Levels that last for the academic year end then.",
    )
    year_end_day = models.PositiveSmallIntegerField(
        "on day",
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text="30 for 30 April; the last day on which a card is still good.",
    )
    early_days = models.PositiveSmallIntegerField(
        "joining early for next year, in days",
        default=30,
        validators=[MaxValueValidator(180)],
        help_text="Someone who joins this many days or fewer before the year ends is a member until the end of the "
        "next one, so that nobody pays for a week.",
    )
    joining_open = models.BooleanField(
        "joining is open", default=True, help_text="Take the tick away to close the join form at once."
    )

    promotion_codes = models.BooleanField(
        "promotion codes are accepted",
        default=False,
        help_text="Whoever pays can type a code on Stripe's page, for example BOOTH26 for five dollars off. You make "
        "codes in Stripe's dashboard, under Product catalogue, Coupons.",
    )

    class Meta:
        verbose_name = "membership settings"

    def clean(self) -> None:
        super().clean()
        try:
            date(2027, self.year_end_month, self.year_end_day)  # 2027 is no leap year: 29 February is refused
        except ValueError as error:
            raise ValidationError({"year_end_day": "That month has no such day."}) from error

    def year_end_after(self, day: date) -> date:
        """The last day of the membership year that someone who joins on `day` (Toronto) gets."""
        end = date(day.year, self.year_end_month, self.year_end_day)
        while end - day < timedelta(days=self.early_days) or end < day:
            end = date(end.year + 1, self.year_end_month, self.year_end_day)
        return end


class Level(models.Model):
    """A kind of membership. Its slug is part of links, payments and exports: made once, never changed."""

    class Term(models.TextChoices):
        ACADEMIC_YEAR = "academic_year", "Until the membership year ends"
        MONTHS = "months", "A number of months"
        NONE = "none", "No end"

    slug = models.SlugField(
        max_length=40,
        unique=True,
        help_text="Short name in links, for example wits-member. It stays as first made.",
    )
    name = models.CharField(max_length=60, help_text="For example WITS member.")
    summary = models.CharField(
        max_length=160,
        blank=True,
        help_text="One line under the name on the join page, for example: Every perk.",
    )
    eligibility = models.CharField(
        max_length=160, blank=True, help_text="Who can join at this level, for example: Western students."
    )
    price_cents = models.PositiveIntegerField(
        "price in cents",
        default=0,
        validators=[MaxValueValidator(100_000)],
        help_text="1500 is $15.00. 0 is free: nobody is sent to Stripe.",
    )
    currency = models.CharField(max_length=3, default="cad", editable=False)
    is_open = models.BooleanField(
        "open", default=True, help_text="Take the tick away, and nobody can join at this level for now."
    )
    term = models.CharField(max_length=20, choices=Term.choices, default=Term.ACADEMIC_YEAR)
    term_months = models.PositiveSmallIntegerField(
        "months",
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="How many months it lasts. Counts only where the term is a number of months.",
    )
    sort_order = models.PositiveSmallIntegerField(default=10, help_text="Smaller numbers come first.")
    stripe_product_id = models.CharField(max_length=255, blank=True, editable=False)

    class Meta:
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if 0 < self.price_cents < 50:
            raise ValidationError({"price_cents": "Stripe takes no payment under 50 cents. Use 0 for free."})
        if self.pk and type(self).objects.filter(pk=self.pk).exclude(slug=self.slug).exists():
            raise ValidationError({"slug": "The short name cannot be changed: payments and links carry it."})

    @property
    def is_free(self) -> bool:
        return self.price_cents == 0


class Perk(models.Model):
    """Something a level brings. One row of the perks table on the join page."""

    title = models.CharField(max_length=80, help_text="For example: Résumé review.")
    note = models.CharField(
        max_length=120,
        blank=True,
        help_text="Small print under it, for example: By an executive, within a week.",
    )
    group = models.CharField(
        max_length=80,
        blank=True,
        help_text="Perks with the same words here stand together under them, for example: For women and non-binary "
        "students at Western. Leave empty for perks of everyone at the level.",
    )
    levels = models.ManyToManyField(Level, related_name="perks", help_text="Who gets it.")
    sort_order = models.PositiveSmallIntegerField(default=10, help_text="Smaller numbers come first.")

    class Meta:
        ordering = ["sort_order", "title"]

    def __str__(self) -> str:
        return self.title
