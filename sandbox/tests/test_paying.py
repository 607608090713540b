"""The hosted page: what each way through it makes of the session, and which events it sends."""

from __future__ import annotations

import pytest
import requests

from sandbox.tests.conftest import control, event_types, pay


def test_a_good_card_completes_the_session_and_leads_back_to_the_site(sandbox, api, open_session):
    session = open_session(
        metadata={"signup": "1"}, payment_intent_data={"metadata": {"wits": "join"}, "description": "WITS member"}
    )
    answer = pay(session)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"http://site.example/welcome/?session_id={session.id}"
    paid = api.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge", "customer"]})
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert paid.customer_details.email == "mara@uwo.ca"
    assert (paid.customer.email, paid.customer.name) == ("mara@uwo.ca", "Mara Okafor")
    assert (paid.payment_intent.status, paid.payment_intent.amount_received) == ("succeeded", 1500)
    charge = paid.payment_intent.latest_charge
    assert charge.paid
    assert charge.customer == paid.customer.id
    assert charge.metadata.to_dict() == paid.payment_intent.metadata.to_dict() == {"wits": "join"}
    assert event_types(sandbox) == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "customer.created",
        "checkout.session.completed",
    ]


def test_a_session_found_by_its_payment_intent(api, open_session):
    session = open_session()
    pay(session)
    intent = api.checkout.sessions.retrieve(session.id).payment_intent
    assert [s.id for s in api.checkout.sessions.list({"payment_intent": intent}).data] == [session.id]


def test_without_customer_creation_no_customer_is_made(sandbox, api, open_session):
    session = open_session(customer_creation=None)
    pay(session)
    assert api.checkout.sessions.retrieve(session.id).customer is None
    assert "customer.created" not in event_types(sandbox)


def test_a_given_customer_stays_the_customer(api, open_session):
    customer = api.customers.create({"email": "ines@uwo.ca"})
    session = open_session(customer=customer.id, customer_creation=None, customer_email=None)
    pay(session, email="other@uwo.ca")
    paid = api.checkout.sessions.retrieve(session.id)
    assert (paid.customer, paid.customer_details.email) == (customer.id, "ines@uwo.ca")


def test_without_a_preset_address_the_visitor_types_one(api, open_session):
    session = open_session(customer_email=None)
    assert pay(session, email="nonsense").status_code == 422
    assert pay(session, email="tess@uwo.ca").status_code == 303
    assert api.checkout.sessions.retrieve(session.id).customer_details.email == "tess@uwo.ca"


@pytest.mark.parametrize(
    ("card", "reason"), [("4000000000000002", "generic_decline"), ("4000000000009995", "insufficient_funds")]
)
def test_a_declined_card_leaves_the_session_open_to_another_try(sandbox, api, open_session, card, reason):
    session = open_session()
    answer = pay(session, card)
    assert answer.status_code == 402
    assert "card" in answer.text
    declined = api.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert declined.status == "open"
    assert declined.payment_intent.last_payment_error.decline_code == reason
    assert event_types(sandbox) == ["payment_intent.created", "charge.failed", "payment_intent.payment_failed"]
    assert pay(session).status_code == 303
    again = api.checkout.sessions.retrieve(session.id)
    assert again.payment_intent == declined.payment_intent.id
    assert again.payment_status == "paid"


def test_a_mistyped_card_number_is_told_and_is_no_attempt(sandbox, open_session):
    answer = pay(open_session(), "4242424242424241")
    assert answer.status_code == 422
    assert "invalid" in answer.text
    assert event_types(sandbox) == []


def test_a_session_is_paid_once(sandbox, open_session):
    session = open_session()
    pay(session)
    assert pay(session).status_code == 409
    assert event_types(sandbox).count("charge.succeeded") == 1


@pytest.mark.parametrize(("outcome", "status"), [("succeeded", "paid"), ("failed", "unpaid")])
def test_a_slow_payment_completes_unpaid_and_is_settled_later(sandbox, api, open_session, outcome, status):
    session = open_session()
    assert control(session.url, "slow").status_code == 303
    waiting = api.checkout.sessions.retrieve(session.id)
    assert (waiting.status, waiting.payment_status) == ("complete", "unpaid")
    assert event_types(sandbox)[-1] == "checkout.session.completed"
    assert control(session.url, "settle", outcome=outcome).status_code in (200, 303)
    assert api.checkout.sessions.retrieve(session.id).payment_status == status
    assert event_types(sandbox)[-1] == f"checkout.session.async_payment_{outcome}"
    assert control(session.url, "settle", outcome=outcome).status_code == 409


def test_a_session_for_nothing_needs_no_card(api, open_session):
    data = {"currency": "cad", "unit_amount": 0, "product_data": {"name": "General member"}}
    items = [{"price_data": data, "quantity": 1}]
    session = open_session(line_items=items, payment_intent_data={"metadata": {"wits": "join"}})
    assert pay(session, card="").status_code == 303
    done = api.checkout.sessions.retrieve(session.id)
    assert (done.payment_status, done.payment_intent) == ("no_payment_required", None)


def test_an_expired_session_cannot_be_paid_and_its_recovery_opens_a_new_one(api, open_session):
    session = open_session(after_expiration={"recovery": {"enabled": True}}, metadata={"signup": "1"})
    control(session.url, "expire")
    assert pay(session).status_code == 409
    recovery = api.checkout.sessions.retrieve(session.id).after_expiration.recovery.url
    answer = requests.get(recovery, allow_redirects=False, timeout=5)
    copy = api.checkout.sessions.retrieve(answer.headers["Location"].rsplit("/", 1)[1])
    assert (copy.status, copy.recovered_from) == ("open", session.id)
    assert copy.metadata.to_dict() == {"signup": "1"}


def test_the_page_shows_what_is_paid_for_and_the_way_back(open_session):
    page = requests.get(open_session().url, timeout=5).text
    assert "WITS member" in page
    assert "15.00" in page
    assert "mara@uwo.ca" in page
    assert "http://site.example/join/" in page


def test_an_unknown_session_has_no_page(sandbox):
    assert requests.get(f"{sandbox.url}/pay/cs_test_nobody", timeout=5).status_code == 404
