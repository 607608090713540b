"""Four forms of the demonstration: an application, an enquiry, feedback, and a way to write to the club."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from home.forms.making import Asked, make_form
from home.forms.page import FormPage
from home.home_page import HomePage
from home.page_parts import paragraphs

NAME = Asked("What should we call you?", "name")
EMAIL = Asked("Your email address", "email")

# `days` until it closes; none where it never does.
FORMS: list[dict[str, Any]] = [
    {
        "title": "Apply for Ada",
        "slug": "apply-for-ada",
        "days": 20,
        "lede": "Ten minutes, no cover letter, no marks. We read every word, and then we argue about who fits whom.",
        "tone": "yellow",
        "drawing": "say-hi",
        "form_heading": "About you",
        "send_button": "Send my application",
        "about": paragraphs(
            "<b>What happens next.</b> Four of us read it in the week after the last day. You hear from us ten days "
            "later, yes or no, and never nothing.",
            "<b>There is no wrong answer.</b> Half of those who got in last year wrote that they had no idea what to "
            "ask a mentor. That is what a mentor is for.",
        ),
        "readers_words": "Four people of the mentorship team, and your mentor once you have one.",
        "for_members": True,
        "members_words": "Ada is for members. Please use the address you joined with.",
        "thanks_title": "It’s with us now",
        "thanks_text": paragraphs(
            "Thank you for trusting us with it. You hear from us ten days after the last day, yes or no.",
            "A mail is on its way to you. If it isn’t there in an hour, look among the spam.",
        ),
        "mail_subject": "We have your application, {name}",
        "mail_body": "Hi {name},\n\nYour application for Ada arrived, and nothing is missing. Four of us read it in "
        "the week after the last day; you hear from us ten days later, **yes or no**.\n\nIf this was not you, just "
        "answer this mail. We delete what you sent on {deleted_on}.",
        "keep_days": 240,
        "questions": [
            NAME,
            EMAIL,
            Asked(
                "Where are you in your studies?",
                "radio",
                choices=("First year", "Second year", "Third year", "Fourth year or later", "Graduate student"),
            ),
            Asked("What do you study?", hint="Anything. Last year we had two cellists."),
            Asked(
                "What would you like to be able to do in April that you can’t do now?",
                "multiline",
                hint="Three sentences are plenty.",
            ),
            Asked(
                "What would you like to talk about?",
                "checkboxes",
                required=False,
                choices=(
                    "Finding a first job",
                    "Choosing courses",
                    "Building something of my own",
                    "Being the only one in the room",
                    "Research and graduate school",
                ),
            ),
            Asked(
                "How much time have you got?",
                "dropdown",
                choices=("An hour a month", "Two hours a month", "As it comes"),
            ),
            Asked("Your résumé, if you have one", "file", required=False, hint="A mentor reads it before you meet."),
            Asked("I can come to the first evening", "checkbox", required=False),
        ],
    },
    {
        "title": "Bring your company",
        "slug": "become-a-partner",
        "lede": "Tell us who you are and what you have in mind. A student answers, within a week, exams or not.",
        "tone": "blush",
        "drawing": "open-door",
        "form_heading": "Your company and you",
        "send_button": "Send it to the partners’ team",
        "about": paragraphs(
            "<b>What happens next.</b> Two of us read it on the next Sunday and call you in the week after.",
            "We never sell our mailing list, and an evening is not an advertisement. Everything else can be talked "
            "about, over pizza.",
        ),
        "thanks_title": "Thank you for asking",
        "thanks_text": paragraphs("Two of us read it on Sunday. You hear from us in the week after."),
        "questions": [
            Asked("Your company", hint="As you would like it on a poster."),
            Asked("Your name", "name"),
            EMAIL,
            Asked(
                "What do you have in mind?",
                "checkboxes",
                choices=(
                    "Send a speaker",
                    "A table at the recruiting series",
                    "Pay for a workshop",
                    "Offer an internship",
                    "I don’t know yet",
                ),
            ),
            Asked("Anything we should know?", "multiline", required=False),
            Asked("Your site", "url", required=False),
        ],
    },
    {
        "title": "How was it?",
        "slug": "feedback",
        "lede": "Two questions and a box. Nobody asks who you are, unless you would like an answer.",
        "tone": "mint",
        "drawing": "big-screen",
        "form_heading": "Be honest",
        "send_button": "Tell them",
        "about": paragraphs(
            "We read these aloud at the first meeting after an evening. Kind words keep us going; the other ones are "
            "why there is a microphone now."
        ),
        "readers_words": "The team that ran the evening.",
        "keep_days": 90,
        "thanks_title": "Heard",
        "thanks_text": paragraphs("Thank you. The next one is better because of it."),
        "questions": [
            Asked("Which evening was it?", hint="Its name, or the day."),
            Asked("How was it?", "radio", choices=("I would bring a friend", "Good", "Not for me")),
            Asked("What should we change?", "multiline", required=False),
            Asked("Your email address", "email", required=False, hint="Only if you would like an answer."),
        ],
    },
    {
        "title": "Write to us",
        "slug": "write-to-us",
        "lede": "For everything that is no application, no feedback and no pizza order.",
        "tone": "salmon",
        "drawing": "say-hi",
        "form_heading": "What is it about?",
        "about": paragraphs(
            "A student reads it, usually within two days, always within a week. In April we have exams, and answer "
            "in one go at the end of them."
        ),
        "thanks_title": "Off it goes",
        "thanks_text": paragraphs("Somebody answers within a week, usually sooner."),
        "questions": [NAME, EMAIL, Asked("Your message", "multiline")],
    },
]


def make_demo(home: HomePage) -> dict[str, FormPage]:
    """The forms by slug; those that are there stay as they are."""
    made = {}
    for words in FORMS:
        fields = {name: value for name, value in words.items() if name not in {"days", "questions"}}
        page = FormPage.objects.child_of(home).filter(slug=words["slug"]).first()
        if "days" in words:
            fields["closes_at"] = _end_of_day(words["days"])
        made[words["slug"]] = page or make_form(home, words["questions"], **fields)
    return made


def _end_of_day(days: int) -> datetime:
    """A minute before midnight, so many days ahead."""
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(23, 59)))
