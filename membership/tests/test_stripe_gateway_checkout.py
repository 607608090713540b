"""What is asked of Stripe's payment page, checked against Stripe's own description of it."""

import copy
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from membership import stripe_gateway
from membership.errors import TransportError
from membership.stripe_gateway.wording import cut
from membership.tests.stand_in import Answer, stand_in
from membership.tests.stripe_events import session_object
from membership.tests.vendors import check_stripe_call, every_stripe_call_checked, stripe_example

ALICE = {
    "signup_uuid": "5d0f3c1e-8a47-4f0b-9d52-6c1b7e2a9f10",
    "level_slug": "wits-member",
    "level_name": "WITS member",
    "product_id": "wits-level-wits-member",
    "amount_cents": 1500,
    "currency": "cad",
    "first_name": "Mary Anne",
    "last_name": "van Dyk",
    "email": "alice@uwo.ca",
    "success_url": "https://wits.example/welcome/?session_id={CHECKOUT_SESSION_ID}",
    "cancel_url": "https://wits.example/membership/cancelled/token/",
    "expires_at": datetime(2026, 9, 21, 15, 0, tzinfo=UTC),
}


def parameters(**changes):
    return stripe_gateway.checkout_parameters(**(ALICE | changes))


@pytest.fixture
def stripe_says(settings):
    with stand_in() as here, every_stripe_call_checked():
        settings.STRIPE_API_BASE = f"{here.url}/stripe"
        yield here


def test_the_parameters_are_what_stripe_describes():
    check_stripe_call("post", "/v1/checkout/sessions", parameters())


def test_the_check_itself_finds_what_is_wrong():
    for wrong in (
        {"mode": "paymnt"},
        {"expires_at": "soon"},
        {"colour": "coral"},
        {"customer": "cus_1"},
        {"payment_intent_data": {"metadata": {"a": 1}}},
    ):
        with pytest.raises(AssertionError):
            check_stripe_call("post", "/v1/checkout/sessions", parameters() | wrong)


def test_the_parameters_survive_being_kept_as_json():
    made = parameters()
    assert json.loads(json.dumps(made)) == made


def test_the_signup_is_marked_on_the_session_and_on_the_payment():
    made = parameters()
    marks = {"wits": "join", "signup": ALICE["signup_uuid"], "level": "wits-member"}
    assert made["client_reference_id"] == ALICE["signup_uuid"]
    assert made["metadata"] == {**marks, "first_name": "Mary Anne", "last_name": "van Dyk"}
    assert made["payment_intent_data"]["metadata"] == marks
    assert stripe_gateway.is_ours(made["metadata"])
    assert not stripe_gateway.is_ours({"order": "hoodie"})


def test_the_price_is_ours_and_for_one():
    [item] = parameters()["line_items"]
    assert item["quantity"] == 1
    assert item["price_data"] == {"currency": "cad", "unit_amount": 1500, "product": "wits-level-wits-member"}


def test_a_level_without_a_product_is_named_instead():
    [item] = parameters(product_id="")["line_items"]
    assert item["price_data"]["product_data"] == {"name": "WITS member"}
    assert "product" not in item["price_data"]


def test_a_newcomer_becomes_a_customer_with_the_address_filled_in():
    made = parameters()
    assert made["customer_creation"] == "always"
    assert made["customer_email"] == "alice@uwo.ca"
    assert "customer" not in made


def test_a_known_customer_is_used_and_nothing_that_stripe_refuses_beside_it():
    made = parameters(customer_id="cus_1")
    check_stripe_call("post", "/v1/checkout/sessions", made)
    assert made["customer"] == "cus_1"
    assert not {"customer_creation", "customer_email"} & set(made)


@pytest.mark.parametrize(
    ("email", "filled_in"),
    [
        ("alice@münchen.example", "alice@xn--mnchen-3ya.example"),
        ("zoë@uwo.ca", None),
        ("a" * 20 + "@" + "ü" * 80 + ".example", None),
    ],
)
def test_an_address_stripe_may_refuse_does_not_stop_the_payment(email, filled_in):
    made = parameters(email=email)
    assert made.get("customer_email") == filled_in
    assert made["customer_creation"] == "always"


def test_an_expired_session_can_be_taken_up_again():
    made = parameters()
    assert made["expires_at"] == 1790002800
    assert made["after_expiration"] == {"recovery": {"enabled": True}}
    assert "allow_promotion_codes" not in made


