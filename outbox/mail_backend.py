"""Django's mail interface, as promises in the outbox: Wagtail's and other apps' mails go the same way as ours."""

import base64
import uuid
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from outbox.models import Delivery
from outbox.promises import promise
from outbox.smtp import message_id, send_now

KIND = "mail.message"


class PromiseBackend(BaseEmailBackend):
    """Writes each message as a delivery, in the caller's transaction if there is one.

    The whole message stands in the row, because nobody could make it again later; it is emptied when it was sent.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            return sum(self._promise(message) for message in email_messages)

    def _promise(self, message: EmailMessage) -> int:
        recipients = message.recipients()
        if not recipients:
            return 0
        key = f"{KIND}:{uuid.uuid4()}"
        message.extra_headers.setdefault("Message-ID", message_id(key))
        finished: Any = message.message()
        raw: bytes = finished.as_bytes(linesep="\r\n")
        payload = {
            "from": message.from_email,
            "to": recipients,
            "raw": base64.b64encode(raw).decode(),
        }
        promise(KIND, key, payload)
        return 1


class StoredMessage(EmailMessage):
    """A message as it was written down, for the mail server."""

    def __init__(self, payload: dict[str, Any]) -> None:
        super().__init__(from_email=payload["from"], to=payload["to"])
        self.raw = base64.b64decode(payload["raw"])

    def message(self, *args: Any, **kwargs: Any) -> Any:
        return StoredBytes(self.raw)


class StoredBytes:
    """The one thing that a mail server's backend asks of a finished message."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    def as_bytes(self, unixfrom: bool = False, linesep: str = "\r\n") -> bytes:
        return self.raw


def deliver_message(delivery: Delivery) -> None:
    """Hand a message that Django's mail interface was given to the mail server."""
    send_now(StoredMessage(delivery.payload))
