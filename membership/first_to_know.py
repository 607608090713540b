"""Links that are for members first: mailed to a member who asks, and to nobody else."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from home.days import in_words
from home.opportunities.page import OpportunityPage
from membership import emails
from membership.addresses import email_key
from membership.models import Member
from membership.standing import ACTIVE, members_who_are
from outbox.mails import send_mail
from outbox.models import Delivery
from outbox.promises import promise
from outbox.registry import register

KIND = "mail.opportunity"
# Whoever types somebody's address fills nobody's mailbox.
MAILS_AN_HOUR = 6


def register_all() -> None:
    """Name the handler of the mail."""
    register(KIND, send_link, channel="mail", label="Link that is for members first")


def send_to_member(email: str, page: int) -> None:
    """Promise the link of that opportunity to the member of that address: once an hour, and few in all.

    For any other address a promise is written too, which does nothing: an answer takes as long for everybody.
    """
    now = timezone.now()
    found = members_who_are(ACTIVE, Member.objects.filter(email_key=email_key(email)), timezone.localdate()).first()
    about = f"member:{found.uuid}" if found else ""
    lately = Delivery.objects.filter(kind=KIND, about=about, created_at__gt=now - timedelta(hours=1))
    if lately.count() >= MAILS_AN_HOUR:
        return
    key = f"{KIND}:{page}:{found.uuid if found else 'nobody'}:{now:%Y%m%d%H}"
    with transaction.atomic():
        promise(KIND, key, {"member": str(found.uuid) if found else "", "page": page}, about=about)


def send_link(delivery: Delivery) -> None:
    """The mail with the button, while the opportunity is open."""
    page = OpportunityPage.objects.filter(pk=delivery.payload["page"], live=True).first()
    member = Member.objects.filter(uuid=delivery.payload["member"] or uuid4()).first()
    if member is None or page is None or page.is_over:
        return
    send_mail(
        emails.FIRST_TO_KNOW.key,
        to=member.email,
        variables={
            "first_name": member.first_name,
            "title": page.title,
            "from": page.offered_by,
            "last_day": in_words(page.last_day),
        },
        message_key=delivery.key,
        button_url=page.apply_link,
    )
