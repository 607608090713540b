"""Mails whose words the executives edit: kinds are registered with their original words, and sent by handlers."""

import logging
from dataclasses import dataclass, field

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from outbox import mail_words
from outbox.alerts import alert
from outbox.models import MailSettings, MailText
from outbox.smtp import message_id, send_now
from outbox.words import WORDMARK

logger = logging.getLogger(__name__)

_inliner = css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)


@dataclass(frozen=True)
class MailKind:
    """One kind of mail: what it is for, its variables with an example each, and its original words.

    `variables` are written {first_name} in the texts; `required` must stand in the subject, text or button. A kind
    with an empty `button` has none, and its `button_url` is not used.
    """

    key: str
    label: str
    purpose: str
    variables: dict[str, str]
    subject: str
    body: str
    button: str = ""
    required: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Words:
    """The words in use for a mail: the club's or the original ones."""

    subject: str
    body: str
    button: str


@dataclass(frozen=True)
class Rendered:
    """A mail ready to be shown or sent."""

    subject: str
    text: str
    html: str


_kinds: dict[str, MailKind] = {}


def register_mail(kind: MailKind) -> None:
    """Make a kind of mail known, in an app's `ready()`. Raises WordsRefused when its original words are wrong."""
    check_words(kind, Words(kind.subject, kind.body, kind.button))
    _kinds[kind.key] = kind


def forget_mail(key: str) -> None:
    """Undo `register_mail`, for tests."""
    _kinds.pop(key, None)


def mail_kind(key: str) -> MailKind:
    """The kind of that key; raises LookupError when nobody registered it."""
    try:
        return _kinds[key]
    except KeyError:
        raise LookupError(f"Nobody registered the mail {key!r}.") from None


def mail_kinds() -> list[MailKind]:
    """Every kind that is registered, by its label."""
    return sorted(_kinds.values(), key=lambda kind: kind.label)


def check_words(kind: MailKind, words: Words) -> None:
    """Raise WordsRefused, naming the variable, when the words use an unknown one or leave out a required one."""
    mail_words.check(
        [words.subject, words.body, words.button if kind.button else ""],
        known=kind.variables,
        required=kind.required,
    )


def send_mail(kind: str, *, to: str, variables: dict[str, str], message_key: str, button_url: str = "") -> None:
    """Render the club's words (or the original ones) and hand the mail to the server now; for delivery handlers only.

    `variables` must have a value for each variable of the kind. The Message-ID is fixed by `message_key`. Raises
    TransportError as `outbox.smtp.send_now`, LookupError for an unknown kind, KeyError for a missing variable.
    """
    found = mail_kind(kind)
    for name in found.variables:
        variables[name]  # noqa: B018 - a mail that lacks one must fail here, not when an executive uses it
    rendered = render(found, words_in_use(found), variables, button_url)
    send_now(build(rendered, to=[to], message_key=message_key))


def words_in_use(kind: MailKind) -> Words:
    """The club's words if they are usable, else the original ones (and people are told)."""
    row = MailText.objects.filter(key=kind.key, edited=True).first()
    original = Words(kind.subject, kind.body, kind.button)
    if row is None:
        return original
    words = Words(row.subject, row.body, row.button)
    try:
        check_words(kind, words)
    except mail_words.WordsRefused as error:
        logger.error("The edited words of mail %s cannot be used: %s", kind.key, error)
        alert(
            "mail.words",
            key=f"mail.words:{kind.key}:{row.changed_at}",
            what=f"Your words for the mail “{kind.label}” cannot be used any more: {error}",
            done="The mail went out with the original words.",
            todo="Open it under Mail texts and correct it.",
            link=f"/admin/mail-texts/edit/{row.pk}/",
        )
        return original
    return words


def render(kind: MailKind, words: Words, variables: dict[str, str], button_url: str = "") -> Rendered:
    """The mail as it would be sent: subject, plain text and HTML with its styles on its elements."""
    button = mail_words.fill(words.button, variables) if kind.button and button_url else ""
    club = MailSettings.load()
    body_text = mail_words.as_text(words.body, variables)
    return compose(
        subject=mail_words.one_line(mail_words.fill(words.subject, variables)),
        body_html=mail_words.as_html(words.body, variables),
        body_text=body_text,
        button=button,
        button_url=button_url if button else "",
        sign_off=club.sign_off,
        template="emails/members.html",
    )


def compose(
    *,
    subject: str,
    body_html: str,
    body_text: str,
    button: str = "",
    button_url: str = "",
    sign_off: str = "",
    reason: str = "",
    template: str = "emails/mail.html",
) -> Rendered:
    """Put a body into the frame that all our mails share.

    `body_html` is trusted: everything in it is escaped already. `reason` says why someone gets the mail, if not by
    the club's own words.
    """
    club = MailSettings.load()
    site = {"site": str(settings.SITE_URL)}
    reason = reason or club.reason
    context = {
        "subject": subject,
        "body_html": body_html,
        "body_text": body_text,
        "preheader": " ".join(body_text.split())[:110],
        "button": button,
        "button_url": button_url,
        "sign_off_html": mail_words.as_html(sign_off, {}) if sign_off else "",
        "sign_off_text": mail_words.as_text(sign_off, {}) if sign_off else "",
        "reason_html": mail_words.as_inline_html(reason, site),
        "reason_text": mail_words.as_text(reason, site),
        "postal_address": club.postal_address,
        "site_url": settings.SITE_URL,
        "wordmark": WORDMARK,
        # Not the hashed name: a mail is opened years after the file was last changed.
        "picture_url": f"{settings.SITE_URL}{settings.STATIC_URL}images/mails/",
    }
    html = _inliner.inline(render_to_string(template, context))
    text = render_to_string("emails/mail.txt", context)
    return Rendered(subject=subject, text=text.strip() + "\n", html=html)


def build(rendered: Rendered, *, to: list[str], message_key: str) -> EmailMultiAlternatives:
    """The message, with its fixed Message-ID and the club's reply address."""
    reply_to = MailSettings.load().reply_to
    message = EmailMultiAlternatives(
        subject=rendered.subject,
        body=rendered.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=to,
        reply_to=[reply_to] if reply_to else None,
        headers={"Message-ID": message_id(message_key), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(rendered.html, "text/html")
    return message
