"""What this room and the outbox have that needs attention."""

from home.attention import lines
from home.attention.dates import find_dates
from home.attention.pages import find_pages
from home.attention.people import find_partners, find_team
from home.attention.waiting import find_answers, find_given_up, find_photos
from home.broken_links.attention import find_broken


def register_all() -> None:
    """Called once, when the app is ready."""
    lines.register(lines.ANSWERS, find_answers)
    lines.register(lines.PAGES, find_photos)
    lines.register(lines.POST, find_given_up)
    lines.register(lines.LINKS, find_broken)
    lines.register(lines.DATES, find_dates)
    lines.register(lines.TEAM, find_team)
    lines.register(lines.PARTNERS, find_partners)
    lines.register(lines.PAGES, find_pages)