@pytest.mark.parametrize("name", ["Søren O’Brien-Núñez", "李小龍", "שרה", "😀 Ada", "d'Arc"])
def test_names_reach_stripe_exactly(name):
    assert parameters(first_name=name)["metadata"]["first_name"] == name


def test_an_empty_name_is_left_out():
    assert "last_name" not in parameters(last_name="")["metadata"]


def test_a_long_name_is_cut_for_stripe_between_whole_characters():
    family = "👩‍👩‍👧"
    assert cut("x" * 500, 500) == "x" * 500
    assert cut("x" * 501, 500) == "x" * 500
    assert cut("x" * 498 + family, 500) == "x" * 498
    assert cut("x" * 499 + "e\u0301", 500) == "x" * 499
    assert cut("x" * 499 + "👍🏽", 500) == "x" * 499
    assert cut("\u0301" * 600, 500) == "\u0301" * 500


names = st.text(max_size=700)


@given(first=names, last=names, email=st.text(max_size=50), amount=st.integers(50, 100_000), known=st.booleans())
def test_whatever_is_typed_makes_parameters_that_stripe_describes(first, last, email, amount, known):
    made = parameters(
        first_name=first, last_name=last, email=email, amount_cents=amount, customer_id="cus_1" if known else ""
    )
    check_stripe_call("post", "/v1/checkout/sessions", made)
    assert made["line_items"][0]["price_data"]["unit_amount"] == amount
    assert json.loads(json.dumps(made)) == made
    for key, whole in (("first_name", first), ("last_name", last)):
        sent = made["metadata"].get(key, "")
        assert whole.startswith(sent)
        assert len(sent) <= 500
        assert sent == whole or len(whole) > 500


def test_opening_sends_the_key_and_the_kept_parameters_under_the_stand_ins_path(stripe_says):
    opened = session_object(status="open", payment_status="unpaid", url="https://checkout.stripe.com/c/pay/x")
    stripe_says.says(opened)
    kept = parameters()
    before = copy.deepcopy(kept)
    session = stripe_gateway.open_checkout(kept, idempotency_key="uuid:1")
    assert session.url == "https://checkout.stripe.com/c/pay/x"
    assert session.status == "open"
    assert kept == before
    [asked] = stripe_says.asked
    assert (asked.method, asked.path) == ("POST", "/stripe/v1/checkout/sessions")
    assert asked.headers["Idempotency-Key"] == "uuid:1"
    assert asked.headers["Stripe-Version"] == "2026-10-28.endive"
    assert asked.headers["Authorization"] == "Bearer sk_test_tests"
    assert asked.form["line_items[0][price_data][unit_amount]"] == "1500"
    assert asked.form["metadata[first_name]"] == "Mary Anne"
    assert asked.form["after_expiration[recovery][enabled]"] == "true"


def test_settings_are_read_when_it_is_called(stripe_says, settings):
    stripe_says.says(session_object())
    stripe_gateway.retrieve_session("cs_test_1")
    settings.STRIPE_SECRET_KEY = "rk_test_other"
    stripe_gateway.retrieve_session("cs_test_1")
    assert [asked.headers["Authorization"] for asked in stripe_says.asked] == [
        "Bearer sk_test_tests",
        "Bearer rk_test_other",
    ]


def test_a_session_is_shown_as_plain_values(stripe_says):
    stripe_says.says(session_object())
    session = stripe_gateway.retrieve_session("cs_test_1")
    assert stripe_says.last.path == "/stripe/v1/checkout/sessions/cs_test_1"
    assert session.payment_status == "paid"
    assert session.amount_total == 1500
    assert session.metadata["level"] == "wits-member"
    assert type(session.metadata) is dict
    assert session.expires_at - session.created == timedelta(hours=1)
    assert session.created.tzinfo is UTC


def test_sessions_are_listed_page_after_page(stripe_says):
    pages = [
        {
            "object": "list",
            "url": "/v1/checkout/sessions",
            "has_more": more,
            "data": [session_object(id=i) for i in ids],
        }
        for ids, more in ((["cs_3", "cs_2"], True), (["cs_1"], False))
    ]
    stripe_says.says(*pages)
    since = datetime(2026, 9, 1, tzinfo=UTC)
    assert [session.id for session in stripe_gateway.list_sessions(created_since=since)] == ["cs_3", "cs_2", "cs_1"]
    first, second = stripe_says.asked
    assert first.query == {"created[gte]": str(int(since.timestamp())), "limit": "100"}
    assert second.query == first.query | {"starting_after": "cs_2"}


