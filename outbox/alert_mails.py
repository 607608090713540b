"""The mails that tell people: one alert, the daily digest, and the weekly "all well"."""

from html import escape

from django.conf import settings

from outbox.errors import TransportError
from outbox.mails import build, compose
from outbox.models import Alert, Delivery
from outbox.smtp import send_now

REASON = "You get this mail because this address is the one that the site tells of trouble."


def send_alert(delivery: Delivery) -> None:
    """Mail one alert to the club."""
    alert = Alert.objects.filter(pk=delivery.payload["alert"]).first()
    if alert is None:
        return
    parts = [("What happened", alert.what), ("What the site did", alert.done), ("What you can do", alert.todo)]
    parts = [(head, words) for head, words in parts if words]
    send_to_club(
        subject=_subject(alert.what),
        body_html="".join(f"<h2>{escape(head)}</h2><p>{escape(words)}</p>" for head, words in parts),
        body_text="\n\n".join(f"{head}: {words}" for head, words in parts),
        button="Open it in the admin" if alert.link else "",
        button_url=settings.SITE_URL + alert.link if alert.link else "",
        message_key=delivery.key,
    )


def send_to_club(
    *, subject: str, body_html: str, body_text: str, message_key: str, button: str = "", button_url: str = ""
) -> None:
    """Mail those whom `settings.ALERT_EMAILS` names. Raises TransportError."""
    if not settings.ALERT_EMAILS:
        raise TransportError("ALERT_EMAILS names nobody: there is no one to tell.", permanent=True)
    rendered = compose(
        subject=subject,
        body_html=body_html,
        body_text=body_text,
        button=button,
        button_url=button_url,
        reason=REASON,
    )
    send_now(build(rendered, to=list(settings.ALERT_EMAILS), message_key=message_key))


def _subject(what: str) -> str:
    sentence = what.split(". ")[0]
    return "WITS site: " + (sentence if len(sentence) <= 90 else sentence[:89] + "…")
