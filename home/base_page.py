"""What every page of the site has in common."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.models import Page
from wagtail.search import index

from home.drawings import OPEN_DRAWINGS, Drawing, open_choices
from home.gathering import gather
from home.posters import PAPERS, Poster, poster_for
from home.posters.choosing import LONG_TITLE
from home.sharing.panels import SharePicturePanel
from home.sharing.showing import whole
from home.site_settings import SiteSettings
from home.visibility import restrictions_on

# For forms that are laid out in tabs of their own: when a page begins and ends, and comments, at the side of them.
AT_THE_SIDE = ObjectList(Page.settings_panels, heading="Settings")
LONG_WORD = 18


class BasePage(Page):
    """An abstract page: a title, and how it looks in search results and shared links."""

    # Fields
    share_picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Shown with the link when someone shares this page. Leave empty for the site's own.",
    )

    # Panels
    # The tab with them is named in `wits_site/locale`.
    promote_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "slug",
                    heading="Address",
                    help_text="The last part of this page's address, in small letters, with hyphens between words.",
                ),
                FieldPanel(
                    "seo_title",
                    heading="Title in search results",
                    help_text="Leave empty to use the page's title.",
                ),
                FieldPanel(
                    "search_description",
                    heading="Description in search results",
                    help_text="One or two sentences. Leave empty to use the page's own first words.",
                ),
                FieldPanel(
                    "share_picture",
                    help_text="Goes with the link when someone shares this page. Leave empty and the site draws one.",
                ),
                SharePicturePanel(),
            ],
            "Search and sharing",
        ),
    ]

    # Search
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("seo_title"),
        index.AutocompleteField("seo_title"),
        index.SearchField("search_description"),
    ]

    # What networks that show links take it for.
    kind_for_machines: ClassVar[str] = "website"
    # Whether the site does not work without it.
    has_to_stay: ClassVar[bool] = False
    # Whether it tells of its own day, so that nobody has to look after it once that is over.
    of_its_day: ClassVar[bool] = False
    # Where its pictures stand: the sizes of them that are made follow from that.
    picture_places: ClassVar[dict[str, tuple[str, ...]]] = {"share_picture": ("share",)}

    class Meta:
        abstract = True

    # What else with pictures a view has read to stand on this page: theirs are read together with its own.
    besides: Sequence[models.Model] = ()

    # Methods
    def clean(self) -> None:
        super().clean()
        if self.has_to_stay and self.expire_at:
            raise ValidationError({"expire_at": "The site does not work without this page: it cannot end by itself."})

    def get_admin_display_title(self) -> str:
        """Its headline, with what it is in plain words where the headline does not say so: in the admin one looks for
        Partners, and the page is called They pay for the pizza.
        """
        title = str(super().get_admin_display_title())
        return f"{title} ({self.seo_title})" if self.seo_title else title

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        gather(self, *self.besides)
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context

    @property
    def search_title(self) -> str:
        """What stands in the browser's tab and in search results, without the club's name."""
        return self.seo_title or self.title

    @property
    def shared_title(self) -> str:
        """What stands large on the picture that goes with a shared link."""
        return self.title

    @property
    def has_long_title(self) -> bool:
        """Whether the title needs smaller letters: it is long, or one word of it is."""
        return len(self.title) > LONG_TITLE or any(len(word) > LONG_WORD for word in self.title.split())

    @property
    def summary_text(self) -> str:
        """The description for search results; pages override `own_words` with what they say themselves."""
        return self.search_description or self.own_words

    @property
    def own_words(self) -> str:
        """A sentence or two of the page itself; empty if it has none."""
        return ""

    @property
    def found_as(self) -> str:
        """What tells this page from others of its kind where it is found: its plain name here, or its date."""
        return str(self.seo_title)

    def get_view_restrictions(self) -> Any:
        return restrictions_on(self)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Its addresses in the map of the site."""
        changed = self.last_published_at or self.latest_revision_created_at
        return [{"location": whole(path), "lastmod": changed} for path in (self.url, *self.more_addresses()) if path]

    def told_to_machines(self, site: SiteSettings, picture: str) -> list[dict[str, Any]]:
        """What the page is, as objects of schema.org; `picture` is the whole address of the one that goes with it."""
        return []

    def more_addresses(self) -> list[str]:
        """Paths besides its own at which it answers with something else, for the map of the site."""
        return []


class PosterPage(BasePage):
    """An abstract page that gets a poster, made from its title, where it has neither picture nor drawing."""

    # Fields
    poster_paper = models.CharField(
        "paper",
        max_length=10,
        blank=True,
        choices=[(paper.name, paper.label) for paper in PAPERS.values()],
        help_text="The colour of the poster. Leave empty and the title chooses.",
    )
    poster_seed = models.PositiveSmallIntegerField(
        "shuffle",
        default=0,
        validators=[MaxValueValidator(999)],
        help_text="Another number makes another poster of the same title.",
    )

    # Panels
    promote_panels: ClassVar[list[Any]] = [
        *BasePage.promote_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("poster_paper"), FieldPanel("poster_seed")])],
            "Poster",
            help_text="Where there is no photo, the title makes a poster out of paper shapes.",
        ),
    ]

    # What the poster is of: see `home.posters.choosing.KINDS`.
    poster_kind: ClassVar[str] = "page"

    class Meta:
        abstract = True

    # Methods
    @property
    def poster(self) -> Poster:
        """The poster of this page, on other paper than the band it stands on unless somebody chose so."""
        return poster_for(
            self.title,
            self.poster_kind,
            seed=str(self.poster_seed or ""),
            paper=self.poster_paper,
            avoid=str(getattr(self, "tone", "")),
        )

    @property
    def poster_date(self) -> datetime | None:
        """A date to stand on the poster, in the club's time."""
        return None


class HeroPage(PosterPage):
    """An abstract page whose top has a lede, and a drawing of ours or an uploaded picture beside it."""

    lede = models.TextField(
        "introduction",
        blank=True,
        max_length=300,
        help_text="One or two sentences under the title: what is this page good for?",
    )
    drawing = models.CharField(
        max_length=30,
        blank=True,
        choices=open_choices,
        help_text="One of the site's own drawings. Nothing to upload, and it looks right by day and by night.",
    )
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="A photo instead of the drawing, if you have a good one. It needs a description.",
    )

    picture_places: ClassVar[dict[str, tuple[str, ...]]] = {**BasePage.picture_places, "picture": ("hero",)}

    class Meta:
        abstract = True

    @cached_property
    def hero_drawing(self) -> Drawing | None:
        """The drawing to show: none where a picture was chosen."""
        return None if self.picture_id else OPEN_DRAWINGS.get(self.drawing)

    @property
    def own_words(self) -> str:
        return self.lede
