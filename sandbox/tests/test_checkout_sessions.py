"""Checkout sessions through Stripe's own client."""

from __future__ import annotations

import time

import pytest
import stripe

from sandbox.tests.conftest import HOUR, event_types, session_params


def test_a_new_session_is_open_and_leads_to_the_hosted_page(sandbox, open_session):
    session = open_session(client_reference_id="signup-1", metadata={"level": "wits-member"})
    assert session.id.startswith("cs_test_")
    assert (session.status, session.payment_status, session.livemode) == ("open", "unpaid", False)
    assert session.url == f"{sandbox.url}/pay/{session.id}"
    assert (session.amount_total, session.currency) == (1500, "cad")
    assert session.client_reference_id == "signup-1"
    assert session.metadata.to_dict() == {"level": "wits-member"}
    assert session.customer is None
    assert session.payment_intent is None


def test_a_session_can_be_read_again(api, open_session):
    session = open_session()
    assert api.checkout.sessions.retrieve(session.id).to_dict() == session.to_dict()


def test_an_unknown_session_is_404(api):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        api.checkout.sessions.retrieve("cs_test_nobody")
    assert (caught.value.http_status, caught.value.code) == (404, "resource_missing")


def test_the_line_items_are_listed_and_can_be_expanded(api, open_session):
    session = open_session()
    listed = api.checkout.sessions.line_items.list(session.id)
    assert [(item.description, item.amount_total, item.quantity) for item in listed.data] == [
        ("WITS member", 1500, 1)
    ]
    expanded = api.checkout.sessions.retrieve(session.id, {"expand": ["line_items.data.price.product"]})
    assert expanded.line_items.data[0].price.product.name == "WITS member"


def test_a_session_may_use_a_stored_price(api, open_session):
    price = api.prices.create({"currency": "cad", "unit_amount": 2000, "product_data": {"name": "Ticket"}})
    session = open_session(line_items=[{"price": price.id, "quantity": 2}])
    assert session.amount_total == 4000


def test_an_open_session_can_be_expired_once(sandbox, api, open_session):
    session = api.checkout.sessions.expire(open_session().id)
    assert (session.status, session.url) == ("expired", None)
    assert event_types(sandbox) == ["checkout.session.expired"]
    with pytest.raises(stripe.InvalidRequestError):
        api.checkout.sessions.expire(session.id)


def test_a_session_expires_by_itself_when_its_time_is_over(sandbox, api, open_session):
    session = open_session(expires_at=int(time.time()) + HOUR)
    sandbox.state.clock = lambda: time.time() + HOUR + 1
    assert api.checkout.sessions.retrieve(session.id).status == "expired"
    assert event_types(sandbox) == ["checkout.session.expired"]


def test_an_expired_session_offers_recovery_only_when_asked(api, open_session):
    plain = api.checkout.sessions.expire(open_session().id)
    assert plain.after_expiration is None
    asked = open_session(after_expiration={"recovery": {"enabled": True}})
    assert asked.after_expiration.recovery.url is None
    assert api.checkout.sessions.expire(asked.id).after_expiration.recovery.url


@pytest.mark.parametrize(("ahead", "word"), [(29 * 60, "30 minutes"), (24 * HOUR + 60, "24 hours")])
def test_an_expiry_too_near_or_too_far_is_refused(open_session, ahead, word):
    with pytest.raises(stripe.InvalidRequestError, match=word) as caught:
        open_session(expires_at=int(time.time()) + ahead)
    assert caught.value.param == "expires_at"


def test_a_session_for_nothing_is_allowed_and_one_for_too_little_is_not(api):
    def params(cents: int) -> dict:
        data = {"currency": "cad", "unit_amount": cents, "product_data": {"name": "WITS member"}}
        return session_params(line_items=[{"price_data": data, "quantity": 1}])

    assert api.checkout.sessions.create(params(0)).amount_total == 0
    assert api.checkout.sessions.create(params(50)).amount_total == 50
    with pytest.raises(stripe.InvalidRequestError) as caught:
        api.checkout.sessions.create(params(49))
    assert caught.value.code == "amount_too_small"


def test_sessions_are_listed_newest_first_in_pages(api, open_session):
    ids = [open_session().id for _ in range(5)]
    first = api.checkout.sessions.list({"limit": 2})
    assert [session.id for session in first.data] == [ids[4], ids[3]]
    assert first.has_more
    rest = api.checkout.sessions.list({"limit": 3, "starting_after": ids[3]})
    assert [session.id for session in rest.data] == [ids[2], ids[1], ids[0]]
    assert not rest.has_more
    back = api.checkout.sessions.list({"limit": 2, "ending_before": ids[1]})
    assert [session.id for session in back.data] == [ids[3], ids[2]]
    assert [session.id for session in api.checkout.sessions.list({"limit": 1}).auto_paging_iter()] == ids[::-1]


def test_sessions_are_listed_by_time_of_creation(sandbox, api, open_session):
    old = open_session()
    sandbox.state.clock = lambda: time.time() + 10
    new = open_session()
    assert [s.id for s in api.checkout.sessions.list({"created": {"gte": new.created}}).data] == [new.id]
    assert [s.id for s in api.checkout.sessions.list({"created": {"lt": new.created}}).data] == [old.id]
    assert [s.id for s in api.checkout.sessions.list({"created": old.created}).data] == [old.id]


def test_sessions_are_found_by_their_customer(api, open_session):
    customer = api.customers.create({"email": "ines@uwo.ca"})
    open_session()
    mine = open_session(customer=customer.id, customer_creation=None, customer_email=None)
    assert [session.id for session in api.checkout.sessions.list({"customer": customer.id}).data] == [mine.id]
    by_email = api.checkout.sessions.list({"customer_details": {"email": "ines@uwo.ca"}})
    assert [session.id for session in by_email.data] == [mine.id]
