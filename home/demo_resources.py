"""The demonstration's pages for students: what to read, and where help is."""

from typing import Any

from home.page_parts import WRITE, call, cards, leads, listed, questions, quote, section, steps, wave

RESOURCES: dict[str, Any] = {
    "title": "Things that helped us",
    "seo_title": "Resources for students",
    "slug": "resources",
    "lede": "Guides we wrote, places we keep going back to, and people who answer. Everything here is free.",
    "tone": "mint",
    "drawing": "books",
    "body": [
        cards(
            "Four guides of our own",
            (
                "A first résumé",
                "One page, three verbs to begin with, and what to write when you think you have nothing.",
                "Read it",
                "/resources/resume/",
            ),
            (
                "Interviews, out loud",
                "What they ask, what they want to hear, and how to practise with a friend.",
                "Read it",
                "/resources/interviews/",
            ),
            (
                "Paying for it",
                "Bursaries, awards and paid placements that members really got.",
                "Read it",
                "/resources/money/",
            ),
            (
                "When the term goes wrong",
                "A failed midterm, a full head, a bad week: what to do first.",
                "Read it",
                "/resources/bad-term/",
            ),
            look="pictures",
        ),
        leads(
            "Learn something",
            ("The Python tutorial", "https://docs.python.org/3/tutorial/", "From the people who make it."),
            (
                "MDN: learn web development",
                "https://developer.mozilla.org/en-US/docs/Learn",
                "HTML, CSS and JavaScript, from nothing.",
            ),
            (
                "Pro Git",
                "https://git-scm.com/book/en/v2",
                "The whole book, free. Read the first three chapters and stop.",
            ),
            (
                "CS50",
                "https://cs50.harvard.edu/x/",
                "A first course in computer science, with the best lectures we know.",
            ),
            text="You don’t need all of these. Take one and finish its first chapter.",
        ),
        leads(
            "On campus",
            (
                "Western Libraries",
                "https://www.lib.uwo.ca/",
                "Rooms to book, and O’Reilly’s books for free with your account.",
            ),
            (
                "Accessible Education",
                "https://www.uwo.ca/",
                "Notes, exam time, software. Ask early; it is yours by right.",
            ),
            ("Career centre", "https://www.uwo.ca/", "Somebody reads your résumé before a recruiter does."),
        ),
        leads(
            "Beyond campus",
            ("SheHacks", "https://shehacks.ca/", "The weekend hackathon we run every January. Beginners win things."),
            (
                "First Robotics teams nearby",
                "https://www.firstinspires.org/",
                "Always short of mentors. You know enough.",
            ),
        ),
        wave("mint"),
        call("Something missing?", "If it helped you, it will help somebody else.", "Tell us", "/contact/"),
    ],
}

RESUME: dict[str, Any] = {
    "under": "resources",
    "title": "A first résumé",
    "slug": "resume",
    "lede": "You have more to put on it than you think. One page, plain, and true.",
    "tone": "yellow",
    "body": [
        steps(
            "An hour, in four parts",
            ("Empty your head", "Everything you ever made, fixed, organised or taught. Fifteen minutes, no judging."),
            ("Choose six", "Those where something was different afterwards because of you."),
            ("One line each", "Verb, thing, result: built a rota for twelve volunteers that halved the phone calls."),
            ("Read it out loud", "To someone. Every word you stumble over goes."),
        ),
        section(
            "When you think you have nothing",
            "A part-time job is experience with customers and pressure. A class project is a project. Looking "
            "after a brother is responsibility. Say what you did, not what you were called.",
        ),
        section(
            "What to leave out",
            then=listed(
                "A photo, your age, your full address.",
                "“References available on request.” They know.",
                "Bars that show you are 80 % Python.",
                "Anything you would not like to be asked about for ten minutes.",
            ),
        ),
        quote(
            "My mentor read my résumé out loud to me. I changed every verb, and got the co-op.",
            "Noor Haddad",
            "Third year, Software Engineering",
            3,
        ),
        section(
            "Have it read",
            "WITS members can send theirs to us twice a year; two executives answer within a week. Everyone can "
            "bring a printed one to the résumé roast, which is kinder than its name.",
        ),
        call("Bring it along", "The next roast is on the calendar.", "See what’s on", "/events/"),
    ],
}

