"""The kinds of delivery that the outbox itself makes."""

from outbox.alert_mails import send_alert
from outbox.mail_backend import KIND, deliver_message
from outbox.registry import register


def register_all() -> None:
    """Called once, when the app is ready."""
    register(KIND, deliver_message, channel="mail")
    register("mail.alert", send_alert, channel="mail")
