"""The kinds of delivery that the outbox itself makes."""

from outbox.alert_mails import send_alert, send_all_well, send_digest
from outbox.figures import delivered_since, register_weekly_figure
from outbox.mail_backend import KIND, deliver_message
from outbox.mail_texts import TEST_KIND, deliver_test
from outbox.registry import register


def register_all() -> None:
    """Called once, when the app is ready."""
    register(KIND, deliver_message, channel="mail")
    register("mail.alert", send_alert, channel="mail")
    register("mail.digest", send_digest, channel="mail")
    register("mail.weekly", send_all_well, channel="mail")
    register(TEST_KIND, deliver_test, channel="mail")
    register_weekly_figure("deliveries made (mails, Stripe, HubSpot)", delivered_since)
