"""The levels and perks a fresh site begins with. All of it is the club's to edit afterwards."""

from django.db import transaction

from membership.models import Level, Perk

GENERAL = "general"
WITS_MEMBER = "wits-member"
FOR_WOMEN_PLUS = "For women and non-binary students at Western"

LEVELS = (
    {
        "slug": GENERAL,
        "name": "General member",
        "summary": "Come along and hear from us.",
        "eligibility": "Open to all genders, from any university.",
        "price_cents": 0,
        "sort_order": 20,
    },
    {
        "slug": WITS_MEMBER,
        "name": "WITS member",
        "summary": "Every perk, for the whole school year.",
        "eligibility": "Join with your school email.",
        "price_cents": 1500,
        "sort_order": 10,
    },
)
# (title, small print, group, slugs of the levels)
PERKS = (
    ("Events open to everyone", "", "", (GENERAL, WITS_MEMBER)),
    ("Early registration", "For events with limited places.", "", (WITS_MEMBER,)),
    ("Free or cheaper tickets", "", "", (WITS_MEMBER,)),
    ("Bi-weekly newsletter", "", "", (WITS_MEMBER,)),
    ("Exclusive resources", "", "", (WITS_MEMBER,)),
    ("Résumé review", "By executives.", "", (WITS_MEMBER,)),
    ("Store discount code", "", "", (WITS_MEMBER,)),
    ("A profile on this site", "", "", (WITS_MEMBER,)),
    ("Résumé database", "", FOR_WOMEN_PLUS, (WITS_MEMBER,)),
    ("Ada Mentorship", "", FOR_WOMEN_PLUS, (WITS_MEMBER,)),
    ("Hack with Heart", "", FOR_WOMEN_PLUS, (WITS_MEMBER,)),
    ("Tech Coffee Chats", "", FOR_WOMEN_PLUS, (WITS_MEMBER,)),
)


def ensure_levels() -> None:
    """Make the first levels and perks on a site that has no level yet; on any other, change nothing."""
    with transaction.atomic():
        if Level.objects.exists():
            return
        levels = {str(values["slug"]): Level.objects.create(**values) for values in LEVELS}
        for order, (title, note, group, slugs) in enumerate(PERKS, start=1):
            perk = Perk.objects.create(title=title, note=note, group=group, sort_order=order * 10)
            perk.levels.set(levels[slug] for slug in slugs)
