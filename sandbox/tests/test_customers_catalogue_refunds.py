"""Customers, products, prices, charges and refunds."""

from __future__ import annotations

import pytest
import stripe

from sandbox.tests.conftest import event_types, pay


@pytest.fixture
def paid(api, open_session):
    """A paid session with its payment intent expanded."""
    session = open_session()
    pay(session)
    return api.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})


def test_metadata_of_a_customer_is_merged_and_emptied_key_by_key(api):
    customer = api.customers.create({"email": "ines@uwo.ca", "metadata": {"a": "1", "b": "2"}})
    updated = api.customers.update(customer.id, {"metadata": {"b": "", "c": "3"}})
    assert updated.metadata.to_dict() == {"a": "1", "c": "3"}
    assert api.customers.update(customer.id, {"metadata": ""}).metadata.to_dict() == {}


def test_an_update_leaves_what_it_does_not_name(sandbox, api):
    customer = api.customers.create({"email": "ines@uwo.ca", "name": "Inès"})
    updated = api.customers.update(customer.id, {"description": "WITS member"})
    assert (updated.name, updated.email) == ("Inès", "ines@uwo.ca")
    assert api.customers.update(customer.id, {"name": ""}).name is None
    assert event_types(sandbox) == ["customer.created", "customer.updated", "customer.updated"]


def test_an_update_that_changes_nothing_sends_no_event(sandbox, api):
    customer = api.customers.create({"name": "Inès"})
    api.customers.update(customer.id, {"name": "Inès"})
    assert event_types(sandbox) == ["customer.created"]


def test_customers_are_found_by_address_letter_by_letter(api):
    customer = api.customers.create({"email": "Ines@uwo.ca"})
    assert [found.id for found in api.customers.list({"email": "Ines@uwo.ca"}).data] == [customer.id]
    assert api.customers.list({"email": "ines@uwo.ca"}).data == []


def test_a_deleted_customer_is_told_so_and_listed_no_more(api):
    customer = api.customers.create({"email": "ines@uwo.ca"})
    assert api.customers.delete(customer.id).deleted
    assert api.customers.retrieve(customer.id).deleted
    assert api.customers.list().data == []
    with pytest.raises(stripe.InvalidRequestError):
        api.customers.update(customer.id, {"name": "x"})


def test_a_refund_in_part_and_then_of_the_rest(sandbox, api, paid):
    intent = paid.payment_intent
    part = api.refunds.create({"payment_intent": intent.id, "amount": 500, "reason": "requested_by_customer"})
    assert (part.amount, part.status, part.charge) == (500, "succeeded", intent.latest_charge)
    charge = api.charges.retrieve(intent.latest_charge)
    assert (charge.amount_refunded, charge.refunded) == (500, False)
    rest = api.refunds.create({"charge": charge.id})
    assert rest.amount == 1000
    assert api.charges.retrieve(charge.id).refunded
    assert [refund.id for refund in api.refunds.list({"payment_intent": intent.id}).data] == [rest.id, part.id]
    assert api.refunds.retrieve(part.id).amount == 500
    assert api.charges.retrieve(charge.id).refunds is None
    expanded = api.charges.retrieve(charge.id, {"expand": ["refunds"]})
    assert [refund.amount for refund in expanded.refunds.data] == [1000, 500]
    assert event_types(sandbox)[-4:] == ["refund.created", "charge.refunded"] * 2


def test_more_than_was_paid_or_twice_cannot_be_refunded(api, paid):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        api.refunds.create({"payment_intent": paid.payment_intent.id, "amount": 1501})
    assert caught.value.param == "amount"
    api.refunds.create({"payment_intent": paid.payment_intent.id})
    with pytest.raises(stripe.InvalidRequestError) as caught:
        api.refunds.create({"payment_intent": paid.payment_intent.id})
    assert caught.value.code == "charge_already_refunded"


def test_what_was_declined_cannot_be_refunded(api, open_session):
    session = open_session()
    pay(session, "4000000000000002")
    intent = api.checkout.sessions.retrieve(session.id).payment_intent
    with pytest.raises(stripe.InvalidRequestError):
        api.refunds.create({"payment_intent": intent})


def test_intents_and_charges_are_listed(api, paid):
    intent = paid.payment_intent
    assert [found.id for found in api.payment_intents.list({"customer": paid.customer}).data] == [intent.id]
    assert [found.id for found in api.charges.list({"payment_intent": intent.id}).data] == [intent.latest_charge]
    assert api.payment_intents.retrieve(intent.id, {"expand": ["latest_charge"]}).latest_charge.status == "succeeded"


def test_a_product_may_have_an_id_of_ours_once(api):
    assert api.products.create({"id": "wits-member", "name": "WITS member"}).id == "wits-member"
    with pytest.raises(stripe.InvalidRequestError) as caught:
        api.products.create({"id": "wits-member", "name": "WITS member"})
    assert caught.value.code == "resource_already_exists"
    updated = api.products.update("wits-member", {"name": "WITS+ member", "active": False})
    assert (updated.name, updated.active) == ("WITS+ member", False)
    assert api.products.list({"active": True}).data == []
    assert [product.id for product in api.products.list({"ids": ["wits-member"]}).data] == ["wits-member"]


def test_a_product_with_prices_cannot_be_deleted(api):
    product = api.products.create({"name": "Ticket"})
    price = api.prices.create({"product": product.id, "currency": "cad", "unit_amount": 500})
    with pytest.raises(stripe.InvalidRequestError):
        api.products.delete(product.id)
    assert api.products.update(product.id, {"default_price": price.id}).default_price == price.id


def test_a_lookup_key_belongs_to_one_price_and_can_be_moved(api):
    product = api.products.create({"name": "WITS member"})
    base = {"product": product.id, "currency": "cad", "lookup_key": "wits-member"}
    old = api.prices.create({**base, "unit_amount": 1500})
    with pytest.raises(stripe.InvalidRequestError) as caught:
        api.prices.create({**base, "unit_amount": 2000})
    assert caught.value.param == "lookup_key"
    new = api.prices.create({**base, "unit_amount": 2000, "transfer_lookup_key": True})
    assert [price.id for price in api.prices.list({"lookup_keys": ["wits-member"]}).data] == [new.id]
    assert api.prices.retrieve(old.id).lookup_key is None
    assert not api.prices.update(old.id, {"active": False}).active


def test_an_inactive_price_cannot_be_sold(api, open_session):
    price = api.prices.create({"currency": "cad", "unit_amount": 500, "product_data": {"name": "Ticket"}})
    api.prices.update(price.id, {"active": False})
    with pytest.raises(stripe.InvalidRequestError):
        open_session(line_items=[{"price": price.id, "quantity": 1}])
