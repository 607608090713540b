"""A page of words: about the club, its terms, anything that needs no page type of its own."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from home.base_page import HeroPage
from home.blocks import PAGE_BODY, body_context
from home.tones import TONES

UNDER_HOME = 3  # how deep the pages lie that stand right under the home page


class StandardPage(HeroPage):
    """A title on a band of colour, then anything: text, pictures, people, questions, on bands of any colour."""

    # Fields
    tone = models.CharField("colour", max_length=10, choices=TONES, default="mint", help_text="Of the top band.")
    body = StreamField(PAGE_BODY, blank=True)

    # Panels
    content_panels: ClassVar[list[Any]] = [
        *HeroPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("lede"), FieldPanel("tone"), FieldPanel("drawing"), FieldPanel("picture")], "Top of the page"
        ),
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
    subpage_types: ClassVar[list[str]] = ["home.StandardPage", "home.TeamPage", "home.FormPage"]
    page_description = "A page for almost anything: words, pictures, people, questions, files, in any order."

    class Meta:
        verbose_name = "page"

    # Methods
    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(body_context(self.body))
        context["above"] = self.page_above
        return context

    @property
    def page_above(self) -> Page | None:
        """The page that this one stands under, if that is published and not the home page."""
        above = self.get_parent() if self.depth > UNDER_HOME else None
        return above if above and above.live else None
