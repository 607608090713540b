"""The demonstration's pages for who is new: the first evening, the first program, the first time on the team."""

from typing import Any

from home.page_parts import WRITE, call, cards, leads, link, listed, questions, quote, section, steps, wave

FIRST_EVENT: dict[str, Any] = {
    "under": "about",
    "title": "Your first event",
    "slug": "first-event",
    "lede": "What happens when you walk in, so that nothing about it is a surprise. You can leave at any point "
    "and nobody will think twice.",
    "tone": "yellow",
    "drawing": "welcome",
    "body": [
        steps(
            "Minute by minute",
            ("You find the door", "There is a sign with a plus on it, and one of us in a coral scarf beside it."),
            (
                "You get a name tag",
                "First name, pronouns if you like, and one thing you could talk about for an hour.",
            ),
            ("You sit anywhere", "We mix the tables on purpose. The person next to you is probably new as well."),
            ("It begins", "Ten minutes of hello, then the thing you came for. Snacks are always allowed."),
            ("It ends on time", "Half the room stays to talk, half runs for the bus. Both are normal."),
        ),
        section(
            "What to bring",
            "Yourself and, for workshops, any laptop that turns on. If yours won’t, tell us the day before and "
            "we lend you one. Pens and paper are always there.",
        ),
        section(
            "If you’re nervous",
            f"Write to {WRITE} and say which event. One of us will meet you outside and walk in with you. We have "
            "done this many times, and about half of those people run something here now.",
            "Quiet people are welcome to be quiet. Nobody will make you introduce yourself to a whole room.",
        ),
        quote(
            "I walked past the door twice. On the third pass somebody held it open and said: you look like "
            "you’re coming in.",
            "Priya Nandakumar",
            "Second year, Health Sciences",
            2,
        ),
        wave("mint"),
        (
            "event_list",
            {
                "heading": "Good ones to begin with",
                "count": 3,
                "link": link("All events", "/events/"),
                "when_empty": "Nothing on the calendar right now. We’re probably planning, or writing exams.",
            },
        ),
    ],
}

NEVER_CODED: dict[str, Any] = {
    "under": "about",
    "title": "Start here if you’ve never coded",
    "slug": "never-coded",
    "lede": "You don’t need talent, a gaming childhood or a good mark in calculus. You need a month of small "
    "evenings and someone to ask.",
    "tone": "mint",
    "drawing": "workshop",
    "body": [
        section(
            "",
            "Every third member of WITS wrote her first line of code after she turned eighteen. This page is "
            "what we wish somebody had told us in that week.",
        ),
        steps(
            "A gentle first month",
            ("Week one: look", "Come to Cookies & Code and sit beside someone. Watch, ask, eat. Touch nothing."),
            (
                "Week two: break",
                "Take a small program of ours and change it until it stops working. That is learning.",
            ),
            ("Week three: make", "Something tiny that you want: a list of your readings, a timer for tea."),
            ("Week four: show", "Show it to one person. It will have a mistake in it. So does everything you use."),
        ),
        section(
            "What should I learn first?",
            "Python, if you don’t know. It reads almost like English, it is used everywhere, and it is what our "
            "beginners’ workshops teach. If you want to make pages, HTML and CSS. If you love spreadsheets, you "
            "already program: ask us about data.",
        ),
        section(
            "Things that are not true",
            then=listed(
                "<b>“I’m too late.”</b> Nobody who hires you will ask when you began.",
                "<b>“Real programmers don’t look things up.”</b> They do little else.",
                "<b>“I have to love computers.”</b> Loving what you can make with them is enough.",
                "<b>“Everybody here knows more.”</b> They know other things. You will see.",
            ),
        ),
        quote(
            "I’d written four lines of code in my life. In March I demoed an app to two hundred people. My hands "
            "shook; the app didn’t.",
            "Temi Adeyemi-Roy",
            "Second year, Media & Communications",
            1,
        ),
        leads(
            "Free places to practise",
            (
                "The Python tutorial",
                "https://docs.python.org/3/tutorial/",
                "From the people who make it. Dry, and right.",
            ),
            (
                "MDN: learn web development",
                "https://developer.mozilla.org/en-US/docs/Learn",
                "The best book on the web is on the web.",
            ),
            (
                "A first résumé without experience",
                "/resources/resume/",
                "Ours. What to write when you think you have nothing.",
            ),
        ),
        call("Sit beside someone", "Cookies & Code is for exactly this.", "When is the next one?", "/events/"),
    ],
}

RUN: dict[str, Any] = {
    "under": "about",
    "title": "Run it with us",
    "seo_title": "Run for executive",
    "slug": "run",
    "lede": "Every spring the whole team changes. You need no experience and no friends on the team; you need "
    "about four hours a week and something you want to change.",
    "tone": "salmon",
    "drawing": "whiteboard",
    "body": [
        steps(
            "How you get in",
            ("February", "The form opens: three questions, ten minutes, any portfolio."),
            ("March", "A chat over something warm with two people from the team. No trick questions."),
            ("Elections", "Presidents are elected by all members; portfolios are chosen together, out loud."),
            ("April", "You shadow whoever did it before you, and they hand you everything."),
        ),
        cards(
            "Where you might fit",
            ("Events & Educationals", "You like lists, rooms and the moment when strangers begin to talk.", "", ""),
            ("Mentorship & Projects", "You notice who has gone quiet, and you write to them.", "", ""),
            ("Sponsorship", "You can ask for money without apologising for it.", "", ""),
            ("Design", "You move things two pixels to the left, and you’re right.", "", ""),
            ("Development", "You’d like a real site with real users, and someone to review your code.", "", ""),
            ("Content", "You ask people how they got here, and they tell you.", "", ""),
        ),
        section(
            "What it takes",
            "About four hours a week, more in September, less in exams. One meeting, one thing that is yours, "
            "and answering messages within two days. If a term gets too full, say so early: someone takes over, "
            "and nobody keeps score.",
        ),
        section(
            "What you get",
            "A team of forty people who’ll vouch for you. Real budgets, real deadlines and real mistakes while "
            "they are still cheap. And it is the most fun any of us had at Western, which should count for "
            "something.",
        ),
        questions(
            "Before you ask",
            ("Do I have to be in tech?", "No. Our best finance lead studied history."),
            ("Do I have to be a member?", "Of the $15 kind, yes, from the day you apply."),
            ("I’m in first year. Too early?", "There is a place on the team for first-years only."),
            (
                "What if I don’t get it?",
                "Most of the team didn’t, the first time. You’ll be asked to help all the same.",
            ),
        ),
        call("See who runs it now", "Write to any of them. They like it.", "Meet the team", "/team/"),
    ],
}

PAGES = [FIRST_EVENT, NEVER_CODED, RUN]
