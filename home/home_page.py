"""The first page."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.base_page import HeroPage
from home.blocks import HOME_BANDS
from home.guide_panel import GuidePanel
from home.links import LinkBlock
from home.machines.structured import club, website
from home.site_settings import SiteSettings
from home.tones import edges


class HomePage(HeroPage):
    """A statement with a picture, then bands."""

    # Fields
    hero_title = models.CharField(
        "large title",
        max_length=60,
        default="Tech is better with *you* in it.",
        help_text="The first words a visitor reads. One word between asterisks, *like this*, gets a wave under it.",
    )
    buttons = StreamField(
        [("link", LinkBlock())],
        blank=True,
        max_num=2,
        help_text="The first is a button, the second a link beside it.",
    )
    note = models.CharField(max_length=120, blank=True, help_text="Small words under the button.")
    bands = StreamField(HOME_BANDS, blank=True, help_text="What follows, band after band, in this order.")

    # Panels
    content_panels: ClassVar[list[Any]] = [
        TitleFieldPanel(
            "title", help_text="In the browser's tab and in search results. The large words on the page are below."
        ),
        GuidePanel("change-words", "How to change words on a page"),
        MultiFieldPanel(
            [
                FieldPanel("hero_title"),
                FieldPanel("lede"),
                FieldPanel("buttons"),
                FieldPanel("note"),
                FieldPanel("drawing"),
                FieldPanel("picture"),
            ],
            "Top of the page",
        ),
        FieldPanel("bands"),
    ]

    # Search
    search_fields: ClassVar[list[Any]] = [
        *HeroPage.search_fields,
        index.SearchField("lede"),
        index.SearchField("bands"),
    ]

    # Parents and children
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    page_description = "The first page of the site. There is one."
    max_count = 1
    has_to_stay = True

    class Meta:
        verbose_name = "home page"

    # Methods
    @property
    def shared_title(self) -> str:
        return self.hero_title.replace("*", "")

    def told_to_machines(self, site: SiteSettings, picture: str) -> list[dict[str, Any]]:
        return [club(site), website(site)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        waves, context["footer_wave"] = edges(len(self.bands))
        context["bands"] = [
            {"block": block, "wave": wave, "tone": block.value.get("tone") or block.block.meta.tone}
            for block, wave in zip(self.bands, waves, strict=True)
        ]
        return context
