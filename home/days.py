"""Days as people say them. A day is Toronto's, whatever the server's clock is set to."""

from datetime import date

from django.utils import timezone


def in_words(day: date) -> str:
    """`Wednesday 7 October`, with the year if it is not this one."""
    year = "" if day.year == timezone.localdate().year else f" {day.year}"
    return f"{day:%A} {day.day} {day:%B}{year}"


def short(day: date) -> str:
    """`7 October`, with the year if it is not this one."""
    return in_words(day).partition(" ")[2]
