"""Whatever goes wrong at Stripe or on the way there is one error, and says nothing about a person."""

import logging
from datetime import UTC, datetime

import pytest
import stripe
from django.conf import settings as site_settings

from membership import stripe_gateway
from membership.errors import TransportError
from membership.stripe_gateway import client as gateway_client
from membership.tests.stand_in import HANG, HTML, RESET, Answer, stand_in
from membership.tests.stripe_events import session_object


@pytest.fixture
def stripe_says(settings, monkeypatch):
    monkeypatch.setattr(stripe.HTTPClient, "_sleep_time_seconds", lambda *_: 0)
    with stand_in() as here:
        settings.STRIPE_API_BASE = f"{here.url}/stripe"
        settings.STRIPE_TIMEOUT_SECONDS = 0.3
        yield here


def refusal(status, **error):
    return Answer({"error": error}, status, {"Request-Id": "req_1"})


def failed() -> TransportError:
    with pytest.raises(TransportError) as error:
        stripe_gateway.retrieve_session("cs_test_1")
    return error.value


def test_the_version_we_ask_for_is_the_one_the_library_is_made_for():
    assert stripe.api_version in (None, site_settings.STRIPE_API_VERSION)
    assert stripe.StripeClient("sk_test_x")._requestor._options.stripe_version == site_settings.STRIPE_API_VERSION


@pytest.mark.parametrize(
    ("status", "type", "permanent", "pauses"),
    [
        (400, "invalid_request_error", True, False),
        (401, "invalid_request_error", False, True),
        (402, "card_error", True, False),
        (403, "invalid_request_error", False, True),
        (404, "invalid_request_error", True, False),
        (409, "invalid_request_error", False, False),
        (424, "api_error", False, False),
        (429, "rate_limit_error", False, False),
        (500, "api_error", False, False),
        (503, "api_error", False, False),
    ],
)
def test_each_status_says_whether_to_try_again(stripe_says, status, type, permanent, pauses):
    stripe_says.says(refusal(status, type=type, code="some_code", message="No such thing."))
    error = failed()
    assert (error.permanent, error.pauses) == (permanent, pauses)
    assert str(status) in error.message
    assert "some_code" in error.message
    assert "req_1" in error.message


@pytest.mark.parametrize("param", ["session", "customer", None])
def test_what_stripe_does_not_have_is_named(stripe_says, param):
    missing = {"type": "invalid_request_error", "code": "resource_missing"}
    stripe_says.says(refusal(404, **missing, **({"param": param} if param else {})))
    error = failed()
    assert (error.permanent, error.gone) == (True, param or "id")
    stripe_says.says(refusal(404, type="invalid_request_error", code="some_code"))
    assert failed().gone == ""


def test_the_old_form_of_a_limit_is_a_limit(stripe_says):
    stripe_says.says(refusal(400, type="invalid_request_error", code="rate_limit"))
    assert not failed().permanent


def test_it_waits_as_long_as_it_is_told(stripe_says):
    stripe_says.says(Answer({"error": {"type": "rate_limit_error"}}, 429, {"Retry-After": "7"}))
    assert failed().retry_after == 7
    stripe_says.says(Answer({"error": {"type": "rate_limit_error"}}, 429, {"Retry-After": "tomorrow"}))
    assert failed().retry_after is None


def test_a_reused_key_with_other_parameters_is_permanent(stripe_says):
    stripe_says.says(
        refusal(400, type="idempotency_error", message="Keys can only be used with the same parameters.")
    )
    assert failed().permanent


def test_a_failure_that_the_key_remembers_needs_a_new_attempt(stripe_says):
    headers = {"Idempotent-Replayed": "true", "Stripe-Should-Retry": "false"}
    stripe_says.says(Answer({"error": {"type": "api_error"}}, 500, headers))
    assert failed().permanent


def test_the_same_request_is_sent_twice_at_most_and_with_the_same_key(stripe_says):
    stripe_says.says(refusal(500, type="api_error"))
    with pytest.raises(TransportError):
        stripe_gateway.update_customer("cus_1", name="A", email="a@uwo.ca", metadata={})
    first, second = stripe_says.asked
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"]


def test_a_limit_is_not_pressed_upon(stripe_says):
    stripe_says.says(refusal(429, type="rate_limit_error"))
    failed()
    assert len(stripe_says.asked) == 1


@pytest.mark.parametrize("answer", [RESET, HANG], ids=["reset", "silent"])
def test_a_network_that_fails_is_tried_again(stripe_says, answer):
    stripe_says.says(answer)
    error = failed()
    assert not error.permanent
    assert not error.pauses
    assert "could not be reached" in error.message


def test_one_broken_connection_is_mended_at_once(stripe_says):
    stripe_says.says(RESET, {"id": "cus_1", "object": "customer"})
    stripe_gateway.update_customer("cus_1", name="A", email="a@uwo.ca", metadata={})
    assert len(stripe_says.asked) == 2


