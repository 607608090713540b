"""The pages of words of the demonstration."""

from typing import Any

from home import demo_club, demo_first_steps, demo_help, demo_resources, demo_small_print
from home.demo_parts import section

ADA: dict[str, Any] = {
    "title": "Ada, a mentor of your own",
    "slug": "ada",
    "lede": "One person who is two steps ahead of you, and an hour of theirs every other week.",
    "tone": "mint",
    "drawing": "books",
    "body": [
        section(
            "",
            "Ada pairs you with an upper-year student or a woman who already works in tech. Not for inspiration: for "
            "the questions you can’t ask a professor. Is this offer fair? Do I drop the course? What do people do "
            "all day?",
        ),
        (
            "steps",
            {
                "heading": "How it works",
                "steps": [
                    {"title": "You apply", "text": "In September. Ten questions, no cover letter, no marks."},
                    {"title": "We pair you", "text": "By what you want to learn and when you are free."},
                    {"title": "You meet", "text": "Every other week until March. You set the agenda."},
                ],
            },
        ),
        (
            "quote",
            {
                "words": "My mentor read my résumé out loud to me. I changed every verb, and got the co-op.",
                "name": "Noor Haddad",
                "about": "Third year, Software Engineering",
                "portrait": "portrait-3",
            },
        ),
        section(
            "Who can apply",
            "Women and non-binary students at Western who are WITS members. First-years are welcome and, to be "
            "honest, our favourites.",
        ),
        section(
            "Become a mentor",
            "If you are in third year or above, or graduated, you know more than you think. Write to "
            '<a href="mailto:wits.uwo@gmail.com">wits.uwo@gmail.com</a>.',
        ),
    ],
}

HEART: dict[str, Any] = {
    "title": "Hack with Heart",
    "slug": "hack-with-heart",
    "lede": "Eight weeks, one small team, one charity that needs software. You ship it, they use it.",
    "tone": "yellow",
    "drawing": "whiteboard",
    "body": [
        section(
            "",
            "Most student projects end in a zip file. These end on the front desk of a food bank, in the pocket of a "
            "volunteer, or on the screen of someone who has been doing the schedule by hand since 2009.",
        ),
        section(
            "What you’ll do",
            "You join a team of five with a lead who has done it before. You visit the charity first and code "
            "second. Every second week you show them what you have, and they tell you what you got wrong.",
        ),
        section(
            "What you need",
            "One evening a week. Any skill that a piece of software needs: code, drawing, writing, asking good "
            "questions. We teach the rest.",
        ),
        section(
            "Who can join",
            "Women and non-binary students at Western who are WITS members. Teams form in October and in January.",
        ),
    ],
}

# Those that stand under another one (`under` is its slug) come after it.
PAGES = [
    *demo_club.PAGES,
    *demo_first_steps.PAGES,
    ADA,
    HEART,
    *demo_help.PAGES,
    *demo_resources.PAGES,
    *demo_small_print.PAGES,
]
