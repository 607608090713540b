"""Demonstration events: five ahead of today and three behind it, so that the site never looks abandoned."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from events.models import EventPage, EventsIndexPage

TUESDAY, WEDNESDAY, THURSDAY = 1, 2, 3


def at(days: int, weekday: int, hour: int, minute: int = 0) -> datetime:
    """The first such weekday at least `days` from today (before today if negative), at this time in Toronto."""
    day = timezone.localdate() + timedelta(days=days)
    day += timedelta(days=(weekday - day.weekday()) % 7)
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def section(heading: str, *paragraphs: str) -> tuple[str, dict[str, str]]:
    """A section of plain paragraphs."""
    return "section", {"heading": heading, "text": "".join(f"<p>{words}</p>" for words in paragraphs)}


PYTHON_BODY: list[tuple[str, Any]] = [
    section(
        "What you’ll do",
        "You’ll build a tiny program that reads your class schedule and tells you when you can nap. On the way you "
        "meet variables, loops and functions, in that order, with a person next to you for every question.",
        "We work in the browser, so there’s nothing to install. If your laptop is on its last legs, tell us and "
        "we’ll lend you one.",
    ),
    (
        "steps",
        {
            "heading": "The evening",
            "steps": [
                {"title": "Doors and snacks", "text": "Find a desk mate. There will be samosas."},
                {"title": "Your first ten lines", "text": "Slowly, together, with time to break things."},
                {"title": "The nap finder", "text": "In pairs. Show it at the end, if you like."},
            ],
        },
    ),
    (
        "quote",
        {
            "words": "I’ve taught this four times and broken the projector twice. Nobody has ever left without a "
            "working program.",
            "name": "Ines Baptiste",
            "about": "Fourth year, Computer Science. Teaches this workshop.",
            "portrait": "portrait-5",
        },
    ),
    section(
        "Can you get in?",
        "Yes: step-free door on the north side, lift to the first floor, room 110 is the first on your left. Write "
        'to <a href="mailto:wits.uwo@gmail.com">wits.uwo@gmail.com</a> if you need captions or a quiet corner.',
    ),
]

UPCOMING: list[dict[str, Any]] = [
    {
        "slug": "cookies-and-code",
        "title": "Cookies & Code: the first batch",
        "when": (3, TUESDAY, 18, 0, 120),
        "place": "Weldon Library, room 121",
        "summary": "Bring whatever you’re stuck on. Somebody here has been stuck on it before.",
        "cost": "Free, cookies included",
        "drawing": "cookies",
        "body": [
            section(
                "How it goes",
                "There is no program. You sit down, you open your laptop, you do your own thing. When you’re stuck, "
                "you say so out loud, and somebody’s chair rolls over.",
            ),
            section(
                "Can you get in?", "Yes: lift by the main desk, wide doors, and the quiet room next door is ours."
            ),
        ],
    },
    {
        "slug": "intro-to-python",
        "title": "Intro to Python",
        "when": (9, WEDNESDAY, 18, 30, 120),
        "place": "Middlesex College, room 110",
        "summary": "You’ve never coded, or you tried once and it bit you. Two hours later you have a program that "
        "does something you wanted.",
        "cost": "$5, free for WITS members",
        "bring": "A laptop, any laptop",
        "places": 60,
        "places_taken": 41,
        "sign_up_link": "https://example.com/sign-up",
        "drawing": "workshop",
        "body": PYTHON_BODY,
    },
    {
        "slug": "inside-a-technical-interview",
        "title": "Inside a technical interview",
        "when": (16, THURSDAY, 19, 0, 90),
        "place": "Online",
        "place_link": "https://example.com/meeting",
        "summary": "Two engineers from Northpine interview each other, badly and then well. You ask the questions.",
        "cost": "Free",
        "audience": EventPage.Audience.MEMBERS_FIRST,
        "sign_up_link": "https://example.com/sign-up",
        "body": [
            section(
                "What you’ll see",
                "First a real question from last year, answered the way most of us answer it: fast, silent and "
                "wrong. Then the same question again, out loud, with every dead end left in.",
            ),
            section("Afterwards", "Half an hour for your questions. No recording, so ask the one you mean."),
        ],
    },
    {
        "slug": "ada-begins",
        "title": "Ada begins: meet your mentor",
        "when": (23, TUESDAY, 17, 30, 120),
        "place": "University Community Centre, room 269",
        "summary": "Everyone meets everyone, then each pair gets a table, a pot of tea and a list of first "
        "questions.",
        "cost": "Free",
        "audience": EventPage.Audience.MEMBERS_FIRST,
        "places": 40,
        "places_taken": 40,
        "sign_up_link": "https://example.com/sign-up",
        "drawing": "mentor",
        "body": [
            section(
                "What happens",
                "You find out who your mentor is, and they find out what you want from the year. Nobody has to stand "
                "up and introduce themselves to the whole room.",
            ),
            section("Not paired yet?", "Come anyway. Two or three pairs always come together on the night."),
        ],
    },
    {
        "slug": "hack-with-heart-pitches",
        "title": "Hack with Heart: six charities, six minutes each",
        "when": (31, WEDNESDAY, 18, 0, 90),
        "place": "Amit Chakma Building, room 2410",
        "summary": "Six charities say what they need. You pick the one you can’t stop thinking about.",
        "places": 120,
        "body": [
            section(
                "How it goes",
                "Each charity has six minutes and no slides. Then everyone stands up, finds the people they want to "
                "help, and asks them everything. Teams form the week after.",
            ),
        ],
    },
]

PAST: list[dict[str, Any]] = [
    {
        "slug": "resume-roast",
        "title": "Résumé roast, the kind edition",
        "when": (-16, WEDNESDAY, 18, 0, 120),
        "place": "Somerville House, room 2316",
        "summary": "Forty résumés, nine executives, one rule: a compliment first.",
    },
    {
        "slug": "git-without-tears",
        "title": "Git without tears",
        "when": (-37, THURSDAY, 18, 30, 120),
        "place": "Middlesex College, room 110",
        "summary": "What to do when it says “detached HEAD”, and why you’re fine.",
    },
    {
        "slug": "welcome-picnic",
        "title": "Welcome picnic",
        "when": (-65, TUESDAY, 17, 0, 180),
        "place": "The hill behind University College",
        "summary": "Blankets, lemonade, and two hundred people who also knew nobody.",
    },
]


def make_demo(home: Page) -> EventsIndexPage:
    """The events page under `home` with its events; what is there already stays as it is."""
    index = EventsIndexPage.objects.first() or home.add_child(
        instance=EventsIndexPage(
            title="Events",
            slug="events",
            lede="Most weeks there is something on. You don’t have to be good at anything yet, and you don’t have to "
            "know anybody.",
            tone="mint",
            drawing="cookie-night",
        )
    )
    for words in [*UPCOMING, *PAST]:
        if not EventPage.objects.child_of(index).filter(slug=words["slug"]).exists():
            fields = {name: value for name, value in words.items() if name != "when"}
            days, weekday, hour, minute, minutes = words["when"]
            starts_at = at(days, weekday, hour, minute)
            ends_at = starts_at + timedelta(minutes=minutes)
            index.add_child(instance=EventPage(starts_at=starts_at, ends_at=ends_at, **fields))
    return index
