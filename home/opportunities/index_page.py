"""The page that lists opportunities: all of them, or one kind, each at an address of its own."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.search import index

from home import feeds, shelves
from home.base_page import HeroPage
from home.opportunities import words
from home.opportunities.page import OpportunityPage
from home.tones import TONES

IN_THE_FEED = 20
MOST_SHOWN = 60


class OpportunitiesPage(RoutablePageMixin, HeroPage):
    """What can be applied for today, the soonest last day first."""

    # Fields
    tone = models.CharField("colour", max_length=10, choices=TONES, default="yellow", help_text="Of the top band.")
    list_heading = models.CharField("heading over the list", max_length=80, default="Apply before this day")
    when_empty = models.TextField(
        max_length=240,
        default="Nothing is open just now. Most of it comes in September and in January: the newsletter says when.",
        help_text="Stands here while there is nothing to apply for.",
    )
    feed_label = models.CharField(
        "link to the feed", max_length=60, blank=True, default="Follow along in a feed reader"
    )
    until_words = models.CharField("over the last day", max_length=60, default="You can apply until")
    over_title = models.CharField(
        "after the last day",
        max_length=80,
        default="This one is over",
        help_text="For who comes through an old link.",
    )
    over_text = models.CharField(
        "and what now", max_length=160, blank=True, default="The next one is never far: look at what is open."
    )
    members_title = models.CharField(max_length=80, default="For members first")
    members_text = models.TextField(
        max_length=300,
        default="Until {day} the link to apply goes to members only. Type the address you joined with, and it is in "
        "your mailbox in a minute.",
        help_text="{day} is the first day on which everybody finds the button.",
    )
    members_button = models.CharField(max_length=60, default="Send me the link")
    sent_title = models.CharField(
        "after somebody asked for the link", max_length=80, default="Look into your mailbox"
    )
    sent_text = models.TextField(
        max_length=300,
        default="If that address is a member’s, the link is on its way. If nothing comes, it may not be the one you "
        "joined with, or we sent it there within the last hour.",
        help_text="The same for everybody: nobody learns from it who is a member.",
    )

    # Panels
    content_panels: ClassVar[list[Any]] = [
        *HeroPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("lede"), FieldPanel("tone"), FieldPanel("drawing"), FieldPanel("picture")], "Top of the page"
        ),
        MultiFieldPanel([FieldPanel("list_heading"), FieldPanel("when_empty"), FieldPanel("feed_label")], "List"),
        MultiFieldPanel(
            [FieldPanel("until_words"), FieldRowPanel([FieldPanel("over_title"), FieldPanel("over_text")])],
            "On each opportunity",
        ),
        MultiFieldPanel(
            [
                FieldPanel("members_title"),
                FieldPanel("members_text"),
                FieldPanel("members_button"),
                FieldPanel("sent_title"),
                FieldPanel("sent_text"),
            ],
            "While it is for members first",
        ),
    ]

    # Search
    search_fields: ClassVar[list[Any]] = [*HeroPage.search_fields, index.SearchField("lede")]

    # Parents and children
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.OpportunityPage"]
    page_description = "Lists jobs, internships and scholarships by itself, until their last day."
    max_count = 1

    class Meta:
        verbose_name = "opportunities"

    # Methods
    @path("", name="everything")  # type: ignore[untyped-decorator]
    def everything(self, request: HttpRequest) -> HttpResponse:
        """All of them: `/opportunities/`."""
        return self.shelf(request, "")

    @re_path(r"^(?P<kind>job|internship|scholarship)/$", name="kind")  # type: ignore[untyped-decorator]
    def of_kind(self, request: HttpRequest, kind: str) -> HttpResponse:
        """One kind: `/opportunities/internship/`."""
        return self.shelf(request, kind)

    @path("feed/", name="feed")  # type: ignore[untyped-decorator]
    def feed(self, request: HttpRequest) -> HttpResponse:
        """The newest, for feed readers."""
        return _atom(request, self)

    def shelf(self, request: HttpRequest, kind: str) -> HttpResponse:
        """All of them, or one kind."""
        found = OpportunityPage.objects.open()
        counts = found.by_kind()
        chosen = found.filter(kind=kind) if kind else found
        base = self.get_url(request) or ""
        heading = words.SHELVES.get(kind, "")
        context = {
            "words": words,
            "opportunities": chosen.select_related("partner").defer("about")[:MOST_SHOWN],
            "heading": heading,
            "filters": shelves.filters(base, counts, kind, words.SHELVES, words.EVERYTHING),
            "feed_url": feeds.absolute(f"{base}feed/"),
            "canonical": shelves.of_kind(base, kind),
            "head_title": ", ".join(part for part in (heading, self.search_title) if part),
        }
        return self.render(request, context_overrides=context)

    def more_addresses(self) -> list[str]:
        """One list for each kind that there is, and every opportunity that is open."""
        base, found = self.get_url() or "", OpportunityPage.objects.open().only("kind", "url_path", "slug")
        kinds = dict.fromkeys(page.kind for page in found)
        return [*(shelves.of_kind(base, kind) for kind in kinds), *(page.url for page in found)]


@conditional_page
def _atom(request: HttpRequest, index_page: OpportunitiesPage) -> HttpResponse:
    found = OpportunityPage.objects.open().latest().select_related("partner").defer("about")
    entries = [
        feeds.Entry(
            page=page,
            summary=f"{page.lede} ({page.meta})",
            published_at=page.shown_since,
            categories=[page.kind_words],
        )
        for page in found[:IN_THE_FEED]
    ]
    return feeds.atom(request, index_page, entries)
