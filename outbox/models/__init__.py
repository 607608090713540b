"""What the outbox keeps: deliveries, pauses of channels, runs of scheduled tasks, alerts, and the words of mails."""

from outbox.models.alerts import Alert
from outbox.models.channels import ChannelPause
from outbox.models.deliveries import Delivery
from outbox.models.mail_texts import MailSettings, MailText
from outbox.models.tasks import TaskRun

__all__ = ["Alert", "ChannelPause", "Delivery", "MailSettings", "MailText", "TaskRun"]
