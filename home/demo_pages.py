"""The words of the demonstration's pages."""

from typing import Any


def section(heading: str, *paragraphs: str) -> tuple[str, dict[str, str]]:
    """A section of plain paragraphs."""
    return "section", {"heading": heading, "text": "".join(f"<p>{words}</p>" for words in paragraphs)}


ABOUT: dict[str, Any] = {
    "title": "We keep the door open",
    "seo_title": "About WITS",
    "slug": "about",
    "lede": "WITS is the Women in Technology Society at Western. We started because a lecture hall of three hundred "
    "had nine of us in it, and none of the nine sat together.",
    "tone": "blush",
    "drawing": "together",
    "body": [
        section(
            "",
            "Everything we do comes down to one thing: nobody should have to be the only one in the room. So we make "
            "rooms. Some have whiteboards, some have recruiters, most have cookies.",
        ),
        section(
            "Who it’s for",
            "Women and non-binary people who study tech, want to, or wonder whether they could. You don’t need to be "
            "in computer science. A third of us are in engineering, a third in everything from nursing to film.",
            "Our events are open to everyone, of any gender, from any university. A few programs, such as Ada, are "
            "for women and non-binary students at Western; each says so on its page.",
        ),
        (
            "quote",
            {
                "words": "I kept waiting for somebody to ask what I was doing here. Somebody did, and then saved me "
                "a seat for three years.",
                "name": "Camille Okonjo-Reyes",
                "about": "Graduated 2025, backend engineer",
                "portrait": "portrait-6",
            },
        ),
        section(
            "Who runs it",
            "Students, elected every spring. Nobody is paid, everybody learns: to book a room for two hundred, to "
            "ask a company for money, to say no to a company’s money.",
        ),
        section(
            "Where to find us",
            "In the University Community Centre most weekdays around noon, at any event on this site, or by mail at "
            '<a href="mailto:wits.uwo@gmail.com">wits.uwo@gmail.com</a>.',
        ),
        (
            "call",
            {
                "heading": "Come once, see if you like it",
                "text": "No membership needed. Pick any event and sit anywhere.",
                "link": {"text": "See what’s on", "page": None, "address": "/events/"},
            },
        ),
    ],
}

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

TERMS: dict[str, Any] = {
    "title": "Terms of membership",
    "slug": "terms",
    "lede": "What you get, what you pay, and how we treat each other. It takes two minutes to read.",
    "tone": "mint",
    "body": [
        section(
            "What you get",
            "A membership of the Women in Technology Society at the level you choose, with the perks that stand "
            "beside it on the join page. Some perks are for women and non-binary Western students; each says so.",
            "It lasts until the date that the join page names. It does not renew by itself, and nothing is charged "
            "again.",
        ),
        section(
            "What you pay",
            "The price on the join page, in Canadian dollars, once. You pay on Stripe’s own page; we never see your "
            "card number. If you change your mind, our refund policy says how you get it back.",
        ),
        section(
            "How we treat each other",
            "Be kind, be on time, leave room for others. We may ask someone who makes an event worse for others to "
            "leave, and end a membership if it happens again.",
        ),
        section(
            "Questions",
            'Write to <a href="mailto:wits.uwo@gmail.com">wits.uwo@gmail.com</a>. A student reads it, usually within '
            "two days.",
        ),
    ],
}

REFUNDS: dict[str, Any] = {
    "title": "Refund policy",
    "slug": "refunds",
    "lede": "Changed your mind within 14 days? You get everything back, no reasons needed.",
    "tone": "yellow",
    "body": [
        section(
            "How to ask",
            'Write to <a href="mailto:wits.uwo@gmail.com">wits.uwo@gmail.com</a> from the address you joined with, '
            "within 14 days of paying. One line is enough.",
            "We send the whole amount back to the card you paid with. Banks take five to ten days to show it, and "
            "your membership ends with it.",
        ),
        section(
            "After 14 days",
            "If you paid twice by mistake, or we could not give you what we promised, you get your money back "
            "whenever you tell us. Otherwise the membership stays yours until it ends.",
        ),
    ],
}

PRIVACY: dict[str, Any] = {
    "title": "Your data, in plain words",
    "seo_title": "Privacy",
    "slug": "privacy",
    "lede": "We ask for little, we say what we do with it, and we delete it when you ask.",
    "tone": "blush",
    "body": [
        section(
            "What we know about you",
            "If you join: your name, your email address, your level, when you joined and until when, what you paid, "
            "and whether you want the newsletter. If you only read this site: nothing.",
        ),
        section(
            "Who else sees it",
            "Stripe takes your payment and knows your name, email address and card. HubSpot keeps our contact list, "
            "and sends the newsletter if you asked for it. Both keep data in the United States. The students who run "
            "the club see the member list. Nobody else, and we never sell it.",
        ),
        section(
            "Cookies",
            "None while you read. When you fill in the join form, your browser keeps two small notes: one that "
            "proves the form is yours, one that lets you come back to it. No ads, no tracking.",
        ),
        section(
            "Newsletter",
            "Only if you ticked the box. Every issue has a link that stops it.",
        ),
        section(
            "See it, correct it, delete it",
            'Write to <a href="mailto:wits.uwo@gmail.com">wits.uwo@gmail.com</a> from the address you joined with. '
            "We send you what we have, put right what is wrong, or delete it. Records of payments stay for as long "
            "as the club must keep its books.",
        ),
    ],
}
