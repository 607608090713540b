"""The join page: every word that a person joining reads, before, during and after."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from wagtail.admin.panels import TabbedInterface
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from home.base_page import AT_THE_SIDE, HeroPage
from home.blocks.words import StepBlock
from home.drawings import open_choices
from home.templatetags.site_tags import plain, underlined
from membership import first_words
from membership.page_tabs import TABS
from membership.placeholders import fill_html, unknown_places, without_places
from membership.waypoints import KINDS, MemberCard, context_of

EXAMPLE = {"first_name": "Mary Anne", "email": "mvandyk7@uwo.ca"}

SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+")
PLAIN_TEXT = ["bold", "italic", "link", "ul"]


def _title(first: str, help_text: str, **kwargs: Any) -> "models.CharField[str, str]":
    return models.CharField(max_length=120, default=first, help_text=help_text, **kwargs)


def _text(first: str, help_text: str) -> RichTextField:
    return RichTextField(features=PLAIN_TEXT, default=first, help_text=help_text)


class JoinPage(HeroPage):
    """There is one. Its form is answered by `membership.views`; the page itself only shows it."""

    # Fields: the page
    drawing = models.CharField(
        max_length=30,
        blank=True,
        default="members",
        choices=open_choices,
        help_text="One of the site’s own drawings. Nothing to upload, and it looks right by day and by night.",
    )
    heading = _title(
        first_words.HEADING,
        "The big title. A word between asterisks gets the drawn wave: You’re three fields from being *in*.",
    )
    lede = models.TextField(
        max_length=300,
        default=first_words.LEDE,
        help_text="One or two sentences under the title. {until} is the day on which the membership year ends.",
    )
    form_heading = _title(first_words.FORM_HEADING, "Above the form, for example: Join here.")
    email_hint = models.CharField(
        max_length=200,
        blank=True,
        default=first_words.EMAIL_HINT,
        help_text="Which address do you want, and what do you send there? For example: Your school email, if you "
        "have one.",
    )
    newsletter_consent = models.CharField(
        max_length=300,
        default=first_words.NEWSLETTER_CONSENT,
        help_text="Beside the box that nobody has ticked yet. Canada’s anti-spam law (CASL) wants it to say who "
        "writes, how often, and that one can stop at any time. Everyone who ticks it is kept with the words as they "
        "were on that day.",
    )
    paid_button = _title(first_words.PAID_BUTTON, "On the button for levels that cost something.")
    free_button = _title(first_words.FREE_BUTTON, "On the button for free levels.")
    paid_note = models.CharField(
        max_length=300,
        blank=True,
        default=first_words.PAID_NOTE,
        help_text="Under the button: what happens when someone presses it at a level that costs something?",
    )
    free_note = models.CharField(
        max_length=300, blank=True, default=first_words.FREE_NOTE, help_text="The same for free levels."
    )
    small_print = models.CharField(
        max_length=200,
        blank=True,
        default=first_words.SMALL_PRINT,
        help_text="Before the links to the two pages below, for example: By joining you agree to these:",
    )
    terms_page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The page with the terms of membership. Its title is the link.",
    )
    refund_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name="refund policy",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The page that says when somebody gets their money back. Stripe asks for one.",
    )
    perks_heading = _title(
        first_words.PERKS_HEADING, "Above the table. The perks themselves are edited under Members > Perks."
    )
    perks_intro = models.CharField(
        max_length=200, blank=True, default=first_words.PERKS_INTRO, help_text="A sentence above the table."
    )
    # Fields: what happens next
    next_heading = _title(first_words.NEXT_HEADING, "Above the steps.")
    next_steps = StreamField(
        [("step", StepBlock())],
        blank=True,
        max_num=4,
        default=first_words.NEXT_STEPS,
        help_text="What someone can expect after the button. Three fit best.",
    )
    # Fields: you are in
    welcome_title = _title(
        first_words.WELCOME_TITLE,
        "Greets the person who has just joined, in the browser they joined with. {first_name} is their first name.",
    )
    welcome_text = _text(first_words.WELCOME_TEXT, "Under it. {email} is where the welcome email goes.")
    welcome_heading = _title(first_words.WELCOME_HEADING, "Above the steps of someone who is in.")
    welcome_steps = StreamField(
        [("step", StepBlock())],
        blank=True,
        max_num=4,
        default=first_words.WELCOME_STEPS,
        help_text="What a new member does first. Three fit best.",
    )
    others_title = _title(
        first_words.OTHERS_TITLE,
        "The same for any other browser: nobody is named there, so that no link gives a name away.",
    )
    others_text = _text(first_words.OTHERS_TEXT, "Under it.")
    processing_title = _title(first_words.PROCESSING_TITLE, "For someone whose bank is still at it.")
    processing_text = _text(first_words.PROCESSING_TEXT, "Under it. Some ways to pay take a few days.")
    checking_title = _title(
        first_words.CHECKING_TITLE, "For someone who comes back from paying while Stripe does not answer us."
    )
    checking_text = _text(first_words.CHECKING_TEXT, "Under it. What they should do, and what you do.")
    unknown_title = _title(first_words.UNKNOWN_TITLE, "For a link that names no payment we know.")
    unknown_text = _text(first_words.UNKNOWN_TEXT, "Under it. Where does someone write who has paid?")
    case_title = _title(
        first_words.CASE_TITLE, "For someone whose payment does not add up: an executive looks at it."
    )
    case_text = _text(first_words.CASE_TEXT, "Under it. When do they hear from you?")
    refunded_title = _title(first_words.REFUNDED_TITLE, "For someone who got their money back.")
    refunded_text = _text(first_words.REFUNDED_TEXT, "Under it.")
    # Fields: left without paying
    cancelled_title = _title(first_words.CANCELLED_TITLE, "For someone who turned back on the payment page.")
    cancelled_text = _text(first_words.CANCELLED_TEXT, "Under it, above the form with what they had typed.")
    continue_button = _title(first_words.CONTINUE_BUTTON, "Leads back to the payment page as it was left.")
    failed_title = _title(first_words.FAILED_TITLE, "For someone whose bank said no.")
    failed_text = _text(first_words.FAILED_TEXT, "Under it. Be kind: it happens to everyone.")
    away_title = _title(
        first_words.AWAY_TITLE, "Above the form when Stripe does not answer. Nothing was paid, nothing is lost."
    )
    away_text = _text(first_words.AWAY_TEXT, "Under it.")
    away_button = _title(first_words.AWAY_BUTTON, "The button that tries again.")
    limited_title = _title(
        first_words.LIMITED_TITLE,
        "Above the form when too many people began to join and did not pay: someone may be trying out cards.",
    )
    limited_text = _text(
        first_words.LIMITED_TEXT, "Under it; your mail address follows by itself. Most who read it are honest."
    )
    # Fields: ran out of time
    expired_title = _title(first_words.EXPIRED_TITLE, "For someone who stayed on the payment page for too long.")
    expired_text = _text(first_words.EXPIRED_TEXT, "Under it, above the form with what they had typed.")
    # Fields: check your mail, confirm
    check_title = _title(first_words.CHECK_TITLE, "After the form of a free level.")
    check_text = _text(first_words.CHECK_TEXT, "Under it. {email} is where the link was sent.")
    again_button = _title(first_words.AGAIN_BUTTON, "The button that sends the link once more.")
    again_text = models.CharField(
        max_length=200,
        default=first_words.AGAIN_TEXT,
        help_text="After it was pressed, whether or not a mail went out.",
    )
    confirm_title = _title(first_words.CONFIRM_TITLE, "Where the link in that mail leads.")
    confirm_text = _text(first_words.CONFIRM_TEXT, "Under it, above the button.")
    confirm_button = _title(first_words.CONFIRM_BUTTON, "The button that makes someone a member.")
    link_title = _title(first_words.LINK_TITLE, "For a link that is too old or not complete.")
    link_text = _text(first_words.LINK_TEXT, "Under it, above the form.")
    # Fields: closed
    closed_title = _title(first_words.CLOSED_TITLE, "In place of the form while joining is closed.")
    closed_text = _text(first_words.CLOSED_TEXT, "Under it. When will it open again?")

    # Places that something is put in, for each field that has any.
    places: ClassVar[dict[str, tuple[str, ...]]] = {
        "lede": ("until",),
        "welcome_title": ("first_name",),
        "welcome_text": ("first_name", "email"),
        "check_text": ("email",),
    }

    # Panels
    edit_handler = TabbedInterface([*TABS, AT_THE_SIDE])

    # Previews: each step of joining, with an invented person.
    preview_modes: ClassVar[list[tuple[str, str]]] = [
        ("", "The join page"),
        ("closed", "Joining is closed"),
        ("away", "Stripe is away"),
        ("limited", "Too many at once"),
        *((name, kind.label) for name, kind in KINDS.items()),
        ("welcome", "You are in"),
    ]

    # Search
    search_fields: ClassVar[list[Any]] = [
        *HeroPage.search_fields,
        index.SearchField("heading"),
        index.SearchField("own_words"),
    ]

    # Parents and children
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = 1
    has_to_stay = True

    template = "membership/join_page.html"

    class Meta:
        verbose_name = "join page"

    # Methods
    @property
    def small_print_pages(self) -> list[Page]:
        """The published ones of terms and refund policy, in this order, by one query for both."""
        chosen = list(dict.fromkeys(pk for pk in (self.terms_page_id, self.refund_page_id) if pk))
        found = Page.objects.live().in_bulk(chosen) if chosen else {}
        return [found[pk] for pk in chosen if pk in found]

    @property
    def own_words(self) -> str:
        """The lede's sentences that name no date: a search engine keeps them for longer than a year."""
        return " ".join(sentence for sentence in SENTENCE_ENDS.split(self.lede) if "{" not in sentence)

    def clean(self) -> None:
        """Refuse places such as {firstname}: a visitor would read the braces."""
        super().clean()
        errors = {}
        for name in self.worded_fields():
            known = self.places.get(name, ())
            unknown = unknown_places(str(getattr(self, name) or ""), known)
            if unknown:
                instead = ", ".join(f"{{{place}}}" for place in known) or "none"
                errors[name] = f"Nothing is ever put in the place of {', '.join(unknown)}. You can use: {instead}."
        if errors:
            raise ValidationError(errors)

    @classmethod
    def worded_fields(cls) -> list[str]:
        """The names of the fields that hold the words of this page."""
        return [
            field.name
            for field in cls._meta.local_fields
            if isinstance(field, models.CharField | models.TextField) and not field.choices
        ]

    def worded(self, name: str, values: Mapping[str, str]) -> dict[str, str]:
        """Title and text of a step of joining, with the values in their places, as its template wants them."""
        title, text = getattr(self, f"{name}_title"), getattr(self, f"{name}_text")
        return {
            "title": fill_html(underlined(title), values),
            "plain_title": without_places(plain(title)),
            "text": fill_html(text, values),
        }

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """See Wagtail."""
        if mode_name == "welcome":
            return "membership/welcome.html"
        return "membership/answer.html" if mode_name in KINDS else self.template

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """See Wagtail. Nobody real is shown, and no step is taken."""
        context: dict[str, Any] = self.get_context(request)
        if mode_name == "welcome":
            card = MemberCard("Mary Anne van Dyk", "WITS member", "14 September")
            return {**context, "card": card, **self.worded(mode_name, EXAMPLE)}
        if mode_name in KINDS:
            return {**context, **context_of(mode_name), **self.worded(mode_name, EXAMPLE)}
        return {**context, mode_name: True} if mode_name else context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page carries the nonce of one visitor's form: no cache between us may hand it to another."""
        response: HttpResponse = super().serve(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        return response
