"""Mail comes in over SMTP and can be read as page and as JSON."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage

import pytest
import requests


def message(to: str = "mara@uwo.ca") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "WITS <wits@site.example>"
    mail["To"] = to
    mail["Subject"] = "You’re in"
    mail["Message-ID"] = "<welcome-1@site.example>"
    mail.set_content("Welcome, Zoë. See http://site.example/me/ for more.")
    mail.add_alternative('<p>Welcome, <a href="http://site.example/me/">Zoë</a></p>', subtype="html")
    return mail


def send(sandbox, mail: EmailMessage | None = None) -> None:
    with smtplib.SMTP("127.0.0.1", sandbox.smtp_port, timeout=5) as client:
        client.send_message(mail or message())


def kept(sandbox, **query: str) -> list[dict]:
    return requests.get(f"{sandbox.url}/mail.json", params=query, timeout=5).json()


def test_a_mail_is_kept_with_its_parts(sandbox):
    send(sandbox)
    (mail,) = kept(sandbox)
    assert (mail["to"], mail["subject"]) == (["mara@uwo.ca"], "You’re in")
    assert mail["message_id"] == "<welcome-1@site.example>"
    assert "Welcome, Zoë." in mail["text"]
    assert '<a href="http://site.example/me/">' in mail["html"]
    assert ["Subject", "You’re in"] in mail["headers"]


def test_mails_are_found_by_their_recipient(sandbox):
    send(sandbox)
    send(sandbox, message("ines@uwo.ca"))
    assert [mail["to"] for mail in kept(sandbox, to="Ines@uwo.ca")] == [["ines@uwo.ca"]]


def test_the_pages_show_the_list_the_text_and_the_html_without_scripts(sandbox):
    send(sandbox)
    mail_id = kept(sandbox)[0]["id"]
    assert "You’re in" in requests.get(f"{sandbox.url}/mail/", timeout=5).text
    page = requests.get(f"{sandbox.url}/mail/{mail_id}/", timeout=5).text
    assert 'href="http://site.example/me/"' in page
    assert "&lt;welcome-1@site.example&gt;" in page
    assert "<iframe" in page
    assert "allow-scripts" not in page
    body = requests.get(f"{sandbox.url}/mail/{mail_id}/body.html", timeout=5)
    assert "script-src 'none'" in body.headers["Content-Security-Policy"]


@pytest.mark.parametrize("code", [451, 550])
def test_a_refused_mail_is_not_kept(sandbox, code):
    sandbox.state.faults.add({"vendor": "smtp", "kind": str(code), "times": 1})
    with pytest.raises(smtplib.SMTPDataError) as caught:
        send(sandbox)
    assert caught.value.smtp_code == code
    assert kept(sandbox) == []
    send(sandbox)
    assert len(kept(sandbox)) == 1


def test_a_mail_whose_answer_is_lost_is_kept(sandbox):
    sandbox.state.faults.add({"vendor": "smtp", "kind": "lost", "times": 1})
    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
        send(sandbox)
    assert len(kept(sandbox)) == 1


def test_a_mail_for_one_address_can_be_refused_alone(sandbox):
    sandbox.state.faults.add({"vendor": "smtp", "kind": "550", "path": "ines@*"})
    send(sandbox)
    with pytest.raises(smtplib.SMTPDataError):
        send(sandbox, message("ines@uwo.ca"))
