"""What the demonstration has of small print beyond the first pages of every site."""

from typing import Any

from home.page_parts import MAIL, WRITE, call, listed, section, wave

CONDUCT: dict[str, Any] = {
    "title": "How we treat each other",
    "seo_title": "Code of conduct",
    "slug": "conduct",
    "lede": "It counts in our rooms, in our chats and wherever our name is on the door. For everyone: members, "
    "guests, speakers, and us.",
    "tone": "mint",
    "drawing": "together",
    "body": [
        section(
            "What we ask of you",
            "Be kind. Be on time. Leave room for others to speak. Ask before you touch, before you photograph, "
            "and before you explain.",
            "Assume that everyone in the room belongs there. They do.",
        ),
        section(
            "What we don’t accept",
            then=listed(
                "Jokes, remarks or pictures at the cost of somebody’s gender, skin, body, faith, accent or love "
                "life.",
                "Attention that isn’t wanted, in person or by message. One no is enough.",
                "Surprise at what somebody doesn’t know: “you’ve never heard of Git?”",
                "Taking pictures of people who wear a coral dot on their name tag.",
                "Selling, recruiting or preaching where it wasn’t announced.",
            ),
        ),
        section(
            "If something happens",
            "Tell anyone with a coral scarf, at once or later, out loud or in writing. You don’t have to be "
            "sure, and you don’t have to have been the one it happened to.",
            f"Or write to {WRITE} with “private” in the subject: only the two presidents read those. If it is "
            "about one of them, write to the University Students’ Council instead.",
        ),
        section(
            "What we do then",
            "We listen first, and ask what you would like to happen. We don’t tell anybody your name without "
            "you. We may talk to someone, ask them to leave, or end their membership; we decide by what keeps "
            "people safe, not by who is useful to us.",
        ),
        wave("blush"),
        call(
            "Need to tell us something?",
            "Two people read it. You decide what happens next.",
            "Write privately",
            f"mailto:{MAIL}?subject=Private",
        ),
    ],
}

ACCESSIBILITY: dict[str, Any] = {
    "title": "Everyone gets in",
    "seo_title": "Accessibility",
    "slug": "accessibility",
    "lede": "To our rooms and to this site. Where that isn’t true yet, we say so, and what we do about it.",
    "tone": "yellow",
    "body": [
        section(
            "Our events",
            then=listed(
                "We book rooms that can be reached without a step. Each event’s page says which door and which "
                "floor.",
                "Talks have a microphone, and it is used. Slides go online the day before.",
                "There is always a chair away from the crowd, and somewhere quiet nearby.",
                "Snacks are labelled. One is always vegan, one without gluten, one without nuts.",
            ),
        ),
        section(
            "What to ask us for",
            "Captions, an interpreter, a seat held near the door, a scent-free table, someone to walk in with: "
            f"write to {WRITE} as early as you can. We have a budget for it, and using it is a good week.",
        ),
        section(
            "This site",
            "It is made to meet WCAG 2.2 at level AA. It works without a mouse, without a script, at four times "
            "the size, by day and by night, and read out loud. Nothing moves for those who asked their device "
            "for less motion.",
            "We check every kind of page by program whenever the site changes, and by hand before each September.",
        ),
        section(
            "What isn’t good yet",
            "Some older photos have short descriptions. Films from before 2025 have automatic captions. Pages on "
            "other sites that we link to are not ours to mend, but we tell them.",
        ),
        section(
            "Tell us",
            f"If something is in your way, write to {WRITE}: the page, what you tried, what you use. We answer "
            "within two days and mend most things in a week.",
        ),
    ],
}

PAGES = [CONDUCT, ACCESSIBILITY]
