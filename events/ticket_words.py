"""What tickets and lists of events say. Executives edit it on the page that lists all events."""

from typing import Any, ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from home.base_page import HeroPage


class TicketWords(HeroPage):
    """An abstract page's words for every event."""

    # Fields
    coming_heading = models.CharField("heading over what is coming", max_length=60, default="Coming up")
    past_heading = models.CharField("heading over what is over", max_length=60, default="You should have been there")
    more_heading = models.CharField(
        "heading over other events", max_length=60, default="Also coming up", help_text="At the end of each event."
    )
    next_heading = models.CharField("the same, after an event that is over", max_length=60, default="What’s next")
    seat_title = models.CharField("title", max_length=60, default="Take a seat")
    seat_button = models.CharField("button", max_length=40, default="Save my seat")
    seat_note = models.CharField(
        "small words under it", max_length=160, blank=True, default="Sign-up opens on another site."
    )
    come_title = models.CharField("title", max_length=60, default="Just come")
    come_text = models.CharField(
        "text", max_length=240, default="No sign-up, no ticket. Come as you are, alone or with friends."
    )
    full_title = models.CharField("title", max_length=60, default="Every seat is taken")
    waiting_text = models.CharField(
        "text with a waiting list",
        max_length=240,
        default="Plans change. Leave your name, and we write to you as soon as a seat is free.",
        help_text="Where the event still has its sign-up link.",
    )
    waiting_button = models.CharField("button", max_length=40, default="Join the waiting list")
    full_text = models.CharField(
        "text without one",
        max_length=240,
        default="Sorry! There is no waiting list for this one. There is always a next one.",
    )
    over_title = models.CharField("title", max_length=60, default="This one is over")
    over_text = models.CharField(
        "text", max_length=240, default="Thank you to everyone who came. There is always a next one."
    )
    coming_button = models.CharField(
        "button to all events",
        max_length=40,
        default="See what’s coming",
        help_text="Also on the ticket of an event that is full.",
    )
    map_words = models.CharField("link to the map or the meeting", max_length=60, default="How to get there")

    # Panels
    ticket_panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("coming_heading"), FieldPanel("past_heading")]),
        FieldRowPanel([FieldPanel("more_heading"), FieldPanel("next_heading")]),
        MultiFieldPanel(
            [FieldPanel("seat_title"), FieldPanel("seat_button"), FieldPanel("seat_note"), FieldPanel("map_words")],
            "Ticket of an event with a sign-up",
        ),
        MultiFieldPanel([FieldPanel("come_title"), FieldPanel("come_text")], "Ticket of one without"),
        MultiFieldPanel(
            [
                FieldPanel("full_title"),
                FieldPanel("waiting_text"),
                FieldPanel("waiting_button"),
                FieldPanel("full_text"),
            ],
            "Ticket of one that is full",
        ),
        MultiFieldPanel(
            [FieldPanel("over_title"), FieldPanel("over_text"), FieldPanel("coming_button")],
            "Ticket of one that is over",
        ),
    ]

    class Meta:
        abstract = True
