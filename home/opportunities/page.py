"""One opportunity."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from home.base_page import PosterPage
from home.blocks.words import TEXT_FEATURES
from home.days import in_words, short
from home.forms import stamps
from home.guide_panel import GuidePanel
from home.links import ADDRESS, leads_to
from home.opportunities import words
from home.opportunities.machines import job_thing
from home.opportunities.queries import OpportunityManager
from home.partners.records import Partner
from home.site_settings import SiteSettings

MOST_DAYS_FIRST = 30


class OpportunityPage(PosterPage):
    """What somebody offers, until its last day; for members first, where executives say so."""

    class Kind(models.TextChoices):
        JOB = "job", "A job"
        INTERNSHIP = "internship", "An internship"
        SCHOLARSHIP = "scholarship", "A scholarship"

    class Country(models.TextChoices):
        CANADA = "CA", "Canada"
        USA = "US", "United States"
        OTHER = "", "Elsewhere, from home, or it does not matter"

    # Fields
    kind = models.CharField("what it is", max_length=12, choices=Kind.choices, default=Kind.INTERNSHIP)
    partner = models.ForeignKey(
        Partner,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="from a partner",
        help_text="If one of our partners offers it: the page then says that they are one.",
    )
    employer = models.CharField(
        "or from somebody else", max_length=100, blank=True, help_text="As they write it themselves."
    )
    lede = models.TextField(
        "in two sentences",
        max_length=300,
        help_text="What one would do there, and who should try. They stand in the feed and in search results, too.",
    )
    place = models.CharField("where", max_length=100, blank=True, help_text="For example: Toronto, two days a week.")
    country = models.CharField(
        max_length=2,
        blank=True,
        choices=Country.choices,
        default=Country.CANADA,
        help_text="Search engines list a job only where they know its country.",
    )
    pay = models.CharField(max_length=80, blank=True, help_text="For example: $28 an hour. People ask.")
    about = RichTextField("all about it", blank=True, features=TEXT_FEATURES)
    last_day = models.DateField(
        "last day to apply",
        db_index=True,
        help_text="Until midnight. The next morning it is gone from the list by itself; you still find it here.",
    )
    apply_link = models.CharField(
        "where one applies",
        max_length=500,
        validators=[ADDRESS],
        help_text="An address with https://, or mailto:jobs@example.com.",
    )
    apply_words = models.CharField("words on the button", max_length=60, default="Apply")
    apply_note = models.CharField(
        "small words under it", max_length=160, blank=True, help_text="For example: Say that WITS sent you."
    )
    members_days = models.PositiveSmallIntegerField(
        "days for members first",
        default=0,
        validators=[MaxValueValidator(MOST_DAYS_FIRST)],
        help_text="For so many days after it is published, the button stands in a mail that only members can ask "
        "for; everybody reads the rest. 0 for everybody at once.",
    )

    # Panels
    content_panels: ClassVar[list[Any]] = [
        *PosterPage.content_panels,
        GuidePanel("add-an-opportunity", "How to add an opportunity"),
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldRowPanel([FieldPanel("partner"), FieldPanel("employer")]),
                FieldPanel("lede"),
                FieldRowPanel([FieldPanel("place"), FieldPanel("country")]),
                FieldPanel("pay"),
                FieldPanel("about"),
            ],
            "What it is",
        ),
        MultiFieldPanel(
            [
                FieldPanel("last_day"),
                FieldPanel("apply_link"),
                FieldRowPanel([FieldPanel("apply_words"), FieldPanel("apply_note")]),
                FieldPanel("members_days"),
            ],
            "Applying",
        ),
    ]

    # Search
    search_fields: ClassVar[list[Any]] = [
        *PosterPage.search_fields,
        index.SearchField("lede"),
        index.SearchField("about"),
        index.SearchField("employer"),
        index.SearchField("place"),
    ]

    of_its_day: ClassVar[bool] = True

    # Parents and children
    parent_page_types: ClassVar[list[str]] = ["home.OpportunitiesPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "A job, an internship or a scholarship. It goes by itself after its last day."

    objects = OpportunityManager()

    class Meta:
        verbose_name = "opportunity"
        verbose_name_plural = "opportunities"

    # Methods
    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["list"] = self.get_parent().specific
        context["words"] = words
        context["members_text"] = context["list"].members_text.replace("{day}", self.open_to_all_words)
        if self.is_for_members:
            context["stamp"] = stamps.issue(self.pk or 0)
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """While it is the members', the page carries one visitor's stamp: no cache may hand it to another."""
        response: HttpResponse = super().serve(request, *args, **kwargs)
        if self.is_for_members:
            patch_cache_control(response, private=True, no_cache=True)
        return response

    def told_to_machines(self, site: SiteSettings, picture: str) -> list[dict[str, Any]]:
        thing = job_thing(self)
        return [thing] if thing else []

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """None of its own: the map's pages are read without their fields, so the list names those that are open."""
        return []

    def get_admin_display_title(self) -> str:
        """Those that are over say so in the admin's lists."""
        title = str(super().get_admin_display_title())
        return words.OVER.format(title=title) if self.is_over else title

    def clean(self) -> None:
        super().clean()
        if bool(self.partner_id) == bool(self.employer.strip()):
            raise ValidationError({"employer": "Choose a partner or type who offers it: one of the two."})

    @property
    def apply_url(self) -> str:
        """Where the button leads; empty where that is nothing a link may lead to."""
        return leads_to(self.apply_link)

    @property
    def shown_since(self) -> datetime:
        return self.first_published_at or timezone.now()

    @property
    def is_over(self) -> bool:
        """From the midnight after its last day, in Toronto."""
        return self.last_day < timezone.localdate()

    @property
    def open_to_all_on(self) -> date:
        """The first day on which everybody finds the button."""
        return timezone.localdate(self.shown_since) + timedelta(days=self.members_days)

    @property
    def is_for_members(self) -> bool:
        """Whether only members get the button today. Never on the last day: nobody could use it then."""
        today = timezone.localdate()
        return not self.is_over and today < min(self.open_to_all_on, self.last_day)

    @property
    def offered_by(self) -> str:
        return self.partner.name if self.partner else self.employer

    @property
    def own_words(self) -> str:
        return self.lede

    @property
    def kind_words(self) -> str:
        return words.ONE[self.kind]

    @property
    def found_as(self) -> str:
        """What it is, among the results of a search."""
        return words.OVER.format(title=self.kind_words) if self.is_over else self.kind_words

    @property
    def last_day_words(self) -> str:
        return in_words(self.last_day)

    @property
    def open_to_all_words(self) -> str:
        return short(self.open_to_all_on)

    # As a row of a list, with its last day in large figures (`components/date_row.html`).
    @property
    def starts_at(self) -> date:
        return self.last_day

    @property
    def meta(self) -> str:
        return ", ".join(part for part in (self.offered_by, self.place, self.pay) if part)

    @property
    def tag(self) -> str:
        return words.MEMBERS_FIRST if self.is_for_members else self.kind_words

    @property
    def tag_colour(self) -> str:
        return "yellow" if self.is_for_members else "mint"

    @property
    def rows(self) -> list[tuple[str, str]]:
        """What stands beside the text: label and words."""
        who = words.A_PARTNER.format(name=self.partner.name) if self.partner else self.employer
        found = [(words.OFFERED_BY, who), (words.PLACE, self.place), (words.PAY, self.pay)]
        return [(label, text) for label, text in found if text]
