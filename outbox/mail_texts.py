"""The rows of editable mail texts, kept in step with the kinds that are registered."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from outbox.mails import MailKind, mail_kind, mail_kinds, send_mail
from outbox.models import Delivery, MailText
from outbox.promises import promise

TEST_KIND = "mail.test"
EXAMPLE_PATH = "/"


def ensure_mail_texts(**_: Any) -> None:
    """Make a row for each registered mail, and let rows that nobody edited follow the original words.

    Receives `post_migrate`, so a new kind of mail is in the admin after the next deployment.
    """
    rows = {row.key: row for row in MailText.objects.all()}
    for kind in mail_kinds():
        row = rows.get(kind.key) or MailText(key=kind.key)
        if not row.edited:
            take_original(row, kind)
        row.label = kind.label
        row.save()


def take_original(row: MailText, kind: MailKind) -> None:
    """Put the original words into `row`, unsaved."""
    row.subject, row.body, row.button = kind.subject, kind.body, kind.button


def restore(row: MailText) -> None:
    """Give a mail its original words back."""
    take_original(row, mail_kind(row.key))
    row.edited = False
    row.changed_at = timezone.now()
    row.save()


def promise_test(row: MailText, user_pk: int) -> None:
    """Promise a mail with the saved words and the examples to one user."""
    with transaction.atomic():
        promise(TEST_KIND, f"{TEST_KIND}:{uuid4()}", {"mail": row.key, "user": user_pk})


def deliver_test(delivery: Delivery) -> None:
    """Send a test mail to the user who asked for it."""
    user = get_user_model().objects.filter(pk=delivery.payload["user"]).first()
    if user is None or not user.email:
        return
    kind = mail_kind(delivery.payload["mail"])
    send_mail(
        kind.key,
        to=user.email,
        variables=dict(kind.variables),
        message_key=delivery.key,
        button_url=example_url(),
    )


def example_url() -> str:
    """Where the button of a preview or test leads: our own front page."""
    return str(settings.SITE_URL) + EXAMPLE_PATH
