"""The page that lists all events: what is coming, and what is over."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from events import words
from events.pages import EventPage
from events.ticket_words import TicketWords
from home.base_page import HeroPage
from home.tones import TONES

PAST_ON_A_PAGE = 12


class EventsIndexPage(TicketWords):
    """All events: what is coming, and what is over."""

    # Fields
    tone = models.CharField("colour", max_length=10, choices=TONES, default="mint", help_text="Of the top band.")
    when_empty = models.TextField(
        max_length=240,
        default="Nothing on the calendar right now. We’re probably planning, or writing exams. Come back soon.",
        help_text="Stands here while no event is coming.",
    )

    # Panels
    content_panels: ClassVar[list[Any]] = [
        *HeroPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("lede"), FieldPanel("tone"), FieldPanel("drawing"), FieldPanel("picture")], "Top of the page"
        ),
        FieldPanel("when_empty"),
        MultiFieldPanel(TicketWords.ticket_panels, "Words on all events", classname="collapsed"),
    ]

    # Search
    search_fields: ClassVar[list[Any]] = [*HeroPage.search_fields, index.SearchField("lede")]

    # Parents and children
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["events.EventPage"]
    page_description = "Lists all events by itself: what is coming, then what is over."
    max_count = 1

    class Meta:
        verbose_name = "events"

    # Methods
    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`coming`: rows of the events ahead; `past`: a page of those that are over."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        events = EventPage.objects.defer("body")
        context["coming"] = [event.row(request) for event in events.coming()]
        context["past"] = Paginator(events.over(), PAST_ON_A_PAGE).get_page(request.GET.get("page"))
        context["page_number"] = context["past"].number
        context["past_rows"] = [event.row(request) for event in context["past"]]
        context["words"] = words
        context["page_of"] = words.PAGE_OF.format(
            number=context["past"].number, count=context["past"].paginator.num_pages
        )
        context["footer_wave"] = "c" if context["past"].object_list else "b"
        return context
