"""The demonstration's events that are still to come: the next one in three days, the last in ten weeks."""

from calendar import MONDAY, SATURDAY, THURSDAY, TUESDAY, WEDNESDAY
from typing import Any

from events.models import EventPage
from home.page_parts import WRITE, listed, quote, section, steps

PYTHON_BODY: list[tuple[str, Any]] = [
    section(
        "What you’ll do",
        "You’ll build a tiny program that reads your class schedule and tells you when you can nap. On the way you "
        "meet variables, loops and functions, in that order, with a person next to you for every question.",
        "We work in the browser, so there’s nothing to install. If your laptop is on its last legs, tell us and "
        "we’ll lend you one.",
    ),
    steps(
        "The evening",
        ("Doors and snacks", "Find a desk mate. There will be samosas."),
        ("Your first ten lines", "Slowly, together, with time to break things."),
        ("The nap finder", "In pairs. Show it at the end, if you like."),
    ),
    quote(
        "I’ve taught this four times and broken the projector twice. Nobody has ever left without a working program.",
        "Ines Baptiste",
        "Fourth year, Computer Science. Teaches this workshop.",
        5,
    ),
    section(
        "Can you get in?",
        "Yes: step-free door on the north side, lift to the first floor, room 110 is the first on your left. Write "
        f"to {WRITE} if you need captions or a quiet corner.",
    ),
]

COMING: list[dict[str, Any]] = [
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
    {
        "slug": "recruiting-series-first-resume",
        "title": "Recruiting series: a first résumé in an evening",
        "when": (38, MONDAY, 18, 0, 120),
        "place": "Somerville House, room 2316",
        "summary": "You come with nothing and leave with one page. Third-years sit beside you and ask until it is "
        "true and sounds like you.",
        "cost": "Free",
        "bring": "A list of things you have done, however small",
        "places": 40,
        "places_taken": 12,
        "sign_up_link": "https://example.com/sign-up",
        "body": [
            section(
                "Three evenings, one after the other",
                "First the page, then the conversation, then the offer. Come to one or to all of them.",
                then=listed(
                    "Tonight: one page that says what you did, in verbs.",
                    "In two weeks: thirty minutes each with somebody who hires.",
                    "After that: how to read an offer, and how to ask for more.",
                ),
            ),
            quote(
                "I wrote “nothing yet” under experience. It turned out that I had run a choir’s website for three "
                "years.",
                "Amara Lindqvist",
                "Second year, Mathematics",
                7,
            ),
        ],
    },
    {
        "slug": "cookies-and-code-quiet-hours",
        "title": "Cookies & Code: the quiet hours",
        "when": (44, TUESDAY, 16, 0, 180),
        "place": "Weldon Library, room 121",
        "summary": "No music, small lamps, big tables. For everyone who thinks better when nobody talks.",
        "cost": "Free, cookies included",
        "drawing": "solder",
        "body": [
            section(
                "How it goes",
                "Put a green card on your laptop if you’d like company, a yellow one if you’d rather not. Both are "
                "fine all evening, and you can change your mind.",
            ),
        ],
    },
    {
        "slug": "recruiting-series-mock-interviews",
        "title": "Recruiting series: thirty minutes with somebody who hires",
        "when": (51, THURSDAY, 17, 30, 150),
        "place": "Amit Chakma Building, room 2410",
        "summary": "Engineers from Tidewater Labs and Halfmoon ask you one real question, and then tell you what "
        "they wrote down.",
        "cost": "Free for WITS members",
        "audience": EventPage.Audience.MEMBERS_FIRST,
        "places": 24,
        "places_taken": 9,
        "sign_up_link": "https://example.com/sign-up",
    },
    {
        "slug": "workshop-a-website-by-hand",
        "title": "Workshop: a website by hand",
        "when": (57, WEDNESDAY, 18, 30, 120),
        "place": "Middlesex College, room 110",
        "summary": "HTML and CSS, nothing else. At the end your page is on the internet and your grandmother can "
        "read it.",
        "cost": "$5, free for WITS members",
        "bring": "A laptop, and something you’d like to tell people",
        "places": 60,
        "sign_up_link": "https://example.com/sign-up",
    },
    {
        "slug": "hack-day",
        "title": "Hack with Heart: the long Saturday",
        "when": (66, SATURDAY, 9, 30, 540),
        "place": "Amit Chakma Building, ground floor",
        "summary": "All teams in one room, from breakfast to demos. Come and help, come and watch, or come for the "
        "soup.",
        "cost": "Free, soup included",
        "drawing": "hack-night",
        "body": [
            steps(
                "The day",
                ("Breakfast and knots", "Each team says what they are stuck on. Somebody usually knows."),
                ("Work", "With breaks that are called out loud, because nobody takes them otherwise."),
                ("Soup, then demos", "Four minutes a team. The charities bring the questions."),
            ),
        ],
    },
]
