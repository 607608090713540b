"""Partners that are away while people join: nobody loses what they typed, and nobody is forgotten afterwards."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
import stripe
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from home.first_content import ensure_first_content
from membership import hubspot_gateway, lifecycle, stripe_gateway
from membership.errors import TransportError
from membership.first_content import ensure_levels
from membership.first_pages import ensure_join_page
from membership.hubspot_gateway import Pushed
from membership.models import Level, Member, Signup
from membership.stripe_gateway import session_from_object
from membership.tests.factories import SignupFactory
from membership.tests.joiner import ALICE, Joiner
from membership.tests.stripe_events import session_object
from outbox.mail_texts import ensure_mail_texts
from outbox.models import Alert, Delivery
from outbox.schedule import run_due_tasks
from outbox.worker import drain
from sandbox.server import Sandbox

NOON = datetime(2026, 9, 14, 16, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def running():
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running, settings, monkeypatch):
    monkeypatch.setattr(stripe.HTTPClient, "_sleep_time_seconds", lambda *_: 0)
    settings.STRIPE_API_BASE, settings.STRIPE_TIMEOUT_SECONDS = running.stripe_base, 2
    running.state.reset()
    return running


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["503", "500", "429", "reset", "lost", "html"])
def test_stripe_away_in_six_ways_keeps_what_was_typed_and_a_retry_opens_one_session(sandbox, kind):
    ensure_first_content()
    ensure_levels()
    ensure_join_page()
    Level.objects.update(stripe_product_id="")
    with time_machine.travel(timezone.now(), tick=True) as clock:
        alice = Joiner(clock)
        sandbox.state.faults.add(
            {"vendor": "stripe", "kind": kind, "method": "POST", "path": "/v1/checkout/sessions"}
        )
        response = alice.join()
        assert response.status_code == 503
        assert response["Retry-After"]
        assert alice.fields().items() >= ALICE.items(), "nothing has to be typed again"
        sandbox.state.faults.clear()
        assert alice.send().status_code == 303
    assert len(sandbox.state["checkout.session"]) == Signup.objects.count() == 1
    assert Signup.objects.get().stripe_session_id


class Mailbox(EmailBackend):
    away = False

    def send_messages(self, messages):
        if Mailbox.away:
            raise SMTPServerDisconnected("The mail server is away.")
        return super().send_messages(messages)


@pytest.mark.django_db
def test_hubspot_away_for_five_days_and_smtp_for_one_lose_nothing_and_tell_once_a_day(
    fake_stripe, settings, monkeypatch
):
    away = {"hubspot": True}
    contacts = {}

    def push(contact, *, contact_id=""):
        if away["hubspot"]:
            raise TransportError("HubSpot did not update a contact: HTTP 503.")
        contacts[contact.email] = contact.status
        return Pushed(str(len(contacts)))

    settings.SMTP = {"EMAIL_BACKEND": f"{__name__}.Mailbox"}
    monkeypatch.setattr(hubspot_gateway, "push_contact", push)
    monkeypatch.setattr(stripe_gateway, "update_customer", lambda *_, **__: None)
    monkeypatch.setattr(Mailbox, "away", True)
    ensure_mail_texts()
    with time_machine.travel(NOON, tick=False) as clock:
        forms = [SignupFactory() for _ in range(3)]
        for form in forms:
            lifecycle.complete(session_from_object(session_object(form, created=int(timezone.now().timestamp()))))
        assert Member.objects.count() == 3, "joining is unaffected"
        for hour in range(5 * 24):
            Mailbox.away = hour < 24
            run_due_tasks()
            drain()
            if hour == 23:
                assert mail.outbox == []
            if hour == 26:
                welcomed = {one.to[0] for one in mail.outbox if "welcome" in one.subject.lower()}
                assert welcomed == {form.email for form in forms}, "within two hours after the mail server is back"
            clock.shift(timedelta(hours=1))
        assert contacts == {}
        away["hubspot"] = False
        for _ in range(3):
            clock.shift(timedelta(hours=1))
            drain()
    assert contacts == {form.email: "active" for form in forms}
    assert not Delivery.objects.exclude(state=Delivery.State.DONE).exists()
    told = Counter(
        (alert.kind, alert.what, timezone.localdate(alert.mailed_at))
        for alert in Alert.objects.exclude(mailed_at=None)
    )
    assert any(kind == "channel.away" for kind, _, _ in told)
    assert max(told.values()) == 1, "one alert a day"
