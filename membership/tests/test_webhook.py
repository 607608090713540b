"""What Stripe sends us: really signed, more than once, forged, and when our own work fails."""

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from membership import inbox, lifecycle, settling
from membership.models import Member, Membership, Signup, StripeEvent
from membership.stripe_gateway import session_from_object
from membership.tests.factories import SignupFactory
from membership.tests.stripe_events import (
    completed,
    event,
    failed_intent_object,
    send,
    session_object,
    signed,
)
from outbox.models import Alert, Delivery

pytestmark = pytest.mark.django_db
URL = "/webhooks/stripe/"


def test_a_paid_session_makes_a_member_and_promises_what_follows(client):
    signup = SignupFactory(first_name="Mary Anne", last_name="van Dyk", newsletter=True, newsletter_text="Yes please")
    response = send(client, completed(signup))

    assert response.status_code == 200
    signup.refresh_from_db()
    assert signup.state == Signup.State.COMPLETED
    member = Member.objects.get()
    assert (member.first_name, member.last_name, member.email) == ("Mary Anne", "van Dyk", signup.email)
    assert (member.newsletter, member.newsletter_text, member.newsletter_source) == (True, "Yes please", "join form")
    assert member.newsletter_at == signup.created_at
    assert member.stripe_customer_id == signup.stripe_customer_id != ""
    assert Membership.objects.get().amount_cents == 1500
    assert sorted(Delivery.objects.values_list("key", flat=True)) == [
        f"hubspot.contact:{member.uuid}:1",
        f"mail.welcome:{signup.uuid}",
        f"stripe.customer:{member.uuid}:1",
    ]
    assert "van Dyk" not in str(list(Delivery.objects.values_list("payload", flat=True)))
    row = StripeEvent.objects.get()
    assert (row.state, row.signup, row.deliveries) == (StripeEvent.State.PROCESSED, signup, 1)


def test_the_same_event_again_does_nothing(client):
    made = completed(SignupFactory())
    for _ in range(5):
        assert send(client, made).status_code == 200
    assert StripeEvent.objects.get().deliveries == 5
    assert (Member.objects.count(), Membership.objects.count(), Delivery.objects.count()) == (1, 1, 3)


def test_other_events_and_the_success_page_that_tell_the_same_add_nothing(client):
    signup = SignupFactory()
    send(client, completed(signup))
    send(client, event("checkout.session.async_payment_succeeded", session_object(signup)))
    lifecycle.complete(session_from_object(session_object(signup)))
    assert (Member.objects.count(), Membership.objects.count(), Delivery.objects.count()) == (1, 1, 3)


def test_a_payment_under_way_makes_nobody_a_member_until_it_arrives(client):
    signup = SignupFactory()
    send(client, completed(signup, payment_status="unpaid"))
    signup.refresh_from_db()
    assert signup.state == Signup.State.PROCESSING
    assert not Member.objects.exists()
    assert not Delivery.objects.exists()

    send(client, event("checkout.session.async_payment_succeeded", session_object(signup)))
    signup.refresh_from_db()
    assert signup.state == Signup.State.COMPLETED
    assert Member.objects.count() == 1


def test_a_payment_that_did_not_arrive_is_told(client):
    signup = SignupFactory()
    send(client, completed(signup, payment_status="unpaid"))
    send(client, event("checkout.session.async_payment_failed", session_object(signup, payment_status="unpaid")))
    signup.refresh_from_db()
    assert signup.state == Signup.State.FAILED
    assert not Member.objects.exists()
    assert Alert.objects.filter(kind="payment.failed").count() == 1


def test_an_expired_session_is_noted_and_nobody_is_troubled(client):
    signup = SignupFactory()
    expired = session_object(signup, status="expired", payment_status="unpaid", payment_intent=None)
    send(client, event("checkout.session.expired", expired))
    signup.refresh_from_db()
    assert signup.state == Signup.State.EXPIRED
    assert not Alert.objects.exists()


def test_an_old_session_that_expires_changes_nothing(client):
    signup = SignupFactory()
    expired = session_object(signup, status="expired", payment_status="unpaid", payment_intent=None, id="cs_test_old")
    send(client, event("checkout.session.expired", expired))
    signup.refresh_from_db()
    assert signup.state == Signup.State.OPEN


def test_a_declined_card_waits_for_the_digest_and_three_are_told_at_once(client):
    signup = SignupFactory()
    for _ in range(2):
        send(client, event("payment_intent.payment_failed", failed_intent_object(signup)))
    assert not Alert.objects.filter(kind="payment.failed").exists()
    assert Alert.objects.get(kind="payment.declined").state == Alert.State.HELD
    send(client, event("payment_intent.payment_failed", failed_intent_object(signup)))
    send(client, event("payment_intent.payment_failed", failed_intent_object(signup)))
    assert Alert.objects.get(kind="payment.failed").count == 1
    signup.refresh_from_db()
    assert (signup.declines, signup.state) == (4, Signup.State.OPEN)


