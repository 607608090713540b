"""The demonstration's events that are over, back to a year ago."""

from calendar import FRIDAY, MONDAY, SATURDAY, THURSDAY, TUESDAY, WEDNESDAY
from typing import Any

from home.page_parts import listed, quote, section

PAST: list[dict[str, Any]] = [
    {
        "slug": "resume-roast",
        "title": "Résumé roast, the kind edition",
        "when": (-16, WEDNESDAY, 18, 0, 120),
        "place": "Somerville House, room 2316",
        "summary": "Forty résumés, nine executives, one rule: a compliment first.",
    },
    {
        "slug": "cookies-and-code-midterms",
        "title": "Cookies & Code: between two midterms",
        "when": (-23, TUESDAY, 18, 0, 150),
        "place": "Weldon Library, room 121",
        "summary": "Sixty people, one oven, and a whiteboard that only said “ask me about recursion”.",
        "drawing": "cookies",
    },
    {
        "slug": "git-without-tears",
        "title": "Git without tears",
        "when": (-37, THURSDAY, 18, 30, 120),
        "place": "Middlesex College, room 110",
        "summary": "What to do when it says “detached HEAD”, and why you’re fine.",
        "body": [
            section(
                "What we learned",
                "Nearly nothing is ever lost. The command is called reflog, and nobody tells you early enough.",
                then=listed(
                    "Commit often; tidy up later, or never.",
                    "A branch is a name tag, not a copy.",
                    "Read the whole message. It mostly says what to type.",
                ),
            ),
        ],
    },
    {
        "slug": "recruiting-series-coffee",
        "title": "Recruiting series: coffee with five companies",
        "when": (-44, THURSDAY, 17, 0, 120),
        "place": "University Community Centre, room 269",
        "summary": "Five tables, five companies, no pitches. The best question of the evening was about parental "
        "leave.",
        "cost": "Free for WITS members",
        "places": 80,
        "places_taken": 80,
        "body": [
            quote(
                "I asked the person from Lumenly what she’d change about her job. She told me. I applied because of "
                "that answer.",
                "Sofia Marchetti-Ng",
                "Third year, Computer Engineering",
                2,
            ),
        ],
    },
    {
        "slug": "ada-halfway",
        "title": "Ada, halfway: soup and honesty",
        "when": (-58, MONDAY, 17, 30, 90),
        "place": "University Community Centre, room 269",
        "summary": "What works in our pairs, what doesn’t, and two pairs who swapped and were glad.",
        "drawing": "mentor",
    },
    {
        "slug": "welcome-picnic",
        "title": "Welcome picnic",
        "when": (-65, TUESDAY, 17, 0, 180),
        "place": "The hill behind University College",
        "summary": "Blankets, lemonade, and two hundred people who also knew nobody.",
    },
    {
        "slug": "workshop-first-app",
        "title": "Workshop: an app for the fridge",
        "when": (-79, WEDNESDAY, 18, 30, 120),
        "place": "Middlesex College, room 110",
        "summary": "Who ate the hummus? Thirty-five first apps, one per shared kitchen.",
        "drawing": "workshop",
    },
    {
        "slug": "cookies-and-code-thesis",
        "title": "Cookies & Code: thesis edition",
        "when": (-100, TUESDAY, 18, 0, 180),
        "place": "Weldon Library, room 121",
        "summary": "Fourth-years wrote; everyone else kept the kettle going and said that it sounds good.",
    },
    {
        "slug": "hack-with-heart-demos",
        "title": "Hack with Heart: the demo evening",
        "when": (-128, FRIDAY, 18, 0, 150),
        "place": "Amit Chakma Building, room 2410",
        "summary": "Six teams showed six programs. Five are in use today; the sixth was adopted by another charity.",
        "drawing": "heart",
    },
    {
        "slug": "recruiting-series-offers",
        "title": "Recruiting series: read the offer, then ask for more",
        "when": (-149, MONDAY, 18, 0, 90),
        "place": "Online",
        "summary": "A lawyer, a recruiter and a fourth-year went through a real contract line by line.",
    },
    {
        "slug": "workshop-data-for-people",
        "title": "Workshop: data for people who hate spreadsheets",
        "when": (-177, WEDNESDAY, 18, 30, 120),
        "place": "Middlesex College, room 110",
        "summary": "Ten thousand bus rides, one chart each. The 6 is always late; now we can prove it.",
    },
    {
        "slug": "shehacks-helpers",
        "title": "SheHacks: an evening for helpers",
        "when": (-205, THURSDAY, 18, 0, 90),
        "place": "Thames Hall, gym",
        "summary": "How to carry two hundred chairs, greet four hundred people and sleep for three hours.",
        "drawing": "hack-night",
    },
    {
        "slug": "open-house",
        "title": "Open house: ask us anything",
        "when": (-289, SATURDAY, 11, 0, 180),
        "place": "University Community Centre, atrium",
        "summary": "“Do I need to be good at math?” was asked thirty-one times. The answer was always no.",
    },
    {
        "slug": "cookies-and-code-very-first",
        "title": "Cookies & Code: the one with the snowstorm",
        "when": (-310, TUESDAY, 18, 0, 120),
        "place": "Weldon Library, room 121",
        "summary": "Eleven people came. There were forty cookies. Nobody has complained since.",
        "drawing": "cookies",
    },
]
