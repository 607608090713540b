"""Six opportunities of the demonstration, their last days counted from today; one is the members' first."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from home.home_page import HomePage
from home.opportunities.index_page import OpportunitiesPage
from home.opportunities.making import make_opportunity
from home.opportunities.page import OpportunityPage
from home.page_parts import listed, paragraphs
from home.partners.records import Partner

PAGE: dict[str, Any] = {
    "title": "Somebody is looking for you",
    "seo_title": "Opportunities",
    "slug": "opportunities",
    "lede": "Jobs, internships and money for studying, from people who asked us to tell you. Apply before you feel "
    "ready: everybody else does.",
    "drawing": "open-door",
}
# `days` until the last one.
OPPORTUNITIES: list[dict[str, Any]] = [
    {
        "title": "Summer internship, data platform",
        "slug": "summer-internship-data-platform",
        "partner": "Tidewater Labs",
        "days": 9,
        "members_days": 5,
        "place": "Toronto, two days a week",
        "pay": "$31 an hour",
        "lede": "Four months with the people who keep the numbers right. You need SQL you are not afraid of, and the "
        "habit of asking why.",
        "about": paragraphs(
            "You join a team of six. In the first month you fix what others find too small; by August something of "
            "yours runs every night, and you know what happens when it doesn’t.",
            "<b>You might be the one</b> if you have ever cleaned a table that nobody thanked you for.",
        )
        + listed("Second year or later, any program", "Some SQL, some Python", "Four months from May"),
        "apply_note": "Say that WITS sent you; two of the six are alumnae.",
    },
    {
        "title": "Junior developer, accessibility",
        "slug": "junior-developer-accessibility",
        "kind": "job",
        "partner": "lumenly",
        "days": 23,
        "place": "From home",
        "country": "CA",
        "pay": "$64,000 a year",
        "lede": "Make screens that work for people who cannot see them. For new graduates who care about the last "
        "ten percent.",
        "about": paragraphs("You test with people, not with tools alone, and you mend what you find yourself."),
    },
    {
        "title": "Firmware internship",
        "slug": "firmware-internship",
        "partner": "halfmoon",
        "days": 30,
        "place": "London, Ontario",
        "pay": "$27 an hour",
        "lede": "The smallest programs you will ever write, on a board you can hold. Soldering is taught.",
        "about": paragraphs("Four months in a room with an oscilloscope and somebody patient."),
    },
    {
        "title": "The Ottoline Prize for a first project",
        "slug": "ottoline-prize",
        "kind": "scholarship",
        "employer": "The Ottoline Fund",
        "days": 44,
        "country": "",
        "pay": "$2,000, twice a year",
        "lede": "For something you built because you needed it. Unfinished is fine; unexplained is not.",
        "about": paragraphs("Two pages and a link. No marks, no letters, no photograph."),
    },
    {
        "title": "Co-op, site reliability",
        "slug": "co-op-site-reliability",
        "partner": "KESTREL",
        "days": 51,
        "place": "Waterloo, Ontario",
        "pay": "$33 an hour",
        "lede": "Learn why things fall over, from people who get up when they do. Nobody is on call before week ten.",
        "about": paragraphs("You write down what happened, then what should have. Eight months, from January."),
    },
    {
        "title": "Bursary for students with children",
        "slug": "bursary-for-students-with-children",
        "kind": "scholarship",
        "employer": "Foxglove Credit Union",
        "days": 65,
        "country": "",
        "pay": "$1,500 a term",
        "lede": "For technology students who pay for daycare. One form, one conversation, an answer within a month.",
        "about": paragraphs("Nobody asks for your marks. Bring one receipt, and a child if there is no other way."),
    },
]


def make_demo(home: HomePage) -> OpportunitiesPage:
    """The page of opportunities with what it lists; what is there already stays as it is. Partners come first."""
    index = OpportunitiesPage.objects.first() or home.add_child(instance=OpportunitiesPage(**PAGE))
    partners = {partner.name: partner for partner in Partner.objects.all()}
    today = timezone.localdate()
    for words in OPPORTUNITIES:
        if OpportunityPage.objects.child_of(index).filter(slug=words["slug"]).exists():
            continue
        fields = {name: value for name, value in words.items() if name not in {"days", "partner"}}
        partner = partners.get(words.get("partner", ""))
        make_opportunity(
            index,
            partner=partner,
            employer=words.get("employer", "") if partner else words.get("employer", words.get("partner")),
            last_day=today + timedelta(days=words["days"]),
            **{name: value for name, value in fields.items() if name != "employer"},
        )
    return index
