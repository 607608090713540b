"""The words of the demonstration's programs. Nobody and nothing in them exists.

`opens`, `closes` and each date are days from today, so that the demonstration never looks abandoned.
"""

from typing import Any

INITIATIVES: dict[str, Any] = {
    "title": "It adds up",
    "seo_title": "Initiatives and programs",
    "slug": "initiatives",
    "lede": "Everything we run is you, plus something you didn’t have on Monday.",
    "tone": "mint",
    "poster_paper": "coral",
    "poster_seed": 4,
}


def question(words: str, answer: str) -> tuple[str, dict[str, str]]:
    """A question and its answer."""
    return "question", {"question": words, "answer": f"<p>{answer}</p>"}


def step(title: str, text: str) -> tuple[str, dict[str, str]]:
    """One step."""
    return "step", {"title": title, "text": text}


ADA: dict[str, Any] = {
    "title": "Ada",
    "seo_title": "Ada, a mentor of your own",
    "slug": "ada",
    "lede": "One person who is two steps ahead of you, and an hour of theirs every other week.",
    "tone": "yellow",
    "sum_left": "person",
    "sum_left_words": "you",
    "sum_right": "leaf",
    "sum_right_words": "someone two years ahead",
    "more_words": "How Ada works",
    "apply_words": "Apply for Ada",
    "apply_note": "Ten questions, no cover letter, no marks. It takes as long as a coffee.",
    "next_words": "The next round opens in September. The newsletter says when.",
    "opens": -9,
    "closes": 12,
    "steps": [
        step("You apply", "Ten questions: what you want to learn, what you’re tired of, when you’re free."),
        step("We pair you", "Three of us, one evening, one very long table. By hand, not by algorithm."),
        step("You meet", "Every other week until March. You set the agenda; your mentor brings the coffee."),
    ],
    "who": "<p>Women and non-binary students at Western who are WITS members. First-years are welcome and, to be "
    "honest, our favourites.</p><p>Any program of study. Last year’s pairs included a nurse-to-be, two philosophers "
    "and someone who had just left computer science and wanted to talk about it.</p>",
    "dates": [
        (-9, None, "Applications open"),
        (12, None, "Last day to apply"),
        (19, None, "You hear from us, yes or no, with a reason"),
        (26, None, "Ada begins: meet your mentor over tea"),
        (27, 140, "You meet, every other week"),
    ],
    "projects_heading": "What came of it",
    "projects": [
        {
            "title": "The verbs list",
            "year": 2,
            "text": "Noor and her mentor rewrote one résumé out loud. The list of better verbs they kept is now two "
            "pages long and all over campus.",
        },
        {
            "title": "Ask me what I earn",
            "year": 2,
            "text": "Six pairs wrote down what their first offers were, and what happened when they asked for more. "
            "Nobody lost an offer.",
        },
        {
            "title": "The hallway guide",
            "year": 3,
            "text": "A one-page guide to walking into a professor’s office, written by two people who hadn’t dared "
            "to in first year.",
        },
    ],
    "questions": [
        question(
            "Do I need to know what I want?",
            "No. “I have no idea and it’s October” is the most common answer on the form, and a fine one.",
        ),
        question(
            "What if we don’t get along?",
            "Write to us. We pair you again, nobody asks why, and it happens every year.",
        ),
        question(
            "Can I be a mentor?",
            "If you’re in third year or above, or graduated: yes, and you know more than you think. Write to "
            '<a href="mailto:wits.uwo@gmail.com">wits.uwo@gmail.com</a>.',
        ),
    ],
    "body": [
        (
            "section",
            {
                "heading": "Were you paired, once?",
                "text": "<p>Then you owe somebody an hour every other week. Most mentors had one themselves, and "
                "most say that they got more out of the second round.</p>",
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
    ],
}

HEART: dict[str, Any] = {
    "title": "Hack with Heart",
    "slug": "hack-with-heart",
    "lede": "Eight weeks, one small team, one charity that needs software. You ship it, they use it.",
    "tone": "mint",
    "drawing": "whiteboard",
    "sum_left": "clock",
    "sum_left_words": "eight weeks",
    "sum_right": "heart",
    "sum_right_words": "one good cause",
    "more_words": "See what last year built",
    "apply_words": "Join a team",
    "apply_note": "Five questions. None of them asks what languages you know.",
    "next_words": "The next teams form in January. The newsletter says when.",
    "opens": 24,
    "closes": 45,
    "steps": [
        step("You listen", "Six charities say what they need. You pick the one you can’t stop thinking about."),
        step("You visit", "The team goes there before anybody writes a line. Bring questions, not laptops."),
        step("You build", "One evening a week, with a lead who has done it before."),
        step("You hand it over", "With a manual, a party, and a phone number for when it breaks."),
    ],
    "who": "<p>Women and non-binary students at Western who are WITS members, with any skill that a piece of "
    "software needs: code, drawing, writing, asking good questions. We teach the rest.</p>",
    "dates": [
        (24, None, "Sign-up opens"),
        (31, None, "Six charities, six minutes each"),
        (45, None, "Last day to join a team"),
        (52, 108, "Eight weeks of building"),
        (110, None, "Demo night, with the charities in the first row"),
        (-6, None, "Team leads chosen"),
    ],
    "projects_heading": "Still running, years later",
    "projects": [
        {
            "title": "Shelf Life",
            "year": 1,
            "text": "Tells a food bank on Horton Street what goes off first. It throws away a third of what it used "
            "to, and the volunteers named it.",
        },
        {
            "title": "Who’s On?",
            "year": 1,
            "text": "A schedule for eighty volunteers of a crisis line. The old one was a sheet of paper from 2009 "
            "with tape on the tape.",
        },
        {
            "title": "Lost & Hound",
            "year": 2,
            "text": "A shelter’s found-dog list, searchable by ear shape. Forty-one dogs went home last spring.",
        },
        {
            "title": "Say It Twice",
            "year": 2,
            "text": "Sends a clinic’s reminders in the language people dream in: eleven so far.",
        },
        {
            "title": "Ramp Check",
            "year": 3,
            "text": "A map of every door on campus that says it is accessible, and whether it is. The university "
            "now links to it.",
        },
        {
            "title": "Second Shift",
            "year": 3,
            "text": "Swaps shifts for personal support workers who used to do it by group chat, at four in the "
            "morning.",
        },
    ],
    "questions": [
        question(
            "I can’t code. Can I come?", "Yes. Every team has someone who can’t, and that person asks what matters."
        ),
        question("How much time is it?", "One evening a week, eight weeks, and one Saturday with samosas."),
        question(
            "Our charity needs something.",
            "Tell us in three sentences: "
            '<a href="mailto:wits.uwo@gmail.com">wits.uwo@gmail.com</a>. Spreadsheets held together by hope are '
            "our favourite.",
        ),
    ],
    "body": [],
}

COFFEE: dict[str, Any] = {
    "title": "Tech Coffee Chats",
    "slug": "tech-coffee-chats",
    "lede": "Twenty minutes with somebody who has the job you’re curious about. The coffee is on us, the questions "
    "are on you.",
    "tone": "blush",
    "sum_left": "cup",
    "sum_left_words": "one coffee",
    "sum_right": "person",
    "sum_right_words": "someone with the job",
    "more_words": "Who you could meet",
    "apply_words": "Ask for a chat",
    "apply_note": "Tell us what you’re curious about. We find the person.",
    "opens": None,
    "closes": None,
    "steps": [
        step("You ask", "“What does a data engineer do before lunch?” is a perfectly good reason."),
        step("We find someone", "Usually within a week, usually somebody who was asked the same once."),
        step("You talk", "Twenty minutes, in person or online. Nobody takes notes unless you do."),
    ],
    "who": "<p>Women and non-binary students at Western who are WITS members, in any year. You don’t need to be "
    "looking for a job, and it is not an interview: they were told so.</p>",
    "dates": [],
    "projects": [],
    "questions": [
        question("What do I wear?", "Whatever you’re wearing."),
        question("What do I ask?", "Begin with: what surprised you? It has never once failed."),
    ],
    "body": [],
}

RESUMES: dict[str, Any] = {
    "title": "Résumé reviews",
    "slug": "resume-reviews",
    "lede": "An executive who has read two hundred of them reads yours, kindly, and writes back within a week.",
    "tone": "salmon",
    "sum_left": "page",
    "sum_left_words": "your résumé",
    "sum_right": "pencil",
    "sum_right_words": "a kind red pencil",
    "more_words": "How to send yours",
    "apply_words": "Send yours",
    "apply_note": "One page, please, as a PDF.",
    "closed_words": "This term’s reviews are done",
    "next_words": "We sharpen the pencils again in January.",
    "opens": -60,
    "closes": -8,
    "steps": [
        step("You send it", "One page. The messy version is fine; the messy version is the point."),
        step("We read it twice", "Once as a friend, once as a tired recruiter on a Friday."),
        step("You get it back", "With a compliment first, three changes, and no rewriting behind your back."),
    ],
    "who": "<p>WITS members, of any program and year. The résumé book that partners read is separate: you choose "
    "whether you’re in it.</p>",
    "dates": [(-60, None, "Reviews open"), (-8, None, "Last day to send one")],
    "projects": [],
    "questions": [],
    "body": [],
}

SHEHACKS: dict[str, Any] = {
    "title": "SheHacks",
    "slug": "shehacks",
    "lede": "The hackathon we run every January: thirty-six hours, five hundred of us, one very large order of "
    "noodles. It has a site of its own.",
    "elsewhere": "https://shehacks.example",
    "sum_left": "crowd",
    "sum_left_words": "five hundred of us",
    "sum_right": "code",
    "sum_right_words": "thirty-six hours",
    "more_words": "Go to SheHacks",
}

PROGRAMS = [ADA, HEART, SHEHACKS, COFFEE, RESUMES]
