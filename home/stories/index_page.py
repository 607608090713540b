"""The page that lists stories: all of them, one kind, or one tag, each with addresses of its own."""

from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.search import index

from home import shelves
from home.base_page import HeroPage
from home.feeds import absolute
from home.stories import listing, words
from home.stories.feed import atom
from home.stories.page import StoryPage
from home.stories.queries import people_of
from home.stories.tags import StoryTag
from home.tones import TONES

TAGS_SHOWN = 24
PAGE = r"(?:page/(?P<number>[0-9]{1,4})/)?$"


class StoriesIndexPage(RoutablePageMixin, HeroPage):
    """All stories, the newest first."""

    # Fields
    tone = models.CharField("colour", max_length=10, choices=TONES, default="yellow", help_text="Of the top band.")
    lead_story = models.ForeignKey(
        "home.StoryPage",
        verbose_name="large story",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Shown large at the top. Leave empty for the newest.",
    )
    when_empty = models.TextField(
        max_length=240,
        default="The first story is still being told. Yours, maybe? Write to us.",
        help_text="Stands here while there is no story at all.",
    )
    article_lede = models.CharField(
        "introduction to articles",
        max_length=200,
        blank=True,
        default="Written by members, read over by a friend, and kept here.",
    )
    podcast_lede = models.CharField(
        "introduction to the podcast",
        max_length=200,
        blank=True,
        default="Members ask, people answer, and nobody cuts out the laughing. Each leads to where you can hear it.",
    )
    elsewhere_lede = models.CharField(
        "introduction to stories elsewhere",
        max_length=200,
        blank=True,
        default="What members wrote on other sites. Each leads there.",
    )
    when_none = models.TextField(
        "words where nothing is",
        max_length=240,
        default="Nothing of this kind yet. There are others, though.",
        help_text="Stands in place of the podcast, of articles or of stories elsewhere while there are none.",
    )
    tags_heading = models.CharField("heading over the tags", max_length=80, default="What they are about")
    feed_label = models.CharField(
        "link to the feed", max_length=60, blank=True, default="Follow along in a feed reader"
    )
    authors_heading = models.CharField("heading over who tells it", max_length=80, default="Who tells it")
    more_heading = models.CharField("heading over other stories", max_length=80, default="Another one?")
    leave_words = models.CharField(
        "words under a link elsewhere",
        max_length=160,
        blank=True,
        default="It opens on another site. Nothing of it is loaded before you go there.",
    )

    # Panels
    content_panels: ClassVar[list[Any]] = [
        *HeroPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("lede"), FieldPanel("tone"), FieldPanel("drawing"), FieldPanel("picture")], "Top of the page"
        ),
        MultiFieldPanel(
            [
                PageChooserPanel("lead_story", "home.StoryPage"),
                FieldPanel("when_empty"),
                FieldPanel("tags_heading"),
                FieldPanel("feed_label"),
            ],
            "List",
        ),
        MultiFieldPanel(
            [
                FieldPanel("article_lede"),
                FieldPanel("podcast_lede"),
                FieldPanel("elsewhere_lede"),
                FieldPanel("when_none"),
            ],
            "One kind of story",
        ),
        MultiFieldPanel(
            [FieldPanel("leave_words"), FieldPanel("authors_heading"), FieldPanel("more_heading")], "On each story"
        ),
    ]

    # Search
    search_fields: ClassVar[list[Any]] = [*HeroPage.search_fields, index.SearchField("lede")]

    # Parents and children
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.StoryPage"]
    page_description = "Lists all stories by itself: articles, podcast episodes and what stands elsewhere."
    max_count = 1

    class Meta:
        verbose_name = "stories"

    # Methods
    @re_path(rf"^{PAGE}", name="everything")  # type: ignore[untyped-decorator]
    def everything(self, request: HttpRequest, number: str | None = None) -> HttpResponse:
        """All stories: `/stories/`, `/stories/page/2/`."""
        return self.shelf(request, number=number)

    @re_path(rf"^(?P<kind>article|podcast|elsewhere)/{PAGE}", name="kind")  # type: ignore[untyped-decorator]
    def of_kind(self, request: HttpRequest, kind: str, number: str | None = None) -> HttpResponse:
        """One kind: `/stories/podcast/`, `/stories/podcast/page/2/`."""
        return self.shelf(request, kind=kind, number=number)

    @re_path(rf"^tag/(?P<slug>[^/]+)/{PAGE}", name="tag")  # type: ignore[untyped-decorator]
    def of_tag(self, request: HttpRequest, slug: str, number: str | None = None) -> HttpResponse:
        """One tag: `/stories/tag/first-job/`."""
        return self.shelf(request, tag_slug=slug, number=number)

    @path("feed/", name="feed")  # type: ignore[untyped-decorator]
    def feed(self, request: HttpRequest) -> HttpResponse:
        """The newest stories, for feed readers."""
        return atom(request, self, StoryPage.objects.visible().latest())

    def shelf(
        self, request: HttpRequest, *, kind: str = "", tag_slug: str = "", number: str | None = None
    ) -> HttpResponse:
        """A page of all stories, of one kind or of one tag; a tag without a story that may be seen is not there."""
        visible = StoryPage.objects.visible()
        counts, tags = visible.by_kind(), visible.tags()
        tag = next((one for one in tags if one.slug == tag_slug), None)
        if tag_slug and tag is None:
            raise Http404("No story has this tag.")
        base = self.get_url(request) or ""
        if tag:
            chosen, count, begins = (
                visible.filter(tagged_items__tag=tag).latest(),
                tag.count,
                listing.of_tag(base, tag),
            )
        elif kind:
            chosen, count, begins = (
                visible.filter(kind=kind).latest(),
                counts.get(kind, 0),
                shelves.of_kind(base, kind),
            )
        else:
            chosen, count, begins = visible.led_by(self.lead_story_id), sum(counts.values()), base
        if number and int(number) == 1:
            return HttpResponsePermanentRedirect(begins)
        found = listing.turn(chosen, count, int(number or 1), begins)
        if found is None:
            raise Http404("The list of stories is not that long.")
        stories = [*([found.lead] if found.lead else []), *found.cards]
        people_of(stories)
        self.besides = stories
        heading = tag.name if tag else words.SHELVES.get(kind, "")
        lede = getattr(self, f"{kind}_lede") if kind else ""
        context = {
            "words": words,
            "list": found,
            "heading": heading,
            "when_empty": self.when_none if kind else self.when_empty,
            "lede": lede,
            "filters": shelves.filters(base, counts, None if tag else kind, words.SHELVES, words.EVERYTHING),
            "all_tags": [(one, listing.of_tag(base, one)) for one in tags[:TAGS_SHOWN]],
            "feed_url": self.feed_url(request),
            "canonical": found.url,
            "head_title": ", ".join(part for part in (heading, self.search_title, found.place) if part),
            "head_description": lede,
            "footer_wave": "b" if not tags else "c",
        }
        return self.render(request, context_overrides=context)

    def more_addresses(self) -> list[str]:
        """One list for each kind and each tag that has stories."""
        visible, base = StoryPage.objects.visible(), self.get_url() or ""
        kinds = [shelves.of_kind(base, kind) for kind in visible.by_kind()]
        return [*kinds, *(listing.of_tag(base, tag) for tag in visible.tags())]

    def feed_url(self, request: HttpRequest) -> str:
        """The whole address of the feed."""
        return absolute((self.get_url(request) or "") + self.reverse_subpage("feed"))

    def tag_url(self, request: HttpRequest, tag: StoryTag) -> str:
        """Where the list of one tag is."""
        return listing.of_tag(self.get_url(request) or "", tag)
