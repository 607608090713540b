"""What a form carries unseen, signed: which form it is, a number of its own, and when it was shown.

It tells a second press from a second answer, a program from a person, and who began before the deadline. It needs
no cookie and no row: see docs/decisions/0002-the-join-form-has-no-csrf-token.md.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.utils import timezone

SALT = "home.forms"
# Nobody reads a question and answers it within two seconds; who is faster only has to press the button once more.
LEAST = timedelta(seconds=2)
# Applications are left open over lunch and over night.
MOST = timedelta(hours=48)


class StampRefused(Exception):
    """Not signed by us, or of another form."""


@dataclass(frozen=True)
class Stamp:
    """`number` is the form's own; `begun_at` is when it was shown."""

    number: str
    begun_at: datetime

    @property
    def age(self) -> timedelta:
        return timezone.now() - self.begun_at

    @property
    def is_too_young(self) -> bool:
        return self.age < LEAST

    @property
    def is_too_old(self) -> bool:
        return self.age > MOST


def issue(form: int, begun_at: datetime | None = None) -> str:
    """A new stamp for the form of that page."""
    moment = begun_at or timezone.now()
    return signing.dumps([form, secrets.token_urlsafe(18), round(moment.timestamp(), 3)], salt=SALT)


def read(form: int, signed: str) -> Stamp:
    """What `issue` signed for this form. Raises `StampRefused`."""
    try:
        of_form, number, moment = signing.loads(signed, salt=SALT)
    except signing.BadSignature as error:
        raise StampRefused from error
    if of_form != form:
        raise StampRefused
    return Stamp(number, datetime.fromtimestamp(moment, UTC))
