"""The kinds of delivery that the outbox itself makes."""

from outbox.alert_mails import send_alert, send_all_well, send_digest
from outbox.figures import delivered_since, register_weekly_figure
from outbox.mail_backend import KIND, deliver_message
from outbox.mail_texts import TEST_KIND, deliver_test
from outbox.registry import register


def register_all() -> None:
    """Called once, when the app is ready."""
    register(KIND, deliver_message, channel="mail", label="Mail of the site")
    register("mail.alert", send_alert, channel="mail", label="Alert to the club")
    register("mail.digest", send_digest, channel="mail", label="Daily digest to the club")
    register("mail.weekly", send_all_well, channel="mail", label="Weekly “all well” to the club")
    register(TEST_KIND, deliver_test, channel="mail", label="Test of a mail text")
    register_weekly_figure("deliveries made (mails, Stripe, HubSpot)", delivered_since)
