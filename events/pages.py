"""One event."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from events import when, words
from events.machines import event_thing
from events.queries import EventManager
from events.seats import Seats
from events.tickets import ticket_of
from home.base_page import PosterPage
from home.blocks import PAGE_BODY, headings_of
from home.drawings import OPEN_DRAWINGS, SCENE_DRAWINGS, Drawing, picture_choices
from home.guide_panel import GuidePanel
from home.posters.scissors import chance
from home.registry import EventRow
from home.site_settings import SiteSettings
from home.tones import BRIGHT_TONES

EVENT_DRAWINGS = OPEN_DRAWINGS | SCENE_DRAWINGS


class EventPage(PosterPage):
    """One event."""

    class Audience(models.TextChoices):
        EVERYONE = "everyone", words.EVERYONE
        MEMBERS_FIRST = "members_first", words.MEMBERS_FIRST

    # Fields
    starts_at = models.DateTimeField("starts", help_text="London, Ontario time.")
    ends_at = models.DateTimeField("ends", help_text="When it is over, it moves to the past events by itself.")
    place = models.CharField(max_length=120, help_text="For example: Middlesex College, room 110. Or: Online.")
    place_link = models.URLField(
        "map or meeting link", blank=True, help_text="A map, or where to go for an online event."
    )
    summary = models.CharField(
        max_length=180, help_text="What happens, in a sentence or two. Stands under the title."
    )
    cost = models.CharField(max_length=60, blank=True, help_text="For example: Free, or: $5, free for WITS members.")
    bring = models.CharField(max_length=80, blank=True, help_text="For example: A laptop, any laptop.")
    audience = models.CharField(
        "who it is for",
        max_length=20,
        choices=Audience.choices,
        default=Audience.EVERYONE,
        help_text="Members first: members hear of it and can sign up before others.",
    )
    places = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5000)],
        help_text="How many people fit. Leave empty if it does not matter.",
    )
    places_taken = models.PositiveIntegerField(
        "of these are taken",
        null=True,
        blank=True,
        validators=[MaxValueValidator(5000)],
        help_text="Look it up where people sign up, now and then: seats are drawn from it. Empty if nobody counts.",
    )
    sign_up_link = models.URLField(
        blank=True,
        help_text="Where people sign up; once it is full, the waiting list. Leave empty if one can simply come.",
    )
    drawing = models.CharField(
        max_length=30,
        blank=True,
        choices=picture_choices,
        help_text="One of the site's own drawings. Leave it empty for a poster made from the title, with its date.",
    )
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="A photo instead of the drawing, if you have a good one. It needs a description.",
    )
    body = StreamField(PAGE_BODY, blank=True, help_text="What people will do, who teaches, how to get in.")

    objects = EventManager()

    # Panels
    content_panels: ClassVar[list[Any]] = [
        *PosterPage.content_panels,
        GuidePanel("add-an-event", "How to add an event"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("place"),
                FieldPanel("place_link"),
            ],
            "When and where",
        ),
        MultiFieldPanel(
            [
                FieldPanel("audience"),
                FieldRowPanel([FieldPanel("places"), FieldPanel("places_taken")]),
                FieldRowPanel([FieldPanel("cost"), FieldPanel("bring")]),
                FieldPanel("sign_up_link"),
            ],
            "Coming",
        ),
        MultiFieldPanel([FieldPanel("drawing"), FieldPanel("picture")], "Picture"),
        FieldPanel("body"),
    ]

    # Search
    search_fields: ClassVar[list[Any]] = [
        *PosterPage.search_fields,
        index.SearchField("summary"),
        index.SearchField("place"),
        index.SearchField("body"),
        index.FilterField("starts_at"),
        index.FilterField("ends_at"),
    ]

    poster_kind: ClassVar[str] = "event"
    of_its_day: ClassVar[bool] = True
    picture_places: ClassVar[dict[str, tuple[str, ...]]] = {**PosterPage.picture_places, "picture": ("hero",)}

    # Parents and children
    parent_page_types: ClassVar[list[str]] = ["events.EventsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "One event with its date, place and sign-up."

    class Meta:
        verbose_name = "event"
        indexes = [models.Index(fields=["ends_at", "starts_at"], name="events_by_time")]

    # Methods
    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`index`: the page that lists all events; `ticket`; `more`: the next events besides this."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        headings_of(self.body)  # so that no two have the same anchor
        index = self.get_parent().specific
        ticket = ticket_of(self, index, index.get_url(request) or "/")
        context |= {"index": index, "words": words, "ticket": ticket}
        context["more_heading"] = index.next_heading if self.is_over else index.more_heading
        more = EventPage.objects.defer("body").coming().exclude(pk=self.pk)[:3]
        context["more"] = [event.row(request) for event in more]
        context["more_tone"] = "mint" if self.tone == "yellow" else "yellow"
        context["footer_wave"] = "c" if self.body and context["more"] else "b"
        return context

    def row(self, request: HttpRequest | None) -> EventRow:
        """The event as a row of a list."""
        return EventRow(
            title=self.title,
            url=self.get_url(request) or "",
            starts_at=self.starts_at,
            meta=self.one_line,
            summary=self.summary,
            tag=self.tag,
            tag_colour=self.tag_colour,
            poster_seed=str(self.poster_seed or ""),
            poster_paper=self.poster_paper,
        )

    def told_to_machines(self, site: SiteSettings, picture: str) -> list[dict[str, Any]]:
        return [event_thing(self, site, picture)]

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": "An event ends after it starts."})
        if self.audience == self.Audience.MEMBERS_FIRST and not self.sign_up_link:
            raise ValidationError(
                {"sign_up_link": "Members first needs a sign-up: it is what opens to members first."}
            )
        if self.places_taken is not None and not self.places:
            raise ValidationError(
                {"places": "How many places are there? Without that, nobody can say how many are left."}
            )

    @property
    def own_words(self) -> str:
        return f"{self.when}, {self.place}. {self.summary}"

    @property
    def found_as(self) -> str:
        return when.day(self.starts_at)

    @property
    def when(self) -> str:
        """`Wednesday 7 October, 6:30 to 8:30 pm`."""
        return when.span(self.starts_at, self.ends_at)

    @property
    def one_line(self) -> str:
        """Time, place and summary, as a list shows them."""
        return f"{when.clock(self.starts_at)}, {self.place}. {self.summary}"

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def seats(self) -> Seats | None:
        """How many seats are taken, where somebody counts."""
        return Seats(self.places, self.places_taken) if self.places and self.places_taken is not None else None

    @property
    def is_full(self) -> bool:
        return bool(self.seats and not self.seats.left)

    @property
    def tag(self) -> str:
        """What counts when deciding to come: that it is full, members first, how many places, that it is open."""
        if self.is_full:
            return words.WAITING_LIST if self.sign_up_link else words.FULL
        if self.audience == self.Audience.MEMBERS_FIRST:
            return str(self.Audience.MEMBERS_FIRST.label)
        if self.seats:
            left = self.seats.left
            return words.ONE_PLACE_LEFT if left == 1 else words.PLACES_LEFT.format(left=left)
        if self.places:
            return words.ONE_PLACE if self.places == 1 else words.PLACES.format(places=self.places)
        return str(self.Audience.EVERYONE.label)

    @property
    def tag_colour(self) -> str:
        if self.is_full:
            return ""
        if self.audience == self.Audience.MEMBERS_FIRST:
            return "coral"
        return "yellow" if self.places else "mint"

    @cached_property
    def hero_drawing(self) -> Drawing | None:
        """The drawing to show: none where a picture was chosen."""
        return None if self.picture_id else EVENT_DRAWINGS.get(self.drawing)

    @property
    def tone(self) -> str:
        """The colour of the top band."""
        drawing = self.hero_drawing
        if drawing:
            return drawing.around or drawing.tone
        return "mint" if self.picture_id else str(chance(self.title).choice(BRIGHT_TONES)[0])

    @property
    def poster_date(self) -> datetime:
        return self.starts_at
