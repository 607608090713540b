"""The demonstration's pages that help: questions, and whom to write to."""

from typing import Any

from home.page_parts import WRITE, call, contacts, leads, questions, section, steps, wave

FAQ: dict[str, Any] = {
    "title": "Questions people ask",
    "seo_title": "Questions and answers",
    "slug": "faq",
    "lede": "And the answers we give at the door. If yours is missing, ask: somebody else is wondering too.",
    "tone": "yellow",
    "drawing": "on-air",
    "body": [
        questions(
            "Coming along",
            (
                "Do I have to study computer science?",
                "No. A third of us don’t. We have nurses, historians and film students, and one person who "
                "studies cheese.",
            ),
            (
                "Do I have to be a member to come?",
                "No. Nearly every event is open to everyone. A few with limited places open to members some days "
                "earlier.",
            ),
            (
                "I don’t identify as a woman. May I come?",
                "Yes. Events are open to people of every gender. A few programs, such as Ada, are for women and "
                "non-binary students, and each says so on its page.",
            ),
            (
                "Can I come alone?",
                'Most people do, once. <a href="/about/first-event/">Here is what happens when you walk in.</a>',
            ),
            (
                "I’m not at Western.",
                "Come anyway. The free level is for students of any university, and for friends.",
            ),
            (
                "Is it accessible?",
                "We book step-free rooms and say on each event’s page how to get in. For captions, a "
                f"quiet corner or anything else, write to {WRITE} a few days ahead. "
                '<a href="/accessibility/">More on that.</a>',
            ),
        ),
        questions(
            "Membership",
            (
                "What does it cost?",
                'As a general member, nothing. As a WITS member, what the <a href="/join/">join page</a> says: '
                "about the price of three coffees, for a year.",
            ),
            (
                "What do I get for it?",
                "First pick of places, mentorship, résumé reviews, cheaper tickets and a newsletter that is "
                'short. The whole list is on the <a href="/join/">join page</a>.',
            ),
            (
                "How long does it last?",
                "Until the end of the academic year. It never renews by itself, and nothing is charged again.",
            ),
            (
                "I paid and nothing happened.",
                "First look in your spam folder for a mail from us. If there is none after "
                f"an hour, write to {WRITE}. Your payment is not lost: we compare every one with Stripe.",
            ),
            (
                "I mistyped my email address.",
                f"Write to {WRITE} from the right one and say which name you used. It takes us a minute.",
            ),
            ("Can I have my money back?", 'Within 14 days, without a reason. <a href="/refunds/">How to ask</a>.'),
        ),
        questions(
            "Ada, teams and mentors",
            (
                "When can I apply for Ada?",
                "In September. The form takes ten minutes, and nobody asks for your marks.",
            ),
            (
                "Am I good enough to be a mentor?",
                "If you are in third year or above, or have graduated, you know more than you think. Mentors get "
                "a short guide and someone to call.",
            ),
            (
                "I can’t code. Can I join Hack with Heart?",
                "Yes. Teams need people who draw, write, test and ask good questions. Charities need those most.",
            ),
        ),
        questions(
            "Your data",
            (
                "What do you know about me?",
                "If you only read this site, nothing. If you join: what you typed, and when. <a "
                'href="/privacy/">In plain words</a>.',
            ),
            ("How do I leave the newsletter?", "Every issue has a link that stops it. It works at once."),
            ("Can you delete everything?", f"Yes. Write to {WRITE} from your address."),
        ),
        wave("mint"),
        call("Still wondering?", "A student reads it, usually within two days.", "Write to us", "/contact/"),
    ],
}

CONTACT: dict[str, Any] = {
    "title": "Say hi",
    "seo_title": "Contact",
    "slug": "contact",
    "lede": "Everything lands in one mailbox that several of us read. Say what it is about and it reaches the "
    "right person sooner.",
    "tone": "mint",
    "drawing": "say-hi",
    "body": [
        contacts(
            "Whom to write to for what",
            (
                "I have a question",
                "Whoever is on mail this week",
                "Short is fine. We answer within two days, slower in exams. Perhaps it is among the questions "
                "already.",
            ),
            (
                "I paid and heard nothing",
                "Finance",
                "Tell us the name and address you typed. You need no receipt: we find it.",
            ),
            (
                "My company would like to help",
                "Sponsorship",
                "Say what you’d like to do with students rather than for a logo. We’ll suggest something.",
            ),
            (
                "I’d like to speak, or to mentor",
                "Mentorship & Projects",
                "What could you tell someone two steps behind you? That is the talk.",
            ),
            (
                "Something made me uncomfortable",
                "The presidents, and only they",
                "Put “private” in the subject. You decide what happens next, and whether anything does.",
            ),
            ("I found a mistake on this site", "Development", "Thank you! Which page, and what did you expect?"),
        ),
        section(
            "Come by",
            "The University Community Centre, 1151 Richmond St, London, Ontario. Weekdays around noon one of us "
            "sits at the long table by the window, with a small sign that says wits+.",
            '<a href="https://www.openstreetmap.org/search?query=1151%20Richmond%20St%20London%20Ontario">Find it on '
            "the map</a>. The main entrance and the lift are step-free; there is a quiet room on the second floor.",
        ),
        steps(
            "What happens when you write",
            ("Someone reads it", "A person, not a form. That day or the next."),
            ("It finds its person", "If somebody else knows better, we pass it on and tell you so."),
            ("You hear back", "Within two days. If not, write again: mail gets lost, and so do we."),
        ),
        leads(
            "Perhaps it is answered already",
            ("Questions people ask", "/faq/", "About coming along, membership, mentors and your data."),
            ("Write it here", "/write-to-us/", "For who would rather not open a mail program."),
            ("How was it?", "/feedback/", "Two questions about an evening of ours, without a name."),
            ("Refund policy", "/refunds/", "Within 14 days, without a reason."),
            ("Press & brand kit", "/about/press/", "How we write our name, and our colours."),
        ),
    ],
}

PAGES = [FAQ, CONTACT]
