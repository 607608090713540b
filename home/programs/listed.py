"""What every program has in the list of programs, whether its page is here or elsewhere."""

from typing import Any, ClassVar

from django.db import models
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from home.drawings import OPEN_DRAWINGS, SCENE_DRAWINGS, Drawing, picture_choices
from home.programs.applying import Applying
from home.sums import SumPage, sum_panel


class ListedProgram(SumPage):
    """An abstract page: a title, a sentence or two, and a sum of two tiles, a picture or a drawing beside them."""

    # Fields
    drawing = models.CharField(
        max_length=30,
        blank=True,
        choices=picture_choices,
        help_text="One of the site's own drawings. Without one, the top of the page shows the sum.",
    )
    more_words = models.CharField(
        "words of the link",
        max_length=40,
        default="How it works",
        help_text="In the list of programs, under the introduction.",
    )

    # Panels
    content_panels: ClassVar[list[Any]] = [
        *SumPage.content_panels,
        FieldPanel("lede"),
        sum_panel(
            help_text="For example: you + someone two years ahead. The list of programs shows it; without one it "
            "shows the picture below, or a poster made from the title.",
        ),
        MultiFieldPanel([FieldPanel("drawing"), FieldPanel("picture")], "Picture"),
        FieldPanel("more_words"),
    ]

    # Search
    search_fields: ClassVar[list[Any]] = [*SumPage.search_fields, index.SearchField("lede")]

    poster_kind: ClassVar[str] = "program"
    picture_places: ClassVar[dict[str, tuple[str, ...]]] = {**SumPage.picture_places, "picture": ("hero", "scene")}

    class Meta:
        abstract = True

    # Methods
    @cached_property
    def hero_drawing(self) -> Drawing | None:
        """The drawing to show: none where a picture was chosen."""
        return None if self.picture_id else (OPEN_DRAWINGS | SCENE_DRAWINGS).get(self.drawing)

    @property
    def destination(self) -> str:
        """Where its link in the list leads."""
        return self.url or ""

    @property
    def applying(self) -> Applying | None:
        """What one reads about applying today; None where there is nothing to say."""
        return None
