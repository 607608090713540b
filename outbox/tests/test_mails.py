"""Mails with the club's words: rendered, fixed in their Message-ID, never broken by an edit or a name."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail import send_mail as django_send_mail
from django.db import transaction

from outbox.mail_texts import ensure_mail_texts, restore
from outbox.mail_words import WordsRefused
from outbox.mails import MailKind, mail_kind, register_mail, send_mail
from outbox.models import Alert, Delivery, MailSettings, MailText
from outbox.worker import drain

BACKEND = "outbox.mail_backend.PromiseBackend"
pytestmark = pytest.mark.django_db


def send(kind, name="Robin", key="mail.welcome:1"):
    send_mail(
        kind.key,
        to="robin@example.com",
        variables={"first_name": name, "until": "30 April 2027"},
        message_key=key,
        button_url="https://wits.example/me/?a=1&b=2",
    )


def test_a_mail_has_both_forms_the_address_of_the_club_and_its_reply_address(welcome, mailbox):
    club = MailSettings.load()
    club.reply_to, club.postal_address, club.sign_off = "people@wits.example", "1 Test St, London", "Bye,\n**Us**"
    club.save()
    send(welcome)
    mail = mailbox[0]
    html = mail.alternatives[0][0]
    assert mail.subject == "You’re in, Robin"
    assert mail.reply_to == ["people@wits.example"]
    assert mail.from_email == "WITS <hello@wits.example>"
    for part in (mail.body, html):
        assert "1 Test St, London" in part
        assert "30 April 2027" in part
        assert "Us" in part
    assert "Open my card:\nhttps://wits.example/me/?a=1&b=2" in mail.body
    assert 'href="https://wits.example/me/?a=1&amp;b=2"' in html
    assert "<strong>Hello</strong> Robin!" in html
    assert "<" not in mail.body.replace("<https", "")


def test_the_html_reads_well_without_its_picture_knows_the_dark_and_has_its_styles_on_its_elements(welcome, mailbox):
    send(welcome)
    html = mailbox[0].alternatives[0][0]
    assert re.findall(r'<img[^>]*alt="([^"]*)"', html) == ["wits+"]
    for name in re.findall(r"http://testserver/static/([^\s\"]+)", html):
        assert finders.find(name), name
    assert "prefers-color-scheme: dark" in html
    assert re.search(r'<h1 style="[^"]*font-size: 32px', html)
    assert 'role="presentation"' in html
    assert 'lang="en-CA"' in html
    assert "<script" not in html


def test_the_message_id_is_fixed_by_the_key_and_our_domain(welcome, mailbox):
    for key in ("one", "one", "two"):
        send(welcome, key=key)
    ids = [mail.message()["Message-ID"] for mail in mailbox]
    assert ids[0] == ids[1] != ids[2]
    assert re.fullmatch(r"<[0-9a-f]{32}@testserver>", ids[0])


NAMES = ["Evil\nBcc: x@example.com", "Evil\r\nBcc: x", "**x**", "<b>", "É 👩🏽‍💻 O’Neil\u202e", "{until}"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_never_a_header_or_markup(welcome, mailbox, name):
    send(welcome, name)
    mail = mailbox[0]
    message = mail.message()
    assert message["Bcc"] is None
    assert mail.recipients() == ["robin@example.com"]
    assert "\n" not in mail.subject
    html = mail.alternatives[0][0]
    assert "<b>" not in html
    assert "<strong>x</strong>" not in html
    assert "in, 30 April" not in mail.subject


def test_the_clubs_words_are_used_and_can_be_given_back(welcome, mailbox):
    ensure_mail_texts()
    row = MailText.objects.get(key=welcome.key)
    row.subject, row.body, row.edited = "Welcome {first_name}", "Until {until}.", True
    row.save()
    send(welcome)
    restore(row)
    send(welcome)
    assert [mail.subject for mail in mailbox] == ["Welcome Robin", "You’re in, Robin"]


def test_words_that_nobody_edited_follow_the_original_ones(welcome, mailbox):
    ensure_mail_texts()
    MailText.objects.filter(key=welcome.key).update(subject="Old original {first_name}")
    send(welcome)
    assert mailbox[0].subject == "You’re in, Robin"
    ensure_mail_texts()
    assert MailText.objects.get(key=welcome.key).subject == "You’re in, {first_name}"


def test_edited_words_that_became_wrong_are_replaced_by_the_original_ones_and_told(welcome, mailbox):
    ensure_mail_texts()
    MailText.objects.filter(key=welcome.key).update(subject="Hi {nickname}", edited=True)
    send(welcome)
    send(welcome)
    assert mailbox[0].subject == "You’re in, Robin"
    alert = Alert.objects.get()
    assert "{nickname}" in alert.what
    assert alert.count == 2


def test_a_missing_variable_fails_even_when_the_words_do_not_use_it(welcome, mailbox):
    with pytest.raises(KeyError, match="first_name"):
        send_mail(welcome.key, to="r@example.com", variables={"until": "May"}, message_key="x")
    assert mailbox == []


def test_original_words_with_an_unknown_variable_are_refused_at_the_start():
    with pytest.raises(WordsRefused, match="nickname"):
        register_mail(MailKind("test.wrong", "Wrong", "", {}, subject="Hi {nickname}", body="x"))
    with pytest.raises(LookupError):
        mail_kind("test.wrong")


def test_djangos_mails_become_promises_and_their_payload_is_emptied_once_sent(settings, mailbox):
    settings.EMAIL_BACKEND = BACKEND
    assert django_send_mail("Reset", "Your link: https://x.example/secret", None, ["robin@example.com"]) == 1
    assert mailbox == []
    row = Delivery.objects.get()
    assert (row.kind, row.channel, row.state) == ("mail.message", "mail", "waiting")
    drain()
    row.refresh_from_db()
    assert row.state == "done"
    assert row.payload == {}
    assert len(mailbox) == 1
    assert mailbox[0].to == ["robin@example.com"]
    assert b"Your link: https://x.example/secret" in mailbox[0].message().as_bytes()


def test_a_mail_of_djangos_goes_with_a_rolled_back_transaction(settings, mailbox):
    settings.EMAIL_BACKEND = BACKEND
    with transaction.atomic():
        django_send_mail("Reset", "x", None, ["robin@example.com"])
        transaction.set_rollback(True)
    drain()
    assert mailbox == []


def test_attachments_alternatives_blind_copies_and_headers_arrive(settings, mailbox):
    settings.EMAIL_BACKEND = BACKEND
    message = EmailMultiAlternatives(
        "Größe",
        "text",
        None,
        ["a@example.com"],
        bcc=["b@example.com"],
        cc=["c@example.com"],
        headers={"Message-ID": "<fixed@example.com>", "List-Id": "x"},
    )
    message.attach_alternative("<p>html</p>", "text/html")
    message.attach("list.csv", b"\x00\xff", "application/octet-stream")
    message.send()
    drain()
    sent = mailbox[0]
    assert sorted(sent.recipients()) == ["a@example.com", "b@example.com", "c@example.com"]
    raw = sent.message().as_bytes()
    assert b"Message-ID: <fixed@example.com>" in raw
    assert b"<p>html</p>" in raw
    assert b'filename="list.csv"' in raw
    assert b"b@example.com" not in raw


def test_a_mail_to_nobody_is_no_promise(settings):
    settings.EMAIL_BACKEND = BACKEND
    assert EmailMessage("s", "b", None, []).send() == 0
    assert not Delivery.objects.exists()
