"""Invented companies in three tiers, with logos or without, and people who came to speak. None of them exists."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page

from home.home_page import HomePage
from home.partners.marks import draw_logo
from home.partners.page import PartnersPage
from home.partners.records import Partner, PartnerTier, PastSpeaker
from home.pictures.records import Picture

PAGE: dict[str, Any] = {
    "title": "They pay for the pizza",
    "seo_title": "Partners",
    "slug": "partners",
    "lede": "And the rooms, and the speakers’ trains. Then they read your résumé. It seems fair to us.",
    "tone": "blush",
    "drawing": "open-door",
    "speakers_heading": "They came, they spoke, they stayed for questions",
    "speakers_lede": "Ask any of us which one cried. It was the audience.",
    "call_heading": "Bring your company",
    "call_text": "You bring a speaker, a problem or a pizza. We bring two hundred people who stay until the lights "
    "go out and ask better questions than your interviewers.\n\nPartnerships run from September to April. We answer "
    "within a week, exams or not.",
    "sum_left": "office",
    "sum_left_words": "your company",
    "sum_right": "crowd",
    "sum_right_words": "two hundred of us",
}
CALL = {"text": "Write to us", "page": None, "address": "mailto:wits.uwo@gmail.com"}
FAIR = [
    ("What partners get", "A room full of people who chose to be there, a table at the recruiting series, the résumé "
     "book of those members who want to be in it, and their name on this page for the year."),
    ("What it costs", "An evening of snacks, from $200. A term of talks or interviews, $1,000. A year of rooms and a "
     "scholarship, $4,000. If you are five people in a garage, tell us what you can do, and we find the size that "
     "fits. No contract is longer than a school year."),
    ("What they don’t get", "Our mailing list, a say in who may join, or a talk that is an advertisement. We end "
     "those early, and politely."),
]  # fmt: skip

# Name, what they do for us, how large their logos are.
TIERS = [
    ("They keep the lights on", "Rooms for a whole year, and a scholarship.", PartnerTier.Size.LARGE),
    ("They send their people", "Speakers, mentors, an afternoon of interviews.", PartnerTier.Size.MEDIUM),
    ("They bring the snacks", "Never underestimate them.", PartnerTier.Size.SMALL),
]


@dataclass(frozen=True)
class Company:
    """An invented one: its tier by place in `TIERS`, and how its logo is drawn; without a mark it has none.

    `first` and `last` are days of the agreement, counted from today.
    """

    name: str
    tier: int
    mark: str = ""
    ink: str = "#0a2338"
    font: str = "rubik"
    weight: int = 600
    first: int = -80
    last: int | None = 200


COMPANIES = [
    Company("Northpine", 0, "tree", "#1f5a52"),
    Company("Tidewater Labs", 0, "waves", "#1d3f72", "nunito", 800),
    Company("KESTREL", 1, "wings", "#ae3e1e", weight=800),
    Company("lumenly", 1, "moon", "#5b3f8c", weight=400),
    Company("Bramble & Byte", 1, "berries", "#7a2048", "nunito", 900),
    Company("Ortolan Health", 1),
    Company("halfmoon", 2, "sunk", "#0a2338", weight=500),
    Company("Foxglove Credit Union", 2),
    Company("Ampersand Bakery", 2),
    Company("Rill & Daughters", 2),
    Company("Copperline", 1, first=-500, last=-140),  # over: nobody sees it any more
    Company("Saltmarsh Robotics", 0, first=60, last=None),  # signed, and not begun
]

# Name, role, company, what about, how many years ago.
SPEAKERS = [
    ("Henrike Solberg-Adu", "Staff engineer", "Northpine", "Inside a technical interview", 0),
    ("Marisol Quintanar", "Recruiter", "Tidewater Labs", "What I read in the first nine seconds", 0),
    ("Dr. Anneke van der Woude", "Head of data", "Ortolan Health", "Your model is wrong, and that’s fine", 0),
    ("Tamsin Blackwood-Ito", "Product designer", "lumenly", "Drawing before coding", 0),
    ("Wilhelmina Oyelaran", "Site reliability engineer", "KESTREL", "Who gets paged at three", 1),
    ("Siobhan Fitzgerald-Kaur", "Founder", "Bramble & Byte", "How we lost our first customer", 1),
    ("Ewa Kowalczyk", "Security analyst", "Foxglove Credit Union", "Locks, and who has the keys", 1),
    ("Jacqueline Desrosiers", "Engineering manager", "Northpine", "Asking for more money, live", 2),
    ("Parisa Golshiri", "Firmware engineer", "halfmoon", "It worked on my bench", 2),
]


def make_demo(home: HomePage, *, call: Page | None = None) -> PartnersPage:
    """The partners page, its partners and past speakers; what is there already stays as it is.

    `call` is the page on which a company becomes a partner.
    """
    page = PartnersPage.objects.first()
    if page is None:
        link = {"text": "Bring yours", "page": call, "address": ""} if call else CALL
        body = [("section", {"heading": heading, "text": f"<p>{text}</p>"}) for heading, text in FAIR]
        page = home.add_child(instance=PartnersPage(call_link=[("link", link)], body=body, **PAGE))
    if not Partner.objects.exists():
        _make_partners()
    if not PastSpeaker.objects.exists():
        year = timezone.localdate().year
        PastSpeaker.objects.bulk_create(
            PastSpeaker(name=name, role=role, company=company, topic=topic, year=year - ago)
            for name, role, company, topic, ago in SPEAKERS
        )
    return page


def _make_partners() -> None:
    tiers = [
        PartnerTier.objects.get_or_create(name=name, defaults={"words": words, "size": size, "order": 10 * number})[0]
        for number, (name, words, size) in enumerate(TIERS, start=1)
    ]
    today = timezone.localdate()
    for number, company in enumerate(COMPANIES):
        Partner.objects.create(
            name=company.name,
            tier=tiers[company.tier],
            logo=_logo(company),
            link="https://example.com/",
            since=today + timedelta(days=company.first),
            until=today + timedelta(days=company.last) if company.last is not None else None,
            order=10 * number,
        )


def _logo(company: Company) -> Picture | None:
    if not company.mark:
        return None
    png = draw_logo(company.name, company.mark, company.ink, font=company.font, weight=company.weight)
    return Picture.objects.create(
        title=company.name,
        description=f"The logo of {company.name}",
        file=ContentFile(png, f"{company.mark}.png"),
    )