INTERVIEWS: dict[str, Any] = {
    "under": "resources",
    "title": "Interviews, out loud",
    "slug": "interviews",
    "lede": "Nobody is born good at them. It is a small play, and you may rehearse.",
    "tone": "blush",
    "body": [
        section(
            "What they want to know",
            "Whether you can do it, whether you’d enjoy it, and whether the afternoon after you ask a question "
            "is a good one. The puzzle is only how they find out.",
        ),
        steps(
            "When you meet a problem",
            ("Say it back", "In your own words. Half of all wrong answers are right ones to another question."),
            ("Give an example", "A small one, with numbers. Then a nasty one: nothing, one, very many."),
            ("Be slow first", "Describe the plain way, say what it costs, then make it better."),
            ("Test it yourself", "Walk through your example before they ask."),
        ),
        questions(
            "Questions to have a story for",
            (
                "Tell me about something you made.",
                "Two minutes: what was wrong, what you did, what changed. Practise it until it is boring to you.",
            ),
            (
                "Tell me about a time it went badly.",
                "Pick a real one, say your part of it, and what you do differently.",
            ),
            ("Why us?", "One thing about their work that you would talk about even if you weren’t applying."),
            (
                "Do you have questions?",
                "Yes. Ask who you’d learn from, and what the last student they hired does now.",
            ),
        ),
        section(
            "Practise with a friend",
            "Thirty minutes each, then swap. The one who listens writes down three good things before anything "
            "else. We do it together twice a term.",
        ),
        section(
            "Afterwards",
            "Write down what they asked while you remember. If it is a no, ask what would have made it a yes: "
            "one in three answers, and that is worth more than the interview.",
        ),
        call("Practise with us", "Bad and then well, with cookies.", "When is the next one?", "/events/"),
    ],
}

MONEY: dict[str, Any] = {
    "under": "resources",
    "title": "Paying for it",
    "slug": "money",
    "lede": "Money is a reason people leave tech, and people rarely say so. So we do.",
    "tone": "mint",
    "body": [
        section(
            "Begin with what you already have",
            "Your faculty’s awards office keeps a list that nobody reads. Most awards under a thousand dollars "
            "get fewer than ten applications. Set aside one rainy Sunday in October.",
        ),
        section(
            "An application in an evening",
            then=listed(
                "Keep one page with your story, in your words. Every form wants a piece of it.",
                "Ask for letters three weeks ahead, and send the person five lines about what you did.",
                "Apply where you fit four of five points. The fifth is often a wish.",
            ),
        ),
        questions(
            "Small print of getting paid",
            (
                "Does a bursary change my student loan?",
                "Sometimes. Ask the awards office before you accept, not after.",
            ),
            (
                "Are unpaid internships normal?",
                "No, and in Ontario mostly not legal. Write to us if someone offers you one.",
            ),
            (
                "Can I negotiate a first offer?",
                "Yes, once, kindly. Noor did; it took one sentence. Ask your mentor to read it first.",
            ),
        ),
        section(
            "When fifteen dollars are too much",
            f"Then membership is free for you. Write to {WRITE}, no reasons needed; two people know, and they "
            "forget.",
        ),
    ],
}

BAD_TERM: dict[str, Any] = {
    "under": "resources",
    "title": "When the term goes wrong",
    "slug": "bad-term",
    "lede": "It happens to most of us once. It is rarely the end of anything, however it looks at two in the "
    "morning.",
    "tone": "blush",
    "body": [
        section(
            "Tonight",
            "Close the laptop. Eat something warm. Tell one person, even if it is only: I had a bad day. Nothing "
            "you decide at night has to be decided at night.",
            "If you are in danger or thinking of hurting yourself, call or text 9-8-8 anywhere in Canada, at any "
            "hour. On campus, call 911 or the campus police.",
        ),
        section(
            "This week",
            then=listed(
                "Write to the professor. Three sentences; they have had this mail before and mostly answer kindly.",
                "Look up the last day to drop the course without it on your record. It is later than people think.",
                "Book an academic counsellor. They know doors that no website lists.",
                "Come to Cookies &amp; Code and do nothing. You may just sit there.",
            ),
        ),
        quote(
            "I failed linear algebra, and told nobody for a month. When I did tell someone, she had failed it "
            "twice. She works on robots now.",
            "Robin Castellane",
            "Fourth year, Data Science",
            4,
        ),
        section(
            "Afterwards",
            "A transcript is one page of a long story. Ask anyone on the team about their worst mark: there is a "
            "whole podcast about it.",
        ),
        call("Talk to someone who’s been there", "Mentors are for this, too.", "Find a mentor", "/initiatives/ada/"),
    ],
}

PAGES = [RESOURCES, RESUME, INTERVIEWS, MONEY, BAD_TERM]
