"""How often a password or a code may be wrong.

Counted in the database, so that all processes count together. Each attempt is written down before it is tried and
taken back when it was right: those who try at the same moment all see each other. A name that no account has is
counted like any other, so that the limit tells nothing.
"""

import hashlib
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from desk.accounts.errors import TooManyAttempts
from desk.models import SignInAttempt
from outbox.alerts import alert

WINDOW = timedelta(minutes=15)
# Somebody who looks for last year's password tries three or four. A code of six digits, of which three are right at
# any moment, is guessed within a year with one chance in twenty even by who has the password.
BY_ACCOUNT = 10
# The whole team on the same evening, behind one campus address.
BY_ADDRESS = 40
KEPT = timedelta(days=1)


def begin(whose: str, client_address: str) -> SignInAttempt:
    """Write down an attempt that is about to be made. Raises `TooManyAttempts` where it may not."""
    digest = hashlib.sha256(whose.strip().lower().encode()).hexdigest()
    attempt = SignInAttempt.objects.create(whose=digest, client_address=client_address)
    # Of what a clock that was fast wrote down, nothing counts.
    recent = SignInAttempt.objects.filter(at__gt=attempt.at - WINDOW, at__lt=attempt.at + WINDOW)
    of_account = recent.filter(whose=digest).count()
    of_address = recent.filter(client_address=client_address).count() if client_address else 0
    if of_account > BY_ACCOUNT or of_address > BY_ADDRESS:
        attempt.delete()  # who only waits gets in again, whatever somebody else does meanwhile
        _tell()
        raise TooManyAttempts
    return attempt


def was_right(attempt: SignInAttempt) -> None:
    """Take the attempt back, with the wrong ones before it from the same place."""
    SignInAttempt.objects.filter(
        Q(pk=attempt.pk) | Q(whose=attempt.whose, client_address=attempt.client_address)
    ).delete()


def prune() -> None:
    """Forget what no limit counts any more."""
    SignInAttempt.objects.filter(at__lt=timezone.now() - KEPT).delete()


def _tell() -> None:
    alert(
        "accounts.guessing",
        key=f"accounts.guessing:{timezone.localdate()}",
        what="Wrong passwords or codes were typed many times within a quarter of an hour.",
        done="Signing in waits a quarter of an hour there. Nobody got in.",
        todo="If it was one of you, wait and try again, or ask an Owner for a new invitation. Otherwise nothing: "
        "a password alone opens nothing.",
        link="/admin/users/",
    )
