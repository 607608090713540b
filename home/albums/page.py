"""An album, and the page that lists them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, MultipleChooserPanel, PageChooserPanel
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from home.albums import words
from home.albums.records import AlbumPhoto, TakeDown, shown
from home.base_page import HeroPage, PosterPage
from home.days import in_words
from home.guide_panel import GuidePanel
from home.tones import TONES
from home.visibility import visible

MOST_PHOTOS = 120
MOST_SHOWN = 60


class AlbumQuerySet(PageQuerySet):
    """What the list asks for."""

    def listed(self) -> "AlbumQuerySet":
        """For everybody, the newest first, each with its `count` and its `covers`: the first photo that is shown."""
        counted = shown(AlbumPhoto.objects.filter(album=OuterRef("pk"))).order_by().values("album")
        found = visible(self).annotate(count=Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0))
        first = (
            shown(AlbumPhoto.objects.filter(album=OuterRef("album"))).order_by("sort_order", "pk").values("pk")[:1]
        )
        covers = Prefetch("photos", AlbumPhoto.objects.filter(pk=first), to_attr="covers")
        return found.prefetch_related(covers).order_by("-taken_on", "-pk")


class AlbumPage(PosterPage):
    """The photos of one day."""

    # Fields
    taken_on = models.DateField("day", default=timezone.localdate, help_text="On which they were taken.")
    event = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The event, if it has a page here.",
    )
    event_words = models.CharField("words of the link to it", max_length=60, default="What it was about")
    lede = models.TextField(
        "introduction", max_length=300, blank=True, help_text="One or two sentences, if you like."
    )

    # Panels
    content_panels: ClassVar[list[Any]] = [
        *PosterPage.content_panels,
        GuidePanel("make-an-album", "How to make an album"),
        MultiFieldPanel(
            [
                FieldPanel("taken_on"),
                FieldPanel("lede"),
                FieldRowPanel([PageChooserPanel("event", "events.EventPage"), FieldPanel("event_words")]),
            ],
            "Top of the page",
        ),
        MultipleChooserPanel(
            "photos",
            chooser_field_name="picture",
            heading="Photos",
            label="photo",
            max_num=MOST_PHOTOS,
            help_text="Upload them first, all at once: Images in the menu, then Add an image, and drop them there. "
            "Then add them here, as many as you tick. Ask everybody in them first.",
        ),
    ]

    # Search
    search_fields: ClassVar[list[Any]] = [*PosterPage.search_fields, index.SearchField("lede")]

    of_its_day: ClassVar[bool] = True

    # Parents and children
    parent_page_types: ClassVar[list[str]] = ["home.AlbumsPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "The photos of an event. Whoever is in one can take it down."

    objects = PageManager.from_queryset(AlbumQuerySet)()

    class Meta:
        verbose_name = "album"

    # Methods
    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        photos = self.shown_photos()
        self.besides = photos
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["photos"] = [photo for photo in photos if photo.picture]
        context["list"] = self.get_parent().specific
        context["count"] = words.photos(len(photos))
        return context

    def shown_photos(self) -> list[AlbumPhoto]:
        """Those that stand on the page; in a preview, those that are being chosen."""
        hidden = set(TakeDown.objects.filter(is_hidden=True, album_id=self.pk).values_list("picture_id", flat=True))
        return [photo for photo in self.photos.all() if photo.picture_id not in hidden]

    @property
    def own_words(self) -> str:
        return self.lede

    @property
    def day(self) -> str:
        return in_words(self.taken_on)

    @property
    def event_page(self) -> Any:
        """Its event, while that is published."""
        return self.event if self.event and self.event.live else None

    # As a card (`AlbumQuerySet.listed` counts and finds the cover).
    @property
    def cover(self) -> Any:
        return self.covers[0].picture if self.covers else None

    @property
    def count_words(self) -> str:
        return words.photos(self.count)


class AlbumsPage(HeroPage):
    """All albums, the newest first."""

    # Fields
    tone = models.CharField("colour", max_length=10, choices=TONES, default="blush", help_text="Of the top band.")
    when_empty = models.TextField(
        max_length=240,
        default="No photos yet. Everybody forgot to take some, because it was good.",
        help_text="Stands here while there is no album.",
    )
    take_down_link = models.CharField("link under each photo", max_length=60, default="I’m in this: take it down")
    ask_title = models.CharField("where it leads", max_length=80, default="Take this photo down?")
    ask_text = models.TextField(
        max_length=300,
        default="Press the button and it is gone from the site at once. You need not say who you are, nor why.",
    )
    ask_words = models.CharField(
        "question", max_length=120, default="Anything we should know? For example, other photos with you in them."
    )
    ask_button = models.CharField(max_length=60, default="Take it down")
    gone_title = models.CharField("afterwards", max_length=80, default="It’s gone")
    gone_text = models.TextField(
        max_length=300,
        default="Nobody finds it on our pages any more, and the team knows. Thank you for telling us.",
    )
    told_title = models.CharField("where the team decides", max_length=80, default="We look at it")
    told_text = models.TextField(
        max_length=300,
        default="We have your message, and somebody of the team looks at it today or tomorrow.",
        help_text="For a photo that you had decided to show again, and when somebody takes down very many at once.",
    )

    # Panels
    content_panels: ClassVar[list[Any]] = [
        *HeroPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("lede"), FieldPanel("tone"), FieldPanel("drawing"), FieldPanel("picture")], "Top of the page"
        ),
        FieldPanel("when_empty"),
        MultiFieldPanel(
            [
                FieldPanel("take_down_link"),
                FieldPanel("ask_title"),
                FieldPanel("ask_text"),
                FieldPanel("ask_words"),
                FieldPanel("ask_button"),
                FieldRowPanel([FieldPanel("gone_title"), FieldPanel("told_title")]),
                FieldPanel("gone_text"),
                FieldPanel("told_text"),
            ],
            "Taking a photo down",
        ),
    ]

    # Search
    search_fields: ClassVar[list[Any]] = [*HeroPage.search_fields, index.SearchField("lede")]

    # Parents and children
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.AlbumPage"]
    page_description = "Lists all albums by itself, the newest first."
    max_count = 1

    class Meta:
        verbose_name = "albums"

    # Methods
    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        albums = list(AlbumPage.objects.listed()[:MOST_SHOWN])
        self.besides = [photo for album in albums for photo in album.covers]
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["albums"] = albums
        return context
