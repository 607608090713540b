"""The page that lists all programs."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.base_page import HeroPage
from home.blocks import PAGE_BODY, body_context
from home.pictures.records import Picture
from home.programs.listed import ListedProgram
from home.programs.program_page import ProgramPage
from home.tones import TONES
from home.visibility import visible


class InitiativesPage(HeroPage):
    """The pages under it, each as one large row: a sum or a picture, a name, a sentence, a link."""

    # Fields
    tone = models.CharField("colour", max_length=10, choices=TONES, default="yellow", help_text="Of the top band.")
    programs_heading = models.CharField(
        "heading over the programs",
        max_length=80,
        default="What we run",
        help_text="Read aloud by screen readers, not shown.",
    )
    when_none = models.TextField(
        max_length=240,
        default="Nothing is running just now. New programs begin every September; come to an event and tell us what "
        "you’d want.",
        help_text="Stands here while there is no program.",
    )
    body = StreamField(PAGE_BODY, blank=True, help_text="What stands under the programs.")

    # Panels
    content_panels: ClassVar[list[Any]] = [
        *HeroPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("lede"), FieldPanel("tone"), FieldPanel("drawing"), FieldPanel("picture")], "Top of the page"
        ),
        MultiFieldPanel(
            [FieldPanel("programs_heading"), FieldPanel("when_none")],
            "Programs",
            help_text="The programs are the pages under this one, in the order they have there. To change it, look "
            "at the pages under this one and choose Sort menu order.",
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
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.ProgramPage", "home.OutsideProgramPage"]
    max_count = 1
    page_description = "Lists the programs that run all year: the pages under it, and those that live elsewhere."

    class Meta:
        verbose_name = "initiatives"
        verbose_name_plural = "initiatives"

    # Methods
    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(body_context(self.body, after=1))
        context["programs"] = self.programs()
        if not self.body:
            context["footer_wave"] = "b"
        return context

    def programs(self) -> list[ListedProgram]:
        """The published programs that everybody may see, in the order of their pages."""
        children = visible(self.get_children()).specific()
        programs: list[ListedProgram] = [page for page in children if isinstance(page, ListedProgram)]
        prefetch_related_objects([page for page in programs if isinstance(page, ProgramPage)], "apply_page")
        pictures = Picture.objects.prefetch_related("renditions").in_bulk({page.picture_id for page in programs})
        for page in programs:
            page.picture = pictures.get(page.picture_id)
        return programs
