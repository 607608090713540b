"""A club's year: it begins in the month in which a new team takes over, and is named after both calendar years."""

from calendar import month_name
from datetime import date

MONTHS = [(number, month_name[number]) for number in range(1, 13)]


def year_of(day: date, first_month: int) -> int:
    """When the club's year of that day (in Toronto) began: 2026 for October 2026 and for March 2027."""
    return day.year if day.month >= first_month else day.year - 1


def in_words(year: int) -> str:
    """`2026–27`, as people say it."""
    return f"{year}–{(year + 1) % 100:02}"


def slug(year: int) -> str:
    """`2026-27`, as it stands in an address."""
    return f"{year}-{(year + 1) % 100:02}"


def from_slug(text: str) -> int | None:
    """The year of `2026-27`; None for anything else, such as 2026-28."""
    first = text[:4]
    if first.isascii() and first.isdigit() and slug(int(first)) == text:
        return int(first)
    return None
