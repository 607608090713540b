"""The mails of forms: to who sent one, in the form's own words, and to who reads the answers, naming nobody."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from home import registry
from home.forms import limits
from home.forms.records import Answer
from outbox.errors import TransportError
from outbox.mails import MailKind, Rendered, Words, build, register_mail, render, send_mail
from outbox.models import Delivery
from outbox.promises import promise
from outbox.registry import register
from outbox.smtp import send_now

THANKS, TOLD = "forms.thanks", "forms.told"
NAME_IN_A_MAIL = 80

# Not among the mail texts: its words are those of each form.
OWN = MailKind(
    key=THANKS,
    label="Answer to a form",
    purpose="Sent to who filled in a form, in the words of that form.",
    variables={"name": "Maya Okafor", "form": "Apply for Ada", "deleted_on": "30 April 2027"},
    subject="We have your answer",
    body="Hi {name},\n\nWe have what you sent with “{form}”. Somebody reads it soon.",
)
NEW_ANSWER = MailKind(
    key="forms.told",
    label="New answer to a form",
    purpose="Sent to who reads a form's answers, at most twice an hour for each form. It names nobody.",
    variables={"form": "Apply for Ada", "unread": "3"},
    subject="New answer: {form}",
    body="Somebody sent the form “{form}”.\n\nAnswers that nobody has read yet: {unread}. The button leads to them.",
    button="Read the answers",
    required=frozenset({"form"}),
)


def register_all() -> None:
    """Make the mails and their deliveries known."""
    register_mail(NEW_ANSWER)
    register(THANKS, send_thanks, channel="mail", label="Mail to who sent a form")
    register(TOLD, tell_readers, channel="mail", label="Mail to who reads a form's answers")


def promise_mails(answer: Answer) -> None:
    """Promise what follows from an answer, in its transaction."""
    form = answer.form
    if answer.email and (form.sends_mail or form.for_members):
        promise(THANKS, f"{THANKS}:{answer.key}", {"answer": answer.pk})
    now = timezone.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    # The first in an hour is told at once; of all that follow it, one mail at the end of the hour.
    key = f"{TOLD}:{form.pk}:{hour:%Y%m%d%H}"
    first = promise(TOLD, key, {"form": form.pk, "first": answer.pk})
    if first.payload["first"] != answer.pk:
        promise(TOLD, f"{key}:rest", {"form": form.pk}, due_at=hour + timedelta(hours=1))


def send_thanks(delivery: Delivery) -> None:
    """The form's own words; of a form for members, other words for an address that is no member's."""
    answer = Answer.objects.select_related("form").filter(pk=delivery.payload["answer"]).first()
    if answer is None or not answer.email:
        return
    form = answer.form
    if form.for_members:
        answer.by_member = registry.is_member(answer.email)
        answer.save(update_fields=["by_member"])
    stranger = form.for_members and not answer.by_member
    if not limits.may_be_mailed(answer) or not (stranger or form.sends_mail):
        return
    values = {
        "name": answer.name[:NAME_IN_A_MAIL],
        "form": form.title,
        "deleted_on": date_format(answer.delete_on, "j F Y"),
    }
    rendered = thanks_mail(*form.mail_words(stranger), values)
    send_now(build(rendered, to=[answer.email], message_key=delivery.key))


def thanks_mail(subject: str, body: str, values: dict[str, str]) -> Rendered:
    """The mail as it would be sent."""
    return render(OWN, Words(subject, body, ""), values)


def tell_readers(delivery: Delivery) -> None:
    """One mail to each of those who are told; none where everything has been read meanwhile."""
    answers = Answer.objects.filter(form=delivery.payload["form"])
    first = answers.select_related("form").first()
    unread = answers.filter(read_at=None).count()
    if first is None or not unread:
        return
    url = f"{settings.SITE_URL}{reverse('answers:index')}?form={first.form_id}"
    refused = None
    for address in first.form.told_addresses:
        try:
            send_mail(
                NEW_ANSWER.key,
                to=address,
                variables={"form": first.form.title, "unread": str(unread)},
                message_key=f"{delivery.key}:{address}",
                button_url=url,
            )
        except TransportError as error:
            # An address that is gone keeps nobody else from being told.
            if not error.permanent:
                raise
            refused = error
    if refused:
        raise refused
