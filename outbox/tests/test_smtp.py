"""Handing mail to a real SMTP server that answers as it is told, and what each answer means."""

import ssl
import subprocess
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from django.core.mail import EmailMessage

from outbox.errors import TransportError
from outbox.mail_backend import PromiseBackend
from outbox.mails import send_mail
from outbox.models import ChannelPause, Delivery
from outbox.smtp import send_now
from outbox.worker import drain


class AnyPort(Controller):
    """aiosmtpd calls itself once at the start, at the port it was given: tell it the one that the system chose."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class Server:
    """What the mail server answers, and what it received."""

    def __init__(self) -> None:
        self.rcpt = self.mail = self.data = "250 OK"
        self.received: list = []

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        if self.mail.startswith("250"):
            envelope.mail_from = address
        return self.mail

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        answer = self.rcpt(address) if callable(self.rcpt) else self.rcpt
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        if self.data.startswith("250"):
            self.received.append(envelope)
        return self.data


@pytest.fixture
def start(settings):
    """Start a mail server; `settings.SMTP` points to it."""
    running: list[Controller] = []

    def go(smtp=None, **options) -> Server:
        server = Server()
        controller = AnyPort(server, hostname="127.0.0.1", port=0, **options)
        controller.start()
        running.append(controller)
        settings.SMTP = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": controller.port, **(smtp or {})}
        return server

    yield go
    for controller in running:
        controller.stop()


def message(*to):
    return EmailMessage("Hello", "Words.", "WITS <hello@wits.example>", list(to) or ["robin@example.com"])


def refusal(*to) -> TransportError:
    with pytest.raises(TransportError) as caught:
        send_now(message(*to))
    assert "robin" not in caught.value.message
    assert "@" not in caught.value.message
    return caught.value


def test_a_message_arrives(start):
    server = start()
    send_now(message())
    assert [envelope.rcpt_tos for envelope in server.received] == [["robin@example.com"]]
    assert server.received[0].mail_from == "hello@wits.example"


def test_a_recipient_refused_for_good_is_permanent(start):
    start().rcpt = "550 no such user robin"
    error = refusal()
    assert error.permanent
    assert not error.pauses
    assert "550" in error.message


def test_a_recipient_refused_for_now_is_tried_again(start):
    start().rcpt = "450 greylisted"
    error = refusal()
    assert not error.permanent
    assert not error.pauses


def test_one_recipient_of_two_is_enough(start):
    server = start()
    server.rcpt = lambda address: "250 OK" if address.startswith("good") else "550 no"
    send_now(message("good@example.com", "bad@example.com"))
    assert server.received[0].rcpt_tos == ["good@example.com"]


@pytest.mark.parametrize(("answer", "permanent"), [("554 spam", True), ("451 later", False)])
def test_a_message_that_is_refused(start, answer, permanent):
    start().data = answer
    error = refusal()
    assert error.permanent is permanent
    assert not error.pauses


@pytest.mark.parametrize(
    ("answer", "permanent", "pauses"),
    [
        ("550 not your domain", False, True),
        ("530 sign in first", False, True),
        ("552 too big", True, False),
        ("451 later", False, False),
    ],
)
def test_a_sender_that_is_refused(start, answer, permanent, pauses):
    start().mail = answer
    error = refusal()
    assert (error.permanent, error.pauses) == (permanent, pauses)


def test_a_refused_sign_in_pauses_the_channel(start):
    start(
        {"EMAIL_HOST_USER": "wits", "EMAIL_HOST_PASSWORD": "wrong"},
        authenticator=lambda *args: AuthResult(success=False, handled=False),
        auth_require_tls=False,
    )
    error = refusal()
    assert error.pauses
    assert not error.permanent


def test_a_server_without_the_encryption_we_ask_for_pauses_the_channel(start):
    start({"EMAIL_USE_TLS": True})
    assert refusal().pauses


def test_a_certificate_that_is_not_trusted_sends_nothing(start, tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "1",
            "-subj",
            "/CN=mail.example",
            "-keyout",
            key,
            "-out",
            certificate,
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = start({"EMAIL_USE_TLS": True}, tls_context=context)
    error = refusal()
    assert not error.permanent
    assert server.received == []


def test_nobody_listening_is_tried_again(settings):
    settings.SMTP = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 1}
    error = refusal()
    assert not error.permanent
    assert not error.pauses


@pytest.mark.django_db
def test_mail_waits_while_the_sign_in_is_refused_and_goes_out_once_it_is_mended(start, settings, clock):
    refused = {
        "EMAIL_HOST_USER": "wits",
        "EMAIL_HOST_PASSWORD": "wrong",
    }
    start(refused, authenticator=lambda *args: AuthResult(success=False, handled=False), auth_require_tls=False)
    PromiseBackend().send_messages([message("a@example.com"), message("b@example.com")])
    drain()
    assert ChannelPause.objects.get().refused_since is not None
    assert set(Delivery.objects.values_list("state", flat=True)) == {"waiting"}
    server = start()
    clock.shift(15)
    drain()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"done"}
    recipients = sorted(to for envelope in server.received for to in envelope.rcpt_tos)
    assert recipients == ["a@example.com", "b@example.com", "executives@wits.example"]


@pytest.mark.django_db
def test_a_welcome_reaches_the_server_as_text_and_html_with_its_fixed_id(start, welcome):
    server = start()
    for _ in range(2):
        send_mail(
            welcome.key,
            to="robin@example.com",
            variables={"first_name": "Zoë **x**\nBcc: y@example.com", "until": "May"},
            message_key="mail.welcome:1",
            button_url="https://wits.example/",
        )
    first, second = (message_from_bytes(envelope.content) for envelope in server.received)
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Bcc"] is None
    assert [part.get_content_type() for part in first.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert all(envelope.rcpt_tos == ["robin@example.com"] for envelope in server.received)
