"""The demonstration's pages about the club: who we are, and what to write about us."""

from typing import Any

from home.page_parts import MAIL, WRITE, call, cards, listed, quote, section, steps, wave

EMPLOYERS = [
    "Northpine",
    "Cobalt & Wren",
    "Tidewater Labs",
    "KESTREL",
    "City of Harrow’s Mill",
    "lumenly",
    "Ortolan Health",
    "Ninth Street Games",
    "Bramble & Byte",
]

ABOUT: dict[str, Any] = {
    "title": "We keep the door open",
    "seo_title": "About WITS",
    "slug": "about",
    "lede": "WITS is the Women in Technology Society at Western. We started because a lecture hall of three "
    "hundred had nine of us in it, and none of the nine sat together.",
    "tone": "blush",
    "drawing": "open-door",
    "body": [
        section(
            "",
            "Everything we do comes down to one thing: nobody should have to be the only one in the room. So we "
            "make rooms. Some have whiteboards, some have recruiters, most have cookies.",
        ),
        section(
            "Who it’s for",
            "Women and non-binary people who study tech, want to, or wonder whether they could. You don’t need "
            "to be in computer science. A third of us are in engineering, a third in everything from nursing to "
            "film.",
            "Our events are open to everyone, of any gender, from any university. A few programs, such as Ada, "
            "are for women and non-binary students at Western; each says so on its page.",
        ),
        quote(
            "I kept waiting for somebody to ask what I was doing here. Somebody did, and then saved me a seat "
            "for three years.",
            "Camille Okonjo-Reyes",
            "Graduated 2025, backend engineer",
            6,
        ),
        wave("mint"),
        (
            "statistics",
            {
                "heading": "Last year, roughly",
                "figures": [
                    {"number": "312", "label": "members, a third of them in first year"},
                    {"number": "41", "label": "evenings in a room together"},
                    {"number": "58", "label": "pairs who met every other week"},
                    {"number": "2,900", "label": "cookies, by somebody’s careful count"},
                ],
            },
        ),
        wave("cream"),
        (
            "picture_text",
            {
                "heading": "How it began",
                "text": "<p>One fall, years ago, two students swapped numbers after a midterm, because each had "
                "thought she was the only one who failed it. They booked a room in the library under the name of "
                "a study group. Eleven people came, and one of them brought a chair from next door.</p><p>The "
                "chair is still in our office. It is not a good chair.</p>",
                "drawing": "empty-chair",
                "side": "left",
            },
        ),
        cards(
            "Three things we hold on to",
            ("Beginners first", "If someone new would not follow it, we explain it again, and better.", "", ""),
            ("Say what it costs", "Time, money, nerves: we tell you before you sign up, not after.", "", ""),
            ("Hand it on", "Whoever learned something teaches it once. That is how the club outlives us.", "", ""),
        ),
        wave("yellow"),
        steps(
            "A year with us",
            ("September", "Welcome picnic, sign-ups, and Ada opens. Come to anything, sit anywhere."),
            (
                "October to March",
                "An event most weeks, teams that build for charities, interviews practised out loud.",
            ),
            ("April", "We show what we made, elect who runs it next, and eat what is left of the budget."),
        ),
        section(
            "Who runs it",
            'Students, elected every spring. <a href="/team/">Meet this year’s team</a>. Nobody is paid, everybody '
            "learns: to book a room for two hundred, to ask a company for money, to say no to a company’s money.",
        ),
        (
            "logos",
            {
                "heading": "Where we’ve worked",
                "text": "Summers, co-ops and first jobs of members, as far as they told us.",
                "whose": "these",
                "logos": [{"name": name} for name in EMPLOYERS],
            },
        ),
        wave("paper"),
        cards(
            "Three ways in",
            (
                "Your first event",
                "What happens when you walk in, minute by minute.",
                "Read it",
                "/about/first-event/",
            ),
            (
                "You’ve never coded",
                "Neither had most of us. Here is a gentle first month.",
                "Begin",
                "/about/never-coded/",
            ),
            ("Run it with us", "Eleven portfolios, and one has your name on it.", "How it works", "/about/run/"),
            look="pictures",
        ),
        call(
            "Come once, see if you like it",
            "No membership needed. Pick any event and sit anywhere.",
            "See what’s on",
            "/events/",
        ),
    ],
}

PRESS: dict[str, Any] = {
    "under": "about",
    "title": "Press & brand kit",
    "slug": "press",
    "lede": "Writing about us, or putting our name on a poster? Here is how we spell it, and what it looks like.",
    "tone": "yellow",
    "body": [
        section(
            "In one sentence",
            "The Women in Technology Society (WITS) is a student club at Western University that gives women and "
            "non-binary people in tech mentors, events and each other.",
        ),
        section(
            "In one paragraph",
            "Founded by two students who met over a failed midterm, WITS has about three hundred members from "
            "every faculty. It runs an event most weeks of the year, the Ada mentorship, and Hack with Heart, "
            "where small teams build software for charities in London, Ontario. Events are open to everyone.",
        ),
        section(
            "How to write it",
            then=listed(
                "<b>WITS</b>, in capitals, said like the word. In full: Women in Technology Society.",
                "The wordmark is <b>wits+</b>, small, with a coral plus. Leave it as much air as the w is wide.",
                "<b>Women+</b> includes non-binary people, always. We don’t write “females”.",
                "Our members are students or members, not girls and not ladies.",
            ),
        ),
        (
            "statistics",
            {
                "heading": "Our colours",
                "figures": [
                    {"number": "#0A2338", "label": "navy, for words"},
                    {"number": "#E57154", "label": "coral, for the plus and large shapes"},
                    {"number": "#B3E2D4", "label": "mint"},
                    {"number": "#F4D089", "label": "yellow"},
                    {"number": "#F2D0C8", "label": "blush"},
                    {"number": "#F1EFE2", "label": "cream, the ground"},
                ],
            },
        ),
        section(
            "Photos and interviews",
            f"Write to {WRITE} with your deadline. We answer press within a day. Please ask before you photograph "
            "an event: some members have good reasons not to be found.",
        ),
        call("Need the wordmark as a file?", "We send it as SVG and PNG.", "Write to us", f"mailto:{MAIL}"),
    ],
}

PAGES = [ABOUT, PRESS]