def test_complete_sessions_can_be_listed_alone(stripe_says):
    stripe_says.says({"object": "list", "url": "/v1/checkout/sessions", "has_more": False, "data": []})
    since = datetime(2026, 9, 1, tzinfo=UTC)
    assert list(stripe_gateway.list_sessions(created_since=since, complete_only=True)) == []
    assert stripe_says.last.query["status"] == "complete"


def test_refunds_are_listed_by_the_payment_they_were_made_of(stripe_says):
    pages = [
        {
            "object": "list",
            "url": "/v1/refunds",
            "has_more": more,
            "data": [
                {"id": i, "object": "refund", "payment_intent": intent, "status": "succeeded"}
                for i, intent in refunds
            ],
        }
        for refunds, more in (([("re_2", "pi_2"), ("re_other", None)], True), ([("re_1", "pi_1")], False))
    ]
    stripe_says.says(*pages)
    since = datetime(2026, 9, 1, tzinfo=UTC)
    said = list(stripe_gateway.list_refunds(created_since=since))
    assert [(one.id, one.payment_intent_id) for one in said] == [("re_2", "pi_2"), ("re_other", ""), ("re_1", "pi_1")]
    first, second = stripe_says.asked
    assert first.query == {"created[gte]": str(int(since.timestamp())), "limit": "100"}
    assert second.query == first.query | {"starting_after": "re_other"}


def test_nothing_is_asked_before_the_list_is_read(stripe_says):
    stripe_gateway.list_sessions(created_since=datetime(2026, 9, 1, tzinfo=UTC))
    assert stripe_says.asked == []


def test_a_session_is_closed(stripe_says):
    stripe_says.says(session_object(status="expired"))
    stripe_gateway.expire_session("cs_test_1")
    assert (stripe_says.last.method, stripe_says.last.path) == (
        "POST",
        "/stripe/v1/checkout/sessions/cs_test_1/expire",
    )


def test_a_customer_gets_the_preferred_name_our_address_and_our_ids(stripe_says):
    stripe_says.says({"id": "cus_1", "object": "customer"})
    stripe_gateway.update_customer("cus_1", name="Zoë " + "x" * 300, email="zoe@uwo.ca", metadata={"member": "uuid"})
    form = stripe_says.last.form
    assert form == {"name": ("Zoë " + "x" * 300)[:256], "email": "zoe@uwo.ca", "metadata[member]": "uuid"}
    assert stripe_says.last.path == "/stripe/v1/customers/cus_1"


def test_what_became_of_a_payment(stripe_says):
    charge = {"id": "ch_1", "object": "charge", "amount_refunded": 500, "disputed": False}
    stripe_says.says({"id": "pi_1", "object": "payment_intent", "status": "succeeded", "latest_charge": charge})
    assert stripe_gateway.payment_outcome("pi_1") == stripe_gateway.PaymentOutcome("succeeded", 500)
    assert "latest_charge" in stripe_says.last.query.values()


def test_a_payment_without_a_charge_gave_nothing_back(stripe_says):
    stripe_says.says(
        {"id": "pi_1", "object": "payment_intent", "status": "requires_payment_method", "latest_charge": None}
    )
    assert stripe_gateway.payment_outcome("pi_1").amount_refunded_cents == 0


def test_stripes_own_example_is_read():
    session = stripe_gateway.session_from_object(stripe_example("checkout.session"))
    assert session.status == "open"
    assert session.payment_intent_id.startswith("pi_")
    assert session.customer_id is None
    assert session.amount_total is None


def test_expanded_objects_are_read_by_their_id():
    session = stripe_gateway.session_from_object(
        session_object(customer={"id": "cus_1", "object": "customer"}, payment_intent={"id": "pi_1"})
    )
    assert (session.customer_id, session.payment_intent_id) == ("cus_1", "pi_1")


@pytest.mark.parametrize(
    "body", [{}, {"id": "cs_1"}, session_object(expires_at="soon"), session_object(metadata="x")]
)
def test_what_is_no_session_is_refused(body):
    with pytest.raises(TransportError) as refused:
        stripe_gateway.session_from_object(body)
    assert not refused.value.permanent


def test_our_sample_session_has_every_field_of_stripes_own():
    ours, theirs = session_object(), stripe_example("checkout.session")
    assert set(theirs) == set(ours)


def test_an_answer_that_is_no_session_is_an_error(stripe_says):
    stripe_says.says(Answer({"object": "checkout.session", "id": "cs_1"}))
    with pytest.raises(TransportError):
        stripe_gateway.open_checkout(parameters(), idempotency_key="uuid:1")
