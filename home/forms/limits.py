"""Limits of forms against abuse, each with its reason. They never look at what somebody wrote."""

from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from home.forms.records import Answer

# One address may be a whole campus: two lecture halls that give feedback after a workshop.
ANSWERS_AN_HOUR = 120
# A mailbox must not be bombed: one mail, and two for who sends a form again.
MAILS_AN_HOUR = 3
AN_HOUR = timedelta(hours=1)
# After that long, where an answer came from is forgotten.
KEEP_CLIENT = timedelta(days=1)
# A form that was begun before the deadline may still be sent for so long.
GRACE = timedelta(minutes=30)


class TooManyAnswers(Exception):
    """More came from one place within an hour than people send."""


def place(address: str) -> str:
    """Tells places apart without naming them: keyed, so that nobody who reads it finds the address."""
    if not address:
        return ""
    return salted_hmac("home.forms.client", address, algorithm="sha256").hexdigest()[:32]


def check(client: str) -> None:
    """Raise `TooManyAnswers` where one more from this place would be too many."""
    now = timezone.now()
    recent = Answer.objects.filter(client=client, sent_at__gt=now - AN_HOUR, sent_at__lt=now + AN_HOUR)
    if client and recent.count() >= ANSWERS_AN_HOUR:
        raise TooManyAnswers


def may_be_mailed(answer: Answer) -> bool:
    """Whether the mailbox got no more than it should of the forms sent in its name within the hour before."""
    before = Answer.objects.filter(
        email__iexact=answer.email, sent_at__gt=answer.sent_at - AN_HOUR, sent_at__lte=answer.sent_at
    )
    return before.exclude(pk=answer.pk).count() < MAILS_AN_HOUR