def test_nobody_listening_is_tried_again(settings):
    settings.STRIPE_API_BASE = "http://127.0.0.1:1/stripe"
    assert not failed().permanent


@pytest.mark.parametrize(
    "answer",
    [
        HTML,
        Answer(b"<html>All is well</html>", 200, {"Content-Type": "text/html"}),
        Answer(b"", 200),
        Answer(b"\xff\xfe", 500),
        Answer([1, 2]),
        Answer(b"null"),
        Answer("ok"),
        Answer({"error": "teapot"}, 500),
        Answer(b"<html>Not found</html>", 404),
        Answer({"detail": "Not found"}, 404),
        Answer({"object": "checkout.session"}),
    ],
    ids=[
        "proxy page",
        "page",
        "nothing",
        "bytes",
        "list",
        "null",
        "text",
        "odd error",
        "a proxy's 404",
        "another's 404",
        "half",
    ],
)
def test_nonsense_is_tried_again(stripe_says, answer):
    stripe_says.says(answer)
    error = failed()
    assert not error.permanent
    assert not error.pauses


@pytest.mark.parametrize("answer", [Answer([1]), Answer({"object": "payment_intent"}), Answer(b"null")])
def test_a_payment_that_makes_no_sense_is_tried_again(stripe_says, answer):
    stripe_says.says(answer)
    with pytest.raises(TransportError) as error:
        stripe_gateway.payment_outcome("pi_1")
    assert not error.value.permanent


@pytest.mark.parametrize(
    "body",
    [{"object": "list"}, {"data": None, "has_more": False}, {"data": [], "has_more": True}, {"data": [1]}, [], None],
)
def test_a_list_that_makes_no_sense_is_not_an_empty_one(stripe_says, body):
    stripe_says.says(Answer(body))
    with pytest.raises(TransportError):
        list(stripe_gateway.list_sessions(created_since=datetime(2026, 9, 1, tzinfo=UTC)))
    with pytest.raises(TransportError):
        list(stripe_gateway.list_refunds(created_since=datetime(2026, 9, 1, tzinfo=UTC)))
    if body != {"data": [], "has_more": True}:
        with pytest.raises(TransportError):
            stripe_gateway.ensure_endpoint(url="https://wits.example/webhooks/stripe/")
    assert {asked.method for asked in stripe_says.asked} == {"GET"}


def test_without_a_key_the_channel_waits(stripe_says, settings):
    settings.STRIPE_SECRET_KEY = ""
    stripe_says.says(refusal(401, type="invalid_request_error"))
    assert failed().pauses


def test_nothing_that_stripe_quotes_is_passed_on(stripe_says, caplog):
    caplog.set_level(logging.INFO)
    said = {"type": "invalid_request_error", "code": "email_invalid", "param": "email"}
    stripe_says.says(refusal(400, **said, message="Invalid email address: alice@uwo.ca"))
    with pytest.raises(TransportError) as error:
        stripe_gateway.update_customer("cus_1", name="Alice", email="alice@uwo.ca", metadata={})
    assert error.value.message == (
        "Stripe did not update a customer: HTTP 400, email_invalid, parameter email, request req_1."
    )
    assert error.value.__suppress_context__
    assert error.value.__cause__ is None
    assert "alice" not in caplog.text


def test_stripe_is_told_nothing_about_this_machine(stripe_says):
    stripe_says.says(Answer(session_object(), headers={"Request-Id": "req_1"}))
    stripe_gateway.retrieve_session("cs_test_1")
    stripe_gateway.retrieve_session("cs_test_1")
    assert not any("X-Stripe-Client-Telemetry" in asked.headers for asked in stripe_says.asked)


def test_one_client_serves_every_call(stripe_says):
    assert gateway_client.client() is gateway_client.client()


def test_a_refund_at_which_stripe_failed_before_is_looked_for_and_else_tried_again(stripe_says):
    asked = {"refund_uuid": "u-1", "payment_intent_id": "pi_1", "cents": 500, "reason": ""}
    none = Answer({"object": "list", "data": [], "has_more": False})
    made = {"object": "refund", "id": "re_1", "payment_intent": "pi_1", "status": "succeeded"}
    ours = Answer({"object": "list", "data": [{**made, "metadata": {"wits_refund": "u-1"}}], "has_more": False})
    replayed = Answer(
        {"error": {"type": "api_error"}}, 500, {"Idempotent-Replayed": "true", "Stripe-Should-Retry": "false"}
    )
    stripe_says.says(none, replayed, ours)
    assert stripe_gateway.make_refund(**asked).id == "re_1"

    stripe_says.says(none, replayed, none)
    with pytest.raises(TransportError) as error:
        stripe_gateway.make_refund(**asked)
    assert not error.value.permanent, "what that try did is not known, so nothing was refused"
    assert "an earlier try is repeated" in error.value.message
