"""The mails that tell people: one alert, the daily digest, and the weekly "all well"."""

from html import escape

from django.conf import settings

from outbox.errors import TransportError
from outbox.mails import build, compose
from outbox.models import Alert, Delivery
from outbox.smtp import send_now

SILENCE = "This mail comes every Monday. If one week it does not, and nothing else does either, look at the site."
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


def send_digest(delivery: Delivery) -> None:
    """Mail the daily digest: each kind of trouble with how often it happened."""
    lines = [(int(line["count"]), line["what"]) for line in delivery.payload["lines"]]
    rows = [(f"{count:,} ×", what) for count, what in lines]
    total = sum(count for count, _ in lines)
    send_to_club(
        subject=f"WITS site: what happened since the last digest ({total:,})",
        body_html=_table("What happened, how often, with one example each:", rows),
        body_text="\n".join(f"- {'once' if n == 1 else f'{n:,} times'}: {what}" for n, what in lines),
        button="See them all",
        button_url=f"{settings.SITE_URL}/admin/alerts/",
        message_key=delivery.key,
    )


def send_all_well(delivery: Delivery) -> None:
    """Mail the weekly "all well"."""
    figures = [(value, label) for label, value in delivery.payload["figures"]]
    send_to_club(
        subject="WITS site: all well this week",
        body_html=_table("Nothing waits for you. The last seven days in figures:", figures)
        + f"<p>{escape(SILENCE)}</p>",
        body_text="Nothing waits for you. The last seven days in figures:\n\n"
        + "\n".join(f"- {label}: {value}" for value, label in figures)
        + f"\n\n{SILENCE}",
        message_key=delivery.key,
    )


def _table(head: str, rows: list[tuple[str, str]]) -> str:
    cells = "".join(
        f'<tr><td class="count">{escape(left)}</td><td class="line">{escape(right)}</td></tr>' for left, right in rows
    )
    return f'<p>{escape(head)}</p><table width="100%" cellpadding="0" cellspacing="0">{cells}</table><br>'


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
