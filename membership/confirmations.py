"""The mail whose link confirms a free membership, at most a few an hour to one mailbox."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from membership import limits
from membership.addresses import mailbox_digest
from membership.models import Level, Signup
from outbox.models import Delivery
from outbox.promises import promise


def send_again(uuid: str) -> None:
    """Promise another confirmation mail, unless three went to this address within the hour. Same answer always."""
    with transaction.atomic():
        signup = Signup.objects.select_for_update().filter(uuid=uuid, state=Signup.State.UNCONFIRMED).first()
        if signup is not None:
            promise_one(signup)


def promise_one(signup: Signup) -> None:
    """Promise the mail with the link, at most three an hour to one address: a form must not bomb a mailbox.

    To be called in the transaction that makes the mail necessary.
    """
    # Whoever asks for such a mail waits here for the one before: else twelve forms sent at once all count none.
    list(Level.objects.select_for_update(no_key=True).filter(price_cents=0).order_by("pk").values_list("pk"))
    mailbox = mailbox_digest(signup.email)
    if _confirmations_lately(mailbox) < limits.CONFIRM_MAILS_AN_HOUR:
        about = f"signup:{signup.uuid}"
        number = Delivery.objects.filter(kind="mail.confirm", about=about).count() + 1
        payload = {"signup": str(signup.uuid), "mailbox": mailbox}
        promise("mail.confirm", f"mail.confirm:{signup.uuid}:{number}", payload, about=about)


def _confirmations_lately(mailbox: str) -> int:
    """How many confirmation mails were promised to that mailbox within the hour.

    Whatever form asked for them, and whatever address that form was corrected to afterwards.
    """
    now, hour = timezone.now(), timedelta(hours=1)
    # Nor of the hour to come: a clock that was fast and is right again must not keep anybody waiting.
    lately = Delivery.objects.filter(created_at__gt=now - hour, created_at__lt=now + hour)
    return lately.filter(kind="mail.confirm", payload__mailbox=mailbox).count()
