"""One story."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.base_page import HeroPage
from home.blocks import PAGE_BODY, body_context
from home.drawings import OPEN_DRAWINGS, SCENE_DRAWINGS, Drawing, picture_choices
from home.guide_panel import GuidePanel
from home.posters import Poster, poster_for
from home.site_settings import SiteSettings
from home.stories import words
from home.stories.forms import StoryForm
from home.stories.machines import story_thing
from home.stories.queries import StoryManager, people_of
from home.stories.reading import minutes_to_read
from home.stories.tags import TAGS_ON_A_STORY, TaggedStory

DRAWINGS = OPEN_DRAWINGS | SCENE_DRAWINGS
MORE_STORIES = 3

# What the list of stories answers under these addresses, no story may take.
TAKEN = {"article", "podcast", "elsewhere", "feed", "page", "tag"}

# The paper of a poster, and the band that suits it at the top. Papers go round, so that neighbours in a list differ;
# neither cream nor blush is among them, the bands on which cards lie, and no picture ends in their colours.
PAPERS = {"coral": "mint", "mint": "yellow", "navy": "salmon", "yellow": "mint"}
OTHER_TONE = "yellow"
LISTS = "cream blush"


class StoryPage(HeroPage):
    """A story: told here, or a card that leads to where it is told."""

    class Kind(models.TextChoices):
        ARTICLE = "article", "An article, to read here"
        PODCAST = "podcast", "A podcast episode"
        ELSEWHERE = "elsewhere", "An article that stands elsewhere"

    # Fields
    kind = models.CharField("what it is", max_length=10, choices=Kind.choices, default=Kind.ARTICLE)
    address = models.URLField(
        "address elsewhere",
        max_length=500,
        blank=True,
        help_text="Where the episode or article is, for example https://open.spotify.com/episode/… "
        "Leave empty for an article to read here.",
    )
    place = models.CharField(
        "name of that place",
        max_length=40,
        blank=True,
        help_text="Leave empty for Spotify, Medium and others whose address says it.",
    )
    lede = models.TextField(
        "introduction",
        max_length=300,
        help_text="One to three sentences that make one want to know. They stand under the title, on its card, in "
        "the feed and in search results.",
    )
    drawing = models.CharField(
        max_length=30,
        blank=True,
        choices=picture_choices,
        help_text="One of the site's own drawings. Leave it empty for a poster made from the title.",
    )
    published_at = models.DateTimeField(
        "day of the story",
        null=True,
        blank=True,
        db_index=True,
        help_text="Leave empty: it is the day on which it is first published here. An older story keeps its own day.",
    )
    minutes = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(999)],
        help_text="How long an episode or an article elsewhere takes. One to read here is counted by itself.",
    )
    body = StreamField(
        PAGE_BODY,
        blank=True,
        help_text="The story. For an episode: what is said in it, for people who do not hear it, or notes and links.",
    )
    tags = ClusterTaggableManager(
        through=TaggedStory,
        blank=True,
        help_text=f"At most {TAGS_ON_A_STORY} words for what it is about, each followed by a comma. Those used "
        "before are offered as you type.",
    )

    objects = StoryManager()
    base_form_class = StoryForm

    # Panels
    content_panels: ClassVar[list[Any]] = [
        *HeroPage.content_panels,
        GuidePanel("tell-a-story", "How to tell a story"),
        MultiFieldPanel(
            [FieldPanel("kind", heading="Kind"), FieldRowPanel([FieldPanel("address"), FieldPanel("place")])],
            "What it is",
        ),
        FieldPanel("lede"),
        MultiFieldPanel([FieldPanel("drawing"), FieldPanel("picture")], "Picture"),
        FieldRowPanel([FieldPanel("published_at"), FieldPanel("minutes")]),
        InlinePanel("authors", label="Author", heading="Who tells it", max_num=6),
        FieldPanel("body"),
        FieldPanel("tags"),
    ]

    # Search
    search_fields: ClassVar[list[Any]] = [
        *HeroPage.search_fields,
        index.SearchField("lede"),
        index.SearchField("body"),
        index.RelatedFields(
            "authors", [index.SearchField("name"), index.RelatedFields("person", [index.SearchField("name")])]
        ),
        index.RelatedFields("tagged_items", [index.RelatedFields("tag", [index.SearchField("name")])]),
        index.FilterField("kind"),
        index.FilterField("published_at"),
    ]

    kind_for_machines: ClassVar[str] = "article"
    of_its_day: ClassVar[bool] = True
    picture_places: ClassVar[dict[str, tuple[str, ...]]] = {
        **HeroPage.picture_places,
        "picture": ("hero", "scene", "card"),
    }

    # Parents and children
    parent_page_types: ClassVar[list[str]] = ["home.StoriesIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "An article of your own, a podcast episode, or a card that leads to an article elsewhere."

    class Meta:
        verbose_name = "story"
        verbose_name_plural = "stories"

    # Methods
    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`index`: the page that lists stories; `tags`: what it is about, with addresses; `more`: other stories."""
        index = self.get_parent().specific
        tags = list(self.tags.all())
        others = StoryPage.objects.visible().exclude(pk=self.pk).near(tags)
        more = list(others.as_cards()[:MORE_STORIES])
        self.besides = [*more, *people_of([self, *more] if self.pk else more)]
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        body = body_context(self.body)
        context |= {
            **body,
            "words": words,
            "index": index,
            "feed_url": index.feed_url(request),
            "tags": [(tag, index.tag_url(request, tag)) for tag in tags],
            "more": more,
            "more_wave": body["footer_wave"],
        }
        if more:
            context["footer_wave"] = "b"
        return context

    def told_to_machines(self, site: SiteSettings, picture: str) -> list[dict[str, Any]]:
        thing = story_thing(self, site, picture)
        return [thing] if thing else []

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        self.count_minutes()
        return super().serve_preview(request, mode_name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Count the minutes; the first time it is live is the day of the story, unless somebody chose one.

        Who tells it and its tags are stored after the page itself, so that it has to be read for the search again.
        """
        self.count_minutes()
        if self.live and self.published_at is None:
            self.published_at = (self.first_published_at or timezone.now()).replace(second=0, microsecond=0)
        super().save(*args, **kwargs)
        index.insert_or_update_object(self)

    def clean(self) -> None:
        super().clean()
        if self.slug in TAKEN:
            raise ValidationError({"slug": "The list of stories answers there. Add a word, for example the year."})
        if self.is_elsewhere and not self.address:
            raise ValidationError({"address": "Where is it? This kind of story leads to an address."})
        if not self.is_elsewhere and self.address:
            raise ValidationError({"address": "An article to read here has none. Choose another kind above."})

    def count_minutes(self) -> None:
        """An article of ours takes as long as its words do."""
        if not self.is_elsewhere:
            self.minutes = minutes_to_read(self.lede, self.body)

    @property
    def is_elsewhere(self) -> bool:
        """Whether the page only leads to the story."""
        return self.kind != self.Kind.ARTICLE

    @property
    def names(self) -> str:
        """Who tells it: `Ada Ray and Bea Lind`."""
        return words.listed([str(author) for author in self.authors.all()])

    @property
    def day(self) -> str:
        """Its day in Toronto, in words; today's while it has none."""
        return words.day(self.published_at or timezone.now())

    @property
    def length(self) -> str:
        """How long it takes, in words."""
        return words.length(self.kind, self.minutes)

    @property
    def place_name(self) -> str:
        """Where it is told, in a word."""
        return self.place or words.place_of(self.address)

    @property
    def lead_words(self) -> str:
        """The words of the link that leads to it."""
        return words.lead_to(self.kind, self.place_name)

    @property
    def kind_words(self) -> str:
        """Over a card’s title: `6 minutes to read`, `Podcast, 34 minutes`, or `On Medium, 8 minutes to read`."""
        first: dict[str, str] = {
            self.Kind.PODCAST: words.SHELVES["podcast"],
            self.Kind.ELSEWHERE: words.TOLD_ON.format(place=self.place_name),
        }
        return ", ".join(part for part in (first.get(self.kind, ""), self.length) if part)

    @property
    def found_as(self) -> str:
        """What it is, among the results of a search."""
        return self.kind_words

    @cached_property
    def hero_drawing(self) -> Drawing | None:
        """The drawing to show: none where a picture was chosen."""
        return None if self.picture_id else DRAWINGS.get(self.drawing)

    @property
    def paper(self) -> str:
        """The paper of its poster: chosen, or the next one in turn."""
        return self.poster_paper or list(PAPERS)[(self.pk or 0) % len(PAPERS)]

    @property
    def poster(self) -> Poster:
        """The poster made from its title."""
        kind = "podcast" if self.kind == self.Kind.PODCAST else "story"
        return poster_for(self.title, kind, seed=str(self.poster_seed or ""), paper=self.paper, avoid=LISTS)

    @property
    def tone(self) -> str:
        """The colour of the top band."""
        drawing = self.hero_drawing
        return drawing.around or drawing.tone if drawing else PAPERS.get(self.paper, OTHER_TONE)
