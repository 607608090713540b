"""Whatever the bytes and headers: refused with 400, never a 500, and nothing is stored."""

import json
import time

import pytest
import stripe
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from membership.models import StripeEvent
from membership.tests.stripe_events import SECRET, event, signed

URL = "/webhooks/stripe/"
ANY = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
HEADERS = st.one_of(
    st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=200),
    st.from_regex(r"\At=[0-9]{1,30}(,v[0-9]=[0-9a-f]{0,70}){0,3}\Z"),
)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=300)
JSON = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=12)
FIELDS = ["id", "object", "type", "created", "livemode", "data", "api_version"]


def post(body, header):
    client = Client(raise_request_exception=False)
    return client.post(URL, body, content_type="application/json", HTTP_STRIPE_SIGNATURE=header).status_code


@pytest.mark.django_db
@ANY
@given(body=st.binary(max_size=2000), header=HEADERS)
def test_garbage_is_refused(body, header):
    assert post(body, header) == 400
    assert not StripeEvent.objects.exists()


@pytest.mark.django_db
@ANY
@given(body=st.binary(max_size=2000), header=HEADERS)
def test_without_a_secret_all_of_it_is_answered_503(settings, body, header):
    settings.STRIPE_WEBHOOK_SECRETS = []
    assert post(body, header) == 503
    assert not StripeEvent.objects.exists()


@pytest.mark.django_db
@ANY
@given(body=JSON.map(json.dumps))
@example(body="[" * 3000 + "]" * 3000)
@example(body="9" * 5000)
def test_no_event_though_it_is_signed_is_refused(body):
    header = stripe.WebhookSignature.generate_signature_header(body, SECRET, int(time.time()))
    assert post(body.encode(), header) == 400
    assert not StripeEvent.objects.exists()


@pytest.mark.django_db
@ANY
@given(field=st.sampled_from(FIELDS), value=JSON)
@example(field="id", value="e" * 256)
@example(field="type", value="t" * 81)
@example(field="type", value="what\x00ever")
@example(field="api_version", value="\ud800")
@example(field="api_version", value=float("nan"))
@example(field="created", value=1e300)
@example(field="data", value={"object": {"id": "x" * 300}})
def test_an_event_with_one_odd_field_is_stored_or_refused_but_breaks_nothing(field, value):
    body, headers = signed(event("charge.refunded") | {"type": "customer.created"} | {field: value})
    assert post(body, headers["Stripe-Signature"]) in (200, 400)
