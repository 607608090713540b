"""The partners page: tiers with logos, who came to speak, and how to become one."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks import PAGE_BODY, body_context
from home.links import LinkBlock
from home.partners.lists import tiers_and_years
from home.sums import SumPage, sum_panel
from home.tones import TONES, edges


class PartnersPage(SumPage):
    """Who supports the club today. Partners come and go with the days of their agreement."""

    # Fields
    tone = models.CharField("colour", max_length=10, choices=TONES, default="blush", help_text="Of the top band.")
    when_none = models.TextField(
        max_length=240,
        default="This year’s partners are still reading our email. You could be the first.",
        help_text="Stands here while there is no partner.",
    )
    speakers_heading = models.CharField(
        "heading over past speakers", max_length=80, default="They came, they spoke, they stayed for questions"
    )
    speakers_lede = models.CharField("line under it", max_length=200, blank=True)
    call_heading = models.CharField("heading", max_length=80, default="Become a partner")
    call_text = models.TextField(
        "words", max_length=400, blank=True, help_text="What a company gives, what it gets, and whom it writes to."
    )
    call_link = StreamField(
        [("link", LinkBlock())],
        blank=True,
        max_num=1,
        verbose_name="button",
        help_text="A page of this site, or a mail address: mailto:wits.uwo@gmail.com.",
    )
    body = StreamField(PAGE_BODY, blank=True, help_text="What stands at the end of the page.")

    # Panels
    content_panels: ClassVar[list[Any]] = [
        *SumPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("lede"), FieldPanel("tone"), FieldPanel("drawing"), FieldPanel("picture")], "Top of the page"
        ),
        MultiFieldPanel(
            [FieldPanel("when_none")],
            "Partners",
            help_text="The partners, their logos and their tiers are under Partners in the menu.",
        ),
        MultiFieldPanel(
            [FieldPanel("speakers_heading"), FieldPanel("speakers_lede")],
            "Past speakers",
            help_text="The speakers are under Partners in the menu.",
        ),
        MultiFieldPanel(
            [FieldPanel("call_heading"), FieldPanel("call_text"), FieldPanel("call_link")], "Become a partner"
        ),
        sum_panel(
            "Beside it, a sum", help_text="For example: your company + two hundred of us. Leave all empty for none."
        ),
        FieldPanel("body"),
    ]

    # Search
    search_fields: ClassVar[list[Any]] = [
        *SumPage.search_fields,
        index.SearchField("lede"),
        index.SearchField("call_heading"),
        index.SearchField("call_text"),
        index.SearchField("body"),
    ]

    # Parents and children
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = 1
    page_description = "Today's partners by tier, who came to speak, and how to become a partner."

    class Meta:
        verbose_name = "partners"
        verbose_name_plural = "partners"

    # Methods
    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`waves` are the edges of the page's own bands; those of its body follow."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["tiers"], context["years"] = tiers_and_years()
        own = ["tiers", "speakers", "call"] if context["years"] else ["tiers", "call"]
        waves, footer_wave = edges(len(own))
        context["waves"] = dict(zip(own, waves, strict=True))
        context.update(body_context(self.body, "paper", after=len(own)))
        if not self.body:
            context["footer_wave"] = footer_wave
        return context
