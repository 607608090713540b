"""What came to the balance and left it: with Stripe's fee, by its source, and shaped as Stripe shows it."""

from __future__ import annotations

import pytest
import requests
import stripe

from sandbox.tests.conftest import pay
from sandbox.tests.vendor_data import read


@pytest.fixture
def charge(api, open_session):
    session = open_session()
    pay(session)
    intent = api.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]}).payment_intent
    return intent.latest_charge


@pytest.fixture
def press(sandbox):
    def post(path, **form):
        return requests.post(f"{sandbox.url}{path}", data=form, timeout=5).status_code

    return post


def net(api):
    return sum(row.net for row in api.balance_transactions.list({"limit": 100}).data)


def test_a_payment_comes_less_the_fee(api, charge):
    row = api.balance_transactions.retrieve(charge.balance_transaction)
    assert (row.type, row.reporting_category, row.source) == ("charge", "charge", charge.id)
    assert (row.amount, row.fee, row.net, row.currency) == (1500, 74, 1426, "cad")
    assert [(part.amount, part.type) for part in row.fee_details] == [(74, "stripe_fee")]


def test_a_refund_goes_in_full_and_one_that_fails_comes_back(api, charge, press):
    refund = api.refunds.create({"charge": charge.id, "amount": 500, "expand": ["balance_transaction"]})
    gone = refund.balance_transaction
    assert (gone.type, gone.amount, gone.fee, gone.source) == ("refund", -500, 0, refund.id)
    assert net(api) == 1426 - 500, "the fee of the payment stays with Stripe"

    assert press(f"/refunds/{refund.id}/fail") == 200
    failed = api.refunds.retrieve(refund.id, {"expand": ["failure_balance_transaction"]})
    back = failed.failure_balance_transaction
    assert (back.type, back.amount, back.source) == ("refund_failure", 500, refund.id)
    assert net(api) == 1426


@pytest.mark.parametrize(("outcome", "left"), [("won", 1426 - 1500), ("lost", 1426 - 1500 - 1500)])
def test_a_dispute_costs_its_fee_whoever_wins(api, charge, press, outcome, left):
    press(f"/charges/{charge.id}/dispute")
    [dispute] = api.disputes.list({"charge": charge.id}).data
    press(f"/disputes/{dispute.id}/close", outcome=outcome)
    listed = api.balance_transactions.list({"source": dispute.id}).data
    shown = api.disputes.retrieve(dispute.id).balance_transactions
    assert [row.id for row in listed] == [row.id for row in reversed(shown)]
    assert net(api) == left


def test_they_are_listed_by_type_and_show_their_source(api, charge):
    refund = api.refunds.create({"charge": charge.id})
    [row] = api.balance_transactions.list({"type": "refund", "expand": ["data.source"]}).data
    assert (row.source.object, row.source.id) == ("refund", refund.id)
    assert [one.type for one in api.balance_transactions.list().data] == ["refund", "charge"], "newest first"
    assert api.charges.retrieve(charge.id, {"expand": ["balance_transaction"]}).balance_transaction.net == 1426


def test_one_that_is_not_there_is_no_such(api):
    with pytest.raises(stripe.InvalidRequestError, match="No such balance transaction") as error:
        api.balance_transactions.retrieve("txn_none")
    assert (error.value.http_status, error.value.code) == (404, "resource_missing")


def test_each_kind_has_every_field_of_stripes_example(api, charge, press):
    example = read("stripe/example-objects.json")["resources"]["balance_transaction"]
    refund = api.refunds.create({"charge": charge.id, "amount": 500})
    press(f"/refunds/{refund.id}/fail")
    press(f"/charges/{charge.id}/dispute")
    rows = api.balance_transactions.list().data
    assert {row.type for row in rows} == {"charge", "refund", "refund_failure", "adjustment"}
    for row in rows:
        assert set(row.to_dict()) == set(example)
