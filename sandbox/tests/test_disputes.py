"""After a payment: disputes with their money, warnings of fraud, refunds that bounce."""

from __future__ import annotations

import pytest
import requests
import stripe

from sandbox.tests.conftest import event_types, eventually, pay

HTML = {"Accept": "text/html"}


@pytest.fixture
def charge(api, open_session):
    """A charge of 15 CAD that was paid."""
    session = open_session()
    pay(session)
    intent = api.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]}).payment_intent
    return api.charges.retrieve(intent.latest_charge)


@pytest.fixture
def press(sandbox):
    """A button of the sandbox: `press(f"/charges/{id}/dispute")`."""

    def post(path: str, **form: str) -> int:
        return requests.post(sandbox.url + path, data=form, timeout=5).status_code

    return post


@pytest.fixture
def dispute(api, charge, press):
    assert press(f"/charges/{charge.id}/dispute", reason="unrecognized") == 200
    (found,) = api.disputes.list({"charge": charge.id}).data
    return found


def test_a_dispute_names_its_charge_its_deadline_and_what_it_took(api, sandbox, charge, dispute):
    assert (dispute.status, dispute.reason, dispute.amount) == ("needs_response", "unrecognized", 1500)
    assert (dispute.charge, dispute.payment_intent) == (charge.id, charge.payment_intent)
    assert dispute.evidence_details.due_by - dispute.created == 9 * 86_400
    (taken,) = dispute.balance_transactions
    assert (taken.amount, taken.fee, taken.net) == (-1500, 1500, -3000)
    assert api.charges.retrieve(charge.id).disputed
    assert event_types(sandbox)[-2:] == ["charge.dispute.created", "charge.dispute.funds_withdrawn"]


@pytest.mark.parametrize(("outcome", "kept"), [("won", -1500), ("lost", -3000)])
def test_a_dispute_is_answered_and_then_decided(api, sandbox, dispute, press, outcome, kept):
    assert press(f"/disputes/{dispute.id}/answer") == 200
    assert api.disputes.retrieve(dispute.id).status == "under_review"
    assert press(f"/disputes/{dispute.id}/close", outcome=outcome) == 200
    closed = api.disputes.retrieve(dispute.id)
    assert closed.status == outcome
    assert sum(moved.net for moved in closed.balance_transactions) == kept
    told = [kind for kind in event_types(sandbox) if kind.startswith("charge.dispute")][2:]
    reinstated = ["charge.dispute.funds_reinstated"] if outcome == "won" else []
    assert told == ["charge.dispute.updated", "charge.dispute.closed", *reinstated]
    assert press(f"/disputes/{dispute.id}/close", outcome="won") == 400, "a bank decides once"


def test_giving_in_through_the_api_is_losing(api, dispute):
    assert api.disputes.close(dispute.id).status == "lost"
    with pytest.raises(stripe.InvalidRequestError):
        api.disputes.close(dispute.id)


def test_a_disputed_charge_is_not_refunded_or_disputed_again_unless_it_was_won(api, charge, dispute, press):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        api.refunds.create({"charge": charge.id})
    assert caught.value.code == "charge_disputed"
    assert press(f"/charges/{charge.id}/dispute") == 400
    press(f"/disputes/{dispute.id}/close", outcome="won")
    assert api.refunds.create({"charge": charge.id}).status == "succeeded"


def test_a_warning_of_fraud_is_no_dispute(api, sandbox, charge, press):
    assert press(f"/charges/{charge.id}/warn") == 200
    (warning,) = api.radar.early_fraud_warnings.list({"payment_intent": charge.payment_intent}).data
    assert (warning.charge, warning.actionable) == (charge.id, True)
    assert api.radar.early_fraud_warnings.retrieve(warning.id, {"expand": ["charge"]}).charge.id == charge.id
    assert event_types(sandbox)[-1] == "radar.early_fraud_warning.created"
    assert api.disputes.list({"charge": charge.id}).data == []


def test_a_refund_that_bounces_leaves_the_charge_paid(api, sandbox, charge, press):
    first = api.refunds.create({"charge": charge.id, "amount": 500})
    second = api.refunds.create({"charge": charge.id})
    assert press(f"/refunds/{second.id}/fail") == 200
    failed = api.refunds.retrieve(second.id)
    assert (failed.status, failed.failure_reason) == ("failed", "expired_or_canceled_card")
    found = api.charges.retrieve(charge.id)
    assert (found.amount_refunded, found.refunded) == (500, False)
    assert api.refunds.retrieve(first.id).status == "succeeded"
    assert event_types(sandbox)[-2:] == ["refund.updated", "refund.failed"]
    assert press(f"/refunds/{second.id}/fail") == 400, "it bounces once"


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("/charges/ch_of_nobody/dispute", {}, 404),
        ("/disputes/du_of_nobody/answer", {}, 404),
        ("/refunds/re_of_nobody/fail", {}, 404),
    ],
)
def test_what_is_not_there_is_not_found(press, path, form, status):
    assert press(path, **form) == status


def test_moods_that_banks_do_not_have_are_refused(charge, dispute, press):
    assert press(f"/charges/{charge.id}/dispute", reason="whim") == 400
    assert press(f"/disputes/{dispute.id}/close", outcome="perhaps") == 400


def test_the_site_is_told_of_it(charge, dispute, receiver):
    eventually(lambda: any(b"charge.dispute.created" in body for _, body, _ in list(receiver.received)))


def test_the_overview_has_the_buttons_that_fit(sandbox, dispute, press):
    page = requests.get(sandbox.url, headers=HTML, timeout=5).text
    assert f"/disputes/{dispute.id}/close" in page
    assert f"/charges/{dispute.charge}/refund" not in page, "what is disputed cannot be given back"
    press(f"/disputes/{dispute.id}/close", outcome="won")
    page = requests.get(sandbox.url, headers=HTML, timeout=5).text
    assert f"/disputes/{dispute.id}/close" not in page
    assert f"/charges/{dispute.charge}/refund" in page
