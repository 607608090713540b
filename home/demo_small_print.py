"""The demonstration's small print, in words that a person can read."""

from typing import Any

from home.demo_parts import MAIL, WRITE, call, listed, section, wave

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
            "It lasts until the date that the join page names. It does not renew by itself, and nothing is "
            "charged again.",
        ),
        section(
            "What you pay",
            "The price on the join page, in Canadian dollars, once. You pay on Stripe’s own page; we never see "
            'your card number. If you change your mind, our <a href="/refunds/">refund policy</a> says how you '
            "get it back.",
        ),
        section(
            "How we treat each other",
            'Our <a href="/conduct/">code of conduct</a> counts at every event and in every chat. We may ask '
            "someone who makes an event worse for others to leave, and end a membership if it happens again.",
        ),
        section(
            "What we may change",
            "Perks come and go with the companies that pay for them. If one that you joined for ends within your "
            "year, tell us, and we find something fair.",
        ),
        section("Questions", f"Write to {WRITE}. A student reads it, usually within two days."),
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
            f"Write to {WRITE} from the address you joined with, within 14 days of paying. One line is enough.",
            "We send the whole amount back to the card you paid with. Banks take five to ten days to show it, "
            "and your membership ends with it.",
        ),
        section(
            "After 14 days",
            "If you paid twice by mistake, or we could not give you what we promised, you get your money back "
            "whenever you tell us. Otherwise the membership stays yours until it ends.",
        ),
        section(
            "Tickets",
            "Tickets for single events can be given back until the day before. If we call an event off, "
            "everybody gets their money back without asking.",
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
            "If you join: your name, your email address, your level, when you joined and until when, what you "
            "paid, and whether you want the newsletter. If you only read this site: nothing.",
        ),
        section(
            "Who else sees it",
            "Stripe takes your payment and knows your name, email address and card. HubSpot keeps our contact "
            "list, and sends the newsletter if you asked for it. Both keep data in the United States. The "
            "students who run the club see the member list. Nobody else, and we never sell it.",
        ),
        section(
            "Cookies",
            "None while you read. When you fill in the join form, your browser keeps two small notes: one that "
            "proves the form is yours, one that lets you come back to it. No ads, no tracking.",
        ),
        section("Films", "They lie on YouTube, which learns of you only when you press play."),
        section("Newsletter", "Only if you ticked the box. Every issue has a link that stops it."),
        section(
            "See it, correct it, delete it",
            f"Write to {WRITE} from the address you joined with. We send you what we have, put right what is "
            "wrong, or delete it. Records of payments stay for as long as the club must keep its books.",
        ),
    ],
}

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

PAGES = [TERMS, REFUNDS, PRIVACY, CONDUCT, ACCESSIBILITY]
