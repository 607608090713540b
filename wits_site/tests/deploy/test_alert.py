"""The alert of a failed unit reaches somebody, once an hour; what reached nobody is tried again."""

import importlib.util
import os
import smtplib
from pathlib import Path

import environ
import pytest
from aiosmtpd.controller import Controller

UNIT = "wits_site-worker.service"


@pytest.fixture
def alert():
    place = Path(__file__).resolve().parents[3] / "deploy" / "alert.py"
    spec = importlib.util.spec_from_file_location("deploy_alert", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Mailbox:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope)
        return "250 OK"


class AnyPort(Controller):
    """Tells itself the port that the system chose."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def mailbox():
    box = Mailbox()
    controller = AnyPort(box, hostname="127.0.0.1", port=0)
    controller.start()
    box.url = f"smtp://127.0.0.1:{controller.port}"
    yield box
    controller.stop()


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path):
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("DEFAULT_FROM_EMAIL", "hello@wits.example")
    monkeypatch.setenv("ALERT_EMAILS", "a@wits.example, b@wits.example")
    monkeypatch.setenv("EMAIL_URL", "smtp://127.0.0.1:1")
    monkeypatch.delenv("PING_ALERT_URL", raising=False)


def test_each_of_them_hears_once_an_hour(alert, mailbox, monkeypatch):
    monkeypatch.setenv("EMAIL_URL", mailbox.url)
    assert (alert.main(UNIT), alert.main(UNIT)) == (0, 0)
    (mail,) = mailbox.mails
    assert mail.rcpt_tos == ["a@wits.example", "b@wits.example"]
    assert b"wits_site-worker.service failed" in mail.content


def test_what_the_hourly_doctor_finds_next_is_told_too(alert, mailbox, monkeypatch):
    monkeypatch.setenv("EMAIL_URL", mailbox.url)
    alert.main("wits_site-doctor.service")
    mark = alert.mark_of("wits_site-doctor.service")
    timer = (Path(alert.__file__).parent / "systemd" / "wits_site-doctor.timer").read_text()
    assert "OnCalendar=*-*-* *:37\nRandomizedDelaySec=2min" in timer
    earliest = 60 - 2 - 1  # systemd itself may be a minute late with the first of two
    moment = mark.stat().st_mtime - earliest * 60
    os.utime(mark, (moment, moment))
    alert.main("wits_site-doctor.service")
    assert len(mailbox.mails) == 2


@pytest.mark.parametrize("scheme", ["smtp", "smtps", "smtp+tls", "smtp+ssl"])
def test_an_address_is_read_as_the_site_reads_it(alert, scheme, monkeypatch):
    asked = []

    class Server:
        def __init__(self, host, port, **words):
            asked.append("ssl" if "context" in words else "plain")

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def starttls(self, **_):
            asked[:] = ["starttls"]

        def send_message(self, _):
            pass

    monkeypatch.setattr(smtplib, "SMTP", Server)
    monkeypatch.setattr(smtplib, "SMTP_SSL", Server)
    alert.mail(f"{scheme}://mail.example:587", "words")
    site = environ.Env.email_url_config(f"{scheme}://mail.example:587")
    wanted = "starttls" if site.get("EMAIL_USE_TLS") else "ssl" if site.get("EMAIL_USE_SSL") else "plain"
    assert asked == [wanted]


def test_another_unit_is_another_matter(alert, mailbox, monkeypatch):
    monkeypatch.setenv("EMAIL_URL", mailbox.url)
    alert.main(UNIT)
    alert.main("wits_site.service")
    assert len(mailbox.mails) == 2


def test_what_reached_nobody_is_told_at_the_next_failure(alert, mailbox, monkeypatch, capsys):
    assert alert.main(UNIT) == 1
    assert "The mail did not arrive: ConnectionRefusedError" in capsys.readouterr().err
    monkeypatch.setenv("EMAIL_URL", mailbox.url)
    assert alert.main(UNIT) == 0
    assert len(mailbox.mails) == 1


def test_a_watchman_who_is_away_does_not_keep_the_mail_back(alert, mailbox, monkeypatch):
    monkeypatch.setenv("EMAIL_URL", mailbox.url)
    monkeypatch.setenv("PING_ALERT_URL", "http://127.0.0.1:1/")
    assert alert.main(UNIT) == 0
    assert len(mailbox.mails) == 1
