"""A page with a form that executives made."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import TabbedInterface
from wagtail.fields import RichTextField
from wagtail.search import index

from home.base_page import AT_THE_SIDE, HeroPage
from home.blocks.words import TEXT_FEATURES
from home.days import in_words
from home.forms import notices, words
from home.forms.editing import FormPageForm
from home.forms.filling import FilledForm
from home.forms.limits import GRACE
from home.forms.page_tabs import TABS
from home.forms.questions import QuestionBuilder
from home.tones import TONES

LEAST_DAYS, MOST_DAYS = 7, 730


class State(Enum):
    """Where now stands to the times between which a form is open."""

    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Fact:
    """A line beside the form."""

    label: str
    text: str


def _line(words_first: str, help_text: str, most: int = 120, **more: Any) -> "models.CharField[str, str]":
    return models.CharField(max_length=most, default=words_first, help_text=help_text, **more)


def _text(words_first: str, help_text: str, **more: Any) -> RichTextField:
    default = f"<p>{words_first}</p>" if words_first else ""
    return RichTextField(features=TEXT_FEATURES, default=default, help_text=help_text, **more)


class FormPage(HeroPage):
    """Questions, and what happens with the answers."""

    # Fields: the page
    tone = models.CharField("colour", max_length=10, choices=TONES, default="mint", help_text="Of the top band.")
    form_heading = _line("Tell us", "Over the form.", most=80)
    send_button = _line("Send it", "On the button.", most=40)
    about = _text("", "Beside the form: what happens with it, and when they hear from you.", blank=True)
    readers_words = _line(
        "Only those of the team who need it.",
        "Beside the form, under “Who reads it”. Leave it empty to say nothing.",
        most=160,
        blank=True,
    )

    # Fields: when
    opens_at = models.DateTimeField(
        "opens", null=True, blank=True, help_text="Time in London, Ontario. Leave empty if it is open already."
    )
    closes_at = models.DateTimeField(
        "closes",
        null=True,
        blank=True,
        help_text="Who began before it may still send theirs for half an hour. Leave empty if it never closes.",
    )
    before_title = _line("Not open yet", "In place of the form before it opens.", most=80)
    before_text = _text("Come back then: the form will be right here.", "Under it, and under the day.", blank=True)
    closed_title = _line("This form is closed", "In place of the form after it has closed.", most=80)
    closed_text = _text("The next round is announced in the newsletter.", "Under it. What now?", blank=True)
    late_text = _text(
        "It closed while you were writing, and we could not take your answer any more. Here is what you had typed, "
        "so that nothing is lost. If something kept you, write to us.",
        "For who sends it too late. What they had typed stands under these words.",
    )

    # Fields: members
    for_members = models.BooleanField(
        default=False,
        help_text="Members have no password here, so a form cannot keep others out. Everybody gets the same page; an "
        "address that is no member’s is marked in the list, and told by mail.",
    )
    members_words = _line(
        "For members. Please use the address you joined with.", "Over the form.", most=160, blank=True
    )
    stranger_subject = _line("About what you sent us", "Of the mail to an address that is no member’s.", most=150)
    stranger_body = models.TextField(
        max_length=3000,
        default="Hi {name},\n\n“{form}” is for members, and we could not find your address among them. If you joined "
        "with another one, just answer this mail and we put it right. If you are not a member yet, you can join on "
        "our site at any time.",
        help_text="We keep their answer: many simply joined with another address.",
    )

    # Fields: after it was sent
    thanks_title = _line("Got it. Thank you!", "After the form was sent.", most=80)
    thanks_text = _text("Somebody of the team reads it soon.", "Under it. When do they hear from you?", blank=True)
    sends_mail = models.BooleanField(
        "send them a mail", default=True, help_text="To the address they typed, if the form asks for one."
    )
    mail_subject = _line(notices.OWN.subject, "You can use {name} and {form}.", most=150)
    mail_body = models.TextField(
        max_length=3000,
        default=notices.OWN.body,
        help_text="A blank line starts a new paragraph. **Two stars** make words bold. You can use {name}, {form} "
        "and {deleted_on}. Look at it with Preview.",
    )

    # Fields: who reads it, and for how long it is kept
    readers = ParentalManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="+",
        limit_choices_to={"is_active": True},
        help_text="They find the answers under Answers in the menu, and get a mail when one arrives. Owners can "
        "always read them. Choose those who need it, nobody else.",
    )
    told = models.TextField(
        "and tell these addresses",
        blank=True,
        max_length=600,
        help_text="One on each line. The mail only says that there is an answer: who wants to read it signs in.",
    )
    keep_days = models.PositiveSmallIntegerField(
        "keep answers for",
        default=180,
        help_text=f"Days, {LEAST_DAYS} to {MOST_DAYS}. Then the answer and its files are deleted by themselves, and "
        "the form says so. What was sent before keeps the day that it was told.",
    )

    # Panels
    edit_handler = TabbedInterface([*TABS, AT_THE_SIDE])
    base_form_class = FormPageForm

    # Previews
    preview_modes: ClassVar[list[tuple[str, str]]] = [
        ("", "The form"),
        ("before", "Not open yet"),
        ("closed", "Closed"),
        ("thanks", "After it was sent"),
        ("mail", "The mail to them"),
        ("stranger", "The mail to who is no member"),
    ]

    # Search
    search_fields: ClassVar[list[Any]] = [
        *HeroPage.search_fields,
        index.SearchField("lede"),
        index.SearchField("about"),
    ]

    # Parents and children
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "Questions of your own: an application, feedback, an enquiry. Its answers are under Answers."

    class Meta:
        verbose_name = "form"

    # Methods
    def get_form(self, *args: Any) -> FilledForm:
        """The form with its questions: `get_form(data, files)` for what somebody sent."""
        return QuestionBuilder(self.questions.all()).get_form_class()(*args, page=self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["words"] = words
        context["state"] = self.state.value
        if self.state is State.OPEN:
            context["form"] = self.get_form()
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page carries one visitor's stamp: no cache between us may hand it to another."""
        response: HttpResponse = super().serve(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """See Wagtail. The mails are shown as they would be sent."""
        if mode_name in {"mail", "stranger"}:
            values = dict(notices.OWN.variables) | {"form": self.title}
            return HttpResponse(notices.thanks_mail(*self.mail_words(mode_name == "stranger"), values).html)
        response: HttpResponse = super().serve_preview(request, mode_name)
        return response

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "home/form_thanks.html" if mode_name == "thanks" else "home/form_page.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        context: dict[str, Any] = self.get_context(request)
        if mode_name in {"before", "closed"}:
            return {**context, "state": mode_name, "form": None}
        return {**context, "state": "open", "form": context.get("form") or self.get_form()}

    @property
    def state(self) -> State:
        """Before, during or after its times."""
        now = timezone.now()
        if self.closes_at and now > self.closes_at:
            return State.CLOSED
        return State.BEFORE if self.opens_at and now < self.opens_at else State.OPEN

    def takes(self, begun_at: datetime | None) -> bool:
        """Whether an answer is still taken that was begun then; shortly after the deadline, if it was before it."""
        if not self.live or self.state is State.BEFORE:
            return False
        if self.state is State.OPEN or self.closes_at is None:
            return True
        in_time = begun_at is not None and begun_at <= self.closes_at
        return in_time and timezone.now() <= self.closes_at + GRACE

    @property
    def facts(self) -> list[Fact]:
        """What stands beside the form: until when, who reads it, how long it is kept."""
        found = []
        if self.state is State.BEFORE and self.opens_at:
            found.append(Fact(words.OPENS, words.moment(self.opens_at)))
        if self.state is not State.CLOSED and self.closes_at:
            found.append(Fact(words.OPEN_UNTIL, words.moment(self.closes_at)))
        if self.readers_words:
            found.append(Fact(words.WHO_READS, self.readers_words))
        if self.state is not State.CLOSED:
            found.append(Fact(words.DELETED, in_words(timezone.localdate() + timedelta(days=self.keep_days))))
        return found

    def mail_words(self, stranger: bool) -> tuple[str, str]:
        """Subject and text of the mail to who sent it."""
        return (self.stranger_subject, self.stranger_body) if stranger else (self.mail_subject, self.mail_body)

    @property
    def told_addresses(self) -> list[str]:
        """Whom a new answer is told: readers who can still sign in, and the addresses; each once."""
        readers = self.readers.filter(is_active=True).exclude(email="").values_list("email", flat=True)
        return list(dict.fromkeys([*readers, *self.told.split()]))
