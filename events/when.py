"""Dates and times as people say them, in Toronto."""

from datetime import datetime

from django.utils import timezone

from events import words


def clock(moment: datetime) -> str:
    """`6:30 pm`; `moment` is aware."""
    local = timezone.localtime(moment)
    return f"{local.hour % 12 or 12}:{local.minute:02d} {words.AM if local.hour < 12 else words.PM}"


def day(moment: datetime) -> str:
    """`Wednesday 7 October`, with the year if it is not this one."""
    local = timezone.localtime(moment)
    year = "" if local.year == timezone.localtime().year else f" {local.year}"
    return f"{local:%A} {local.day} {local:%B}{year}"


def span(starts_at: datetime, ends_at: datetime) -> str:
    """`Wednesday 7 October, 6:30 to 8:30 pm`, or both days where it goes past midnight."""
    if timezone.localtime(starts_at).date() != timezone.localtime(ends_at).date():
        return words.DAYS.format(
            first=f"{day(starts_at)}, {clock(starts_at)}", last=f"{day(ends_at)}, {clock(ends_at)}"
        )
    first, last = clock(starts_at), clock(ends_at)
    if first[-2:] == last[-2:]:
        first = first[:-3]
    return f"{day(starts_at)}, {words.HOURS.format(first=first, last=last)}"
