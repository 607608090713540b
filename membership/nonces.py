"""The signed number each join form carries: one form shown is one signup.

It carries the moment it was made as well: whoever sends the form back within two seconds is a program, and a page
that stayed open for half a day may no longer say what is true. No cookie and no row is needed to check it.
"""

import secrets
import time
from dataclasses import dataclass

from django.core import signing

from membership.limits import FORM_LEAST_SECONDS, FORM_MOST_SECONDS

SALT = "membership.join-form"


class NonceRefused(Exception):
    """Not signed by us, or too old: the visitor gets a fresh one and keeps what they typed."""


@dataclass(frozen=True)
class Nonce:
    """`number` is the unique key of the signup; `age` is in seconds."""

    number: str
    age: float

    @property
    def is_too_young(self) -> bool:
        return self.age < FORM_LEAST_SECONDS


def issue(number: str = "") -> str:
    """A new signed nonce; of a signup's own `number` for the browser that goes on with it, without the wait."""
    made_at = time.time() - (FORM_LEAST_SECONDS if number else 0)
    return signing.dumps([number or secrets.token_urlsafe(24), round(made_at, 3)], salt=SALT)


def read(signed: str) -> Nonce:
    """What `issue` signed. Raises `NonceRefused`."""
    try:
        number, made_at = signing.loads(signed, salt=SALT)
    except signing.BadSignature as error:
        raise NonceRefused from error
    age = time.time() - made_at
    if age > FORM_MOST_SECONDS:
        raise NonceRefused
    return Nonce(number, age)