def test_a_session_that_expires_after_a_decline_is_told(client):
    signup = SignupFactory()
    send(client, event("payment_intent.payment_failed", failed_intent_object(signup)))
    expired = session_object(signup, status="expired", payment_status="unpaid", payment_intent=None)
    send(client, event("checkout.session.expired", expired))
    assert Alert.objects.filter(kind="payment.failed").count() == 1


@pytest.mark.parametrize(
    "forge",
    [
        lambda made: signed(made, secret="whsec_another"),
        lambda made: signed(made, timestamp=int(time.time()) - 301),
        lambda made: (json.dumps(made).encode(), {}),
        lambda made: (signed(made)[0] + b" ", signed(made)[1]),
        lambda made: signed(b"{"),
        lambda made: signed(b" " * 1_000_001),
    ],
)
def test_what_stripe_did_not_sign_for_us_is_refused_and_leaves_no_row(client, forge):
    made = completed(SignupFactory())
    for _ in range(3):
        body, headers = forge(made)
        assert client.post(URL, body, content_type="application/json", headers=headers).status_code == 400
    assert not StripeEvent.objects.exists()
    assert not Member.objects.exists()
    assert Alert.objects.filter(kind="webhook.forged").count() == 1


@pytest.mark.parametrize(("here", "there"), [("test", "live"), ("live", "test")])
def test_an_event_of_the_other_mode_is_refused_and_told_as_that(client, settings, here, there):
    settings.STRIPE_TEST_MODE = here == "test"
    made = completed(SignupFactory()) | {"livemode": there == "live"}
    for _ in range(3):
        assert send(client, made).status_code == 400
    assert not StripeEvent.objects.exists()
    assert not Member.objects.exists()
    told = Alert.objects.get()
    assert (told.kind, told.count) == ("webhook.other-mode", 3)
    assert f"set to {here} mode" in told.what
    assert "pretends" not in told.what


def test_two_megabytes_are_refused(client):
    body, headers = signed(b" " * 2_500_000)
    assert client.post(URL, body, content_type="application/json", headers=headers).status_code == 400
    assert not StripeEvent.objects.exists()


def test_only_posts_are_taken_and_no_form_token_is_asked_for():
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(URL).status_code == 405
    assert send(strict, completed(SignupFactory())).status_code == 200


def test_without_a_secret_nothing_is_believed(client, settings):
    settings.STRIPE_WEBHOOK_SECRETS = []
    assert send(client, completed(SignupFactory())).status_code == 503
    assert not StripeEvent.objects.exists()


def test_our_own_failure_is_a_500_that_keeps_the_event_and_tells_once(client, monkeypatch):
    client.raise_request_exception = False
    signup = SignupFactory()
    made = completed(signup)

    def break_down(*_args, **_kwargs):
        raise RuntimeError("maya@uwo.example could not be written")

    with monkeypatch.context() as broken:
        broken.setattr(settling, "tell_partners", break_down)
        for _ in range(3):
            assert send(client, made).status_code == 500
    row = StripeEvent.objects.get()
    assert (row.state, row.deliveries) == (StripeEvent.State.FAILED, 3)
    assert "maya" not in row.outcome
    assert not Member.objects.exists()
    assert Alert.objects.filter(kind="webhook.failed").count() == 1

    assert send(client, made).status_code == 200
    row.refresh_from_db()
    assert (row.state, row.deliveries) == (StripeEvent.State.PROCESSED, 4)
    assert row.processed_at is not None
    assert Membership.objects.count() == 1


def test_a_failed_event_can_be_processed_again_by_hand(client, monkeypatch):
    client.raise_request_exception = False
    made = completed(SignupFactory())
    with monkeypatch.context() as broken:
        broken.setattr(settling, "tell_partners", lambda member: 1 / 0)
        send(client, made)
    row = StripeEvent.objects.get()

    assert inbox.process_again(row.pk).state == StripeEvent.State.PROCESSED
    assert Membership.objects.count() == 1
    assert inbox.process_again(row.pk).seen, "what was processed stays so"
    assert Membership.objects.count() == 1


def test_trying_again_by_hand_does_not_count_as_sent_by_stripe(client, monkeypatch):
    client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(settling, "tell_partners", lambda member: 1 / 0)
        send(client, completed(SignupFactory()))
        row = StripeEvent.objects.get()
        with pytest.raises(TypeError):
            inbox.process_again(row.pk)
    row.refresh_from_db()
    assert (row.state, row.deliveries) == (StripeEvent.State.FAILED, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(int(os.environ.get("RACE_ROUNDS", "3"))))
def test_sixteen_at_once_make_one_member_and_one_welcome(round_):
    signup = SignupFactory()
    same = completed(signup)
    other = event("checkout.session.async_payment_succeeded", session_object(signup))
    session = session_from_object(session_object(signup))

    def act(number):
        try:
            if number % 4 == 0:
                return lifecycle.complete(session).state
            return send(Client(), other if number % 4 == 1 else same).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(act, range(16)))
    assert set(answers) == {200, Signup.State.COMPLETED}
    assert (Member.objects.count(), Membership.objects.count(), signup.payments.count()) == (1, 1, 1)
    assert Delivery.objects.count() == 3
    assert sorted(StripeEvent.objects.values_list("deliveries", flat=True)) == [4, 8]
