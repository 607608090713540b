"""A program: how it works, its dates, who it is for, and a way in while it is open."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from home.blocks import PAGE_BODY, body_context
from home.blocks.words import TEXT_FEATURES, QuestionBlock, StepBlock
from home.links import ADDRESS, leads_to
from home.programs.applying import Applying, Link, State, day_of, state_on, tag_of
from home.programs.blocks import ProgramDateBlock, ProjectBlock
from home.programs.listed import ListedProgram
from home.tones import TONES, edges


class ProgramPage(ListedProgram):
    """One program, from what it is to what came of it."""

    # Fields
    tone = models.CharField("colour", max_length=10, choices=TONES, default="mint", help_text="Of the top band.")

    apply_words = models.CharField(
        "words on the button", max_length=60, blank=True, help_text="For example: Apply for Ada."
    )
    apply_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name="where it leads",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="A page of this site. It stays right when you move it.",
    )
    apply_address = models.CharField(
        "or an address elsewhere",
        max_length=300,
        blank=True,
        validators=[ADDRESS],
        help_text="For example the form itself: https://forms.office.com/…",
    )
    opens_on = models.DateField(
        "first day to apply", null=True, blank=True, help_text="Leave empty if one always can."
    )
    closes_on = models.DateField(
        "last day to apply",
        null=True,
        blank=True,
        help_text="Until midnight, London, Ontario time. Leave empty if it never closes.",
    )
    before_words = models.CharField(
        "before the first day",
        max_length=80,
        default="Applications open on",
        help_text="The page sets the first day after these words.",
    )
    open_words = models.CharField("while it is open", max_length=80, default="Applications are open")
    apply_note = models.CharField(
        "what applying takes",
        max_length=200,
        blank=True,
        help_text="For example: Ten questions, no cover letter, no marks.",
    )
    closed_words = models.CharField("after the last day", max_length=80, default="Applications are closed")
    next_words = models.CharField(
        "and what comes next",
        max_length=200,
        blank=True,
        default="The next round opens in September. The newsletter says when.",
    )

    steps_heading = models.CharField("heading over the steps", max_length=80, default="How it works")
    steps = StreamField([("step", StepBlock())], blank=True, max_num=6, help_text="What happens first, and then.")
    dates_heading = models.CharField("heading over the dates", max_length=80, default="Dates")
    dates = StreamField(
        [("date", ProgramDateBlock())],
        blank=True,
        max_num=20,
        help_text="In any order: the page sorts them, and says by itself which are over.",
    )
    who_heading = models.CharField("heading over who it is for", max_length=80, default="Who it’s for")
    who = RichTextField("who it is for", blank=True, features=TEXT_FEATURES)
    projects_heading = models.CharField("heading over past projects", max_length=80, default="What came of it")
    projects = StreamField([("project", ProjectBlock())], blank=True, max_num=40, help_text="The newest first.")
    questions_heading = models.CharField("heading over the questions", max_length=80, default="Before you ask")
    questions = StreamField([("question", QuestionBlock())], blank=True, max_num=40)
    body = StreamField(PAGE_BODY, blank=True, help_text="Anything else, at the end of the page.")

    # Panels
    content_panels: ClassVar[list[Any]] = [
        *ListedProgram.content_panels[:1],
        MultiFieldPanel([FieldPanel("lede"), FieldPanel("tone")], "Top of the page"),
        *ListedProgram.content_panels[2:],
        MultiFieldPanel(
            [
                FieldPanel("apply_words"),
                FieldRowPanel([PageChooserPanel("apply_page"), FieldPanel("apply_address")]),
                FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
                FieldPanel("before_words"),
                FieldRowPanel([FieldPanel("open_words"), FieldPanel("apply_note")]),
                FieldRowPanel([FieldPanel("closed_words"), FieldPanel("next_words")]),
            ],
            "Applying",
            help_text="The box beside the text. It changes by itself on the first day and after the last one.",
        ),
        MultiFieldPanel([FieldPanel("steps_heading"), FieldPanel("steps")], "How it works"),
        MultiFieldPanel([FieldPanel("dates_heading"), FieldPanel("dates")], "Dates"),
        MultiFieldPanel([FieldPanel("who_heading"), FieldPanel("who")], "Who it is for"),
        MultiFieldPanel([FieldPanel("projects_heading"), FieldPanel("projects")], "Past projects"),
        MultiFieldPanel([FieldPanel("questions_heading"), FieldPanel("questions")], "Questions"),
        FieldPanel("body"),
    ]

    # Search
    search_fields: ClassVar[list[Any]] = [
        *ListedProgram.search_fields,
        index.SearchField("who"),
        index.SearchField("steps"),
        index.SearchField("projects"),
        index.SearchField("questions"),
        index.SearchField("body"),
    ]

    # Parents and children
    parent_page_types: ClassVar[list[str]] = ["home.InitiativesPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "A program that runs all year: how it works, its dates, who it is for, and how to get in."

    class Meta:
        verbose_name = "program"

    # Methods
    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`waves` are the edges of the page's own bands; those of its body follow."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        own = ["about", *(name for name in ("projects", "questions") if getattr(self, name))]
        waves, footer_wave = edges(len(own))
        context["waves"] = dict(zip(own, waves, strict=True))
        context["list"] = self.get_parent()
        context["dates"] = sorted((block.value for block in self.dates), key=lambda value: value["day"])
        context["projects_tone"] = "mint" if self.tone == "yellow" else "yellow"
        context.update(body_context(self.body, "cream" if own[-1] == "projects" else "paper", after=len(own)))
        if not self.body:
            context["footer_wave"] = footer_wave
        return context

    @property
    def has_many_steps(self) -> bool:
        """More than stand side by side."""
        return len(self.steps) > 3

    @property
    def apply_link(self) -> Link | None:
        """The button; none without words, or while the page it leads to is gone or not published."""
        url = leads_to(self.apply_address)
        if self.apply_page:
            url = (self.apply_page.url or "") if self.apply_page.live else ""
        return Link(self.apply_words, url) if self.apply_words and url else None

    @cached_property
    def applying(self) -> Applying | None:
        """None without a button, and while it leads nowhere."""
        if not self.apply_words:
            return None
        state = state_on(timezone.localdate(), self.opens_on, self.closes_on)
        link = self.apply_link if state is State.OPEN else None
        if state is State.OPEN and link is None:
            return None
        title = {State.BEFORE: self.before_words, State.OPEN: self.open_words, State.AFTER: self.closed_words}[state]
        tag, colour = tag_of(state, self.opens_on, self.closes_on)
        return Applying(
            title=title,
            tag=tag,
            tag_colour=colour,
            day=day_of(state, self.opens_on, self.closes_on),
            note=self.next_words if state is State.AFTER else self.apply_note,
            link=link,
        )

    def clean(self) -> None:
        super().clean()
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": "The last day is not before the first."})
        places = bool(self.apply_page_id) + bool(self.apply_address)
        if places > 1 or (self.apply_words and not places):
            raise ValidationError({"apply_page": "Choose a page or give an address: one of the two."})
        if not self.apply_words and (places or self.opens_on or self.closes_on):
            raise ValidationError({"apply_words": "Without words there is no button. What does it say?"})
