"""A program with a site of its own, such as a hackathon: a card that leads out."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from wagtail.admin.panels import FieldPanel

from home.programs.listed import ListedProgram


class OutsideProgramPage(ListedProgram):
    """Stands in the list of programs between the others; its own address leads on to the other site."""

    # Fields
    elsewhere = models.URLField("its address", help_text="With https:// in front, for example https://shehacks.ca.")

    # Panels
    content_panels: ClassVar[list[Any]] = [
        *ListedProgram.content_panels[:1],
        FieldPanel("elsewhere"),
        *ListedProgram.content_panels[1:],
    ]

    # Parents and children
    parent_page_types: ClassVar[list[str]] = ["home.InitiativesPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "A program that has a site of its own. The list of programs leads there."
    template = "home/outside_program_page.html"

    class Meta:
        verbose_name = "program elsewhere"
        verbose_name_plural = "programs elsewhere"

    # Methods
    @property
    def destination(self) -> str:
        return self.elsewhere

    @property
    def host(self) -> str:
        """The other site's name, as people say it."""
        return (urlsplit(self.elsewhere).hostname or "").removeprefix("www.")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Visitors go on to the other site."""
        return HttpResponseRedirect(self.elsewhere)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Who writes it sees the card, as the list of programs shows it."""
        response: HttpResponse = super().serve(request)
        return response

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return []
