"""Handing a message to the mail server, now. Called in delivery handlers only."""

import hashlib
import logging
import smtplib
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from outbox.errors import TransportError

logger = logging.getLogger(__name__)

SERVER_OPTIONS = {
    "EMAIL_HOST": "host",
    "EMAIL_PORT": "port",
    "EMAIL_HOST_USER": "username",
    "EMAIL_HOST_PASSWORD": "password",
    "EMAIL_USE_TLS": "use_tls",
    "EMAIL_USE_SSL": "use_ssl",
}


def message_id(message_key: str) -> str:
    """The Message-ID of a mail: the same for the same key, so that mail programs show a repeated mail once."""
    domain = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{hashlib.sha256(message_key.encode()).hexdigest()[:32]}@{domain}>"


def send_now(message: EmailMessage) -> None:
    """Hand `message` to the server of `settings.SMTP`, within `settings.EMAIL_TIMEOUT` seconds for each step.

    Raises TransportError: permanent for a recipient or message that is refused for good (5xx), pausing when the
    server refuses us altogether (sign-in, sender), to be tried again for everything else. Never names an address.
    """
    server = dict(settings.SMTP)
    options: dict[str, Any] = {ours: server[theirs] for theirs, ours in SERVER_OPTIONS.items() if theirs in server}
    connection = get_connection(
        server.get("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend"),
        timeout=settings.EMAIL_TIMEOUT,
        **options,
    )
    try:
        _open(connection)
        _send(connection, message)
    except (OSError, smtplib.SMTPServerDisconnected) as error:
        # Every SMTPException is an OSError too: what _open and _send did not recognise is worth another try.
        raise TransportError(f"The mail server could not be reached ({type(error).__name__}).") from error
    finally:
        _close(connection)


def _close(connection: Any) -> None:
    try:
        connection.close()
    except OSError as error:
        # The message was accepted or refused before this: a rude goodbye must not send it twice.
        logger.info("The mail server ended the connection badly (%s).", type(error).__name__)


def _open(connection: Any) -> None:
    try:
        connection.open()
    except smtplib.SMTPAuthenticationError as error:
        if 400 <= error.smtp_code < 500:
            raise TransportError(f"The mail server could not sign us in just now ({error.smtp_code}).") from error
        raise TransportError(f"The mail server refused our sign-in ({error.smtp_code}).", pauses=True) from error
    except smtplib.SMTPNotSupportedError as error:
        raise TransportError(
            "The mail server does not offer the encryption or sign-in we need.", pauses=True
        ) from error


def _send(connection: Any, message: EmailMessage) -> None:
    try:
        connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        codes = sorted({int(code) for code, _ in error.recipients.values()})
        raise TransportError(
            f"The mail server refused the recipient ({', '.join(map(str, codes))}).",
            permanent=all(code >= 500 for code in codes),
        ) from error
    except smtplib.SMTPSenderRefused as error:
        too_big = error.smtp_code == 552
        raise TransportError(
            f"The mail server refused our sender address ({error.smtp_code}).",
            permanent=too_big,
            pauses=error.smtp_code >= 500 and not too_big,
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise TransportError("The mail server cannot handle such an address.", permanent=True) from error
    except smtplib.SMTPResponseException as error:
        raise TransportError(
            f"The mail server refused the message ({error.smtp_code}).", permanent=error.smtp_code >= 500
        ) from error
