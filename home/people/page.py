"""The team: this year's by portfolio, and an address of its own for each year before."""

from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.search import index

from home.base_page import HeroPage
from home.blocks import PAGE_BODY, body_context
from home.people import years
from home.people.teams import team_of
from home.people.teams import years as years_with_teams
from home.tones import TONES


class TeamPage(RoutablePageMixin, HeroPage):
    """Who runs the club. Last year's team becomes a past team by itself, when the month comes in which it changes."""

    # Fields
    tone = models.CharField("colour", max_length=10, choices=TONES, default="yellow", help_text="Of the top band.")
    new_team_in = models.PositiveSmallIntegerField(
        "a new team takes over in", choices=years.MONTHS, default=5, help_text="From the first of that month."
    )
    when_none = models.TextField(
        max_length=240,
        default="We are just finding each other. Come to an event and ask who runs this.",
        help_text="Stands here while there is no team.",
    )
    empty_words = models.CharField(
        "words on a free slot",
        max_length=60,
        default="This could be you",
        help_text="Where a role has no person yet.",
    )
    empty_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name="where a free slot leads",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="For example to the page that says how to apply. Leave empty for no link.",
    )
    past_heading = models.CharField("heading over past teams", max_length=80, default="Whose shoulders we stand on")
    past_lede = models.CharField(
        "introduction to a past team",
        max_length=200,
        blank=True,
        default="They kept the door open before us. Say hi if you meet one of them.",
    )
    body = StreamField(PAGE_BODY, blank=True, help_text="What stands under the team.")

    # Panels
    content_panels: ClassVar[list[Any]] = [
        *HeroPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("lede"), FieldPanel("tone"), FieldPanel("drawing"), FieldPanel("picture")], "Top of the page"
        ),
        MultiFieldPanel(
            [
                FieldPanel("new_team_in"),
                FieldRowPanel([FieldPanel("empty_words"), PageChooserPanel("empty_page")]),
                FieldPanel("when_none"),
            ],
            "Team",
            help_text="The people and their roles are under Team in the menu.",
        ),
        MultiFieldPanel([FieldPanel("past_heading"), FieldPanel("past_lede")], "Past teams"),
        FieldPanel("body"),
    ]

    # Search
    search_fields: ClassVar[list[Any]] = [
        *HeroPage.search_fields,
        index.SearchField("lede"),
        index.SearchField("body"),
    ]

    # Parents and children
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = 1
    page_description = "The people who run the club, by year. Past teams keep their own address."

    class Meta:
        verbose_name = "team page"

    # Methods
    @property
    def this_year(self) -> int:
        """The club's year today."""
        return years.year_of(timezone.localdate(), self.new_team_in)

    @property
    def empty_url(self) -> str:
        """Where a free slot leads; empty without a published page."""
        return (self.empty_page.url or "") if self.empty_page and self.empty_page.live else ""

    @path("")  # type: ignore[untyped-decorator]
    def now(self, request: HttpRequest) -> HttpResponse:
        """This year's team."""
        known = years_with_teams(self.this_year)
        groups = team_of(known.current, with_empty=True) if known.current is not None else []
        context = {"groups": groups, "past": self.past_links(known.past)}
        return self.render(request, context_overrides=context | body_context(self.body))

    @path("<slug:year>/")  # type: ignore[untyped-decorator]
    def past_team(self, request: HttpRequest, year: str) -> HttpResponse:
        """The team of a year that is over, such as `2024-25`; the present one has its place above."""
        begun = years.from_slug(year)
        known = years_with_teams(self.this_year)
        if begun is None or begun not in known.past:
            raise Http404("There is no past team of that year.")
        context = {
            "groups": team_of(begun, with_empty=False),
            "year_words": years.in_words(begun),
            "canonical": self.url + self.reverse_subpage("past_team", [year]),
            "head_title": f"{self.search_title} {years.in_words(begun)}",
            "past": self.past_links([one for one in known.past if one != begun]),
            "footer_wave": "c",
        }
        return self.render(request, template="home/past_team.html", context_overrides=context)

    def more_addresses(self) -> list[str]:
        return [address for _, address in self.past_links(years_with_teams(self.this_year).past)]

    def past_links(self, past: list[int]) -> list[tuple[str, str]]:
        """The words and the address of each past team."""
        return [
            (years.in_words(year), self.url + self.reverse_subpage("past_team", [years.slug(year)])) for year in past
        ]
