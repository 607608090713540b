"""The overview tells one person's journey across Stripe, the site, HubSpot and the mailbox."""

from __future__ import annotations

import re

import pytest
import requests

from sandbox.meanings import MEANINGS
from sandbox.stripe_api.parameters import EVENT_TYPES
from sandbox.tests.conftest import control, eventually, pay
from sandbox.tests.test_contacts import MARA, upsert
from sandbox.tests.test_mailbox import send


def page(sandbox) -> str:
    return requests.get(f"{sandbox.url}/", headers={"Accept": "text/html"}, timeout=5).text


def journey(sandbox, api, crm, open_session) -> None:
    """All that the site makes of one member who joins."""
    session = open_session()
    pay(session)
    customer = api.checkout.sessions.retrieve(session.id).customer
    api.customers.update(customer, {"name": "Mara van Dyk", "metadata": {"wits_member_id": "m-1"}})
    upsert(crm, MARA)
    send(sandbox)


def steps(text: str) -> dict[str, str]:
    return dict(re.findall(r'class="step is-\w+">([^<]+)<span class="hidden">: ([^<]+)</span>', text))


def test_an_empty_sandbox_says_where_to_begin(sandbox, receiver):
    text = page(sandbox)
    assert "Nobody has joined yet" in text
    assert f'href="{receiver.url}/join/"' in text


def test_a_whole_journey_is_one_person_with_every_step_done(sandbox, api, crm, open_session):
    journey(sandbox, api, crm, open_session)
    done = dict.fromkeys(("Checkout", "Paid", "Site told", "Customer", "Contact", "Mail"), "done")
    eventually(lambda: steps(page(sandbox)) == done)
    text = page(sandbox)
    assert text.count('<details class="person"') == 1
    assert "Mara van Dyk" in text
    for told in ("Paid, Visa …4242", "checkout.session.completed", "Contact created", "You’re in"):
        assert told in text


def test_a_failed_webhook_shows_its_answer_and_its_tries(sandbox, receiver, api, open_session):
    receiver.answers[:] = [500, 500, 500, 500]
    api.checkout.sessions.expire(open_session().id)
    eventually(lambda: "given up" in page(sandbox))
    text = page(sandbox)
    assert steps(text)["Site told"] == "failed"
    assert "4 tries" in text


def test_two_people_are_told_apart_and_the_newest_comes_first(sandbox, open_session):
    open_session(customer_email="mara@uwo.ca")
    open_session(customer_email="Ines@uwo.ca")
    open_session(customer_email=None)
    people = re.findall(r'<details class="person" id="([^"]+)"', page(sandbox))
    assert people[0].startswith("cs_test_")
    assert people[1:] == ["ines@uwo.ca", "mara@uwo.ca"]


def test_every_event_that_a_journey_may_show_is_explained():
    spoken = {
        kind for kind in EVENT_TYPES if kind.startswith(("charge.", "checkout.", "customer.", "payment_intent."))
    }
    assert {kind for kind in spoken if "dispute" not in kind} <= set(MEANINGS) <= set(EVENT_TYPES)


def test_faults_that_are_on_are_told(sandbox):
    assert "on purpose" not in page(sandbox)
    sandbox.state.faults.add({"vendor": "stripe", "kind": "500"})
    assert "on purpose" in page(sandbox)


def test_the_buttons_refund_and_settle(sandbox, api, open_session):
    session = open_session()
    pay(session)
    charge = api.charges.list().data[0]
    refund = requests.post(f"{sandbox.url}/charges/{charge.id}/refund", data={"amount": "5.00"}, timeout=5)
    assert refund.ok
    assert api.charges.retrieve(charge.id).amount_refunded == 500
    too_much = requests.post(f"{sandbox.url}/charges/{charge.id}/refund", data={"amount": "15.00"}, timeout=5)
    assert too_much.status_code == 400
    slow = open_session(customer_email="ines@uwo.ca")
    control(slow.url, "slow")
    assert "The slow payment arrives" in page(sandbox)
    control(slow.url, "settle", outcome="succeeded", back="/")
    assert "The slow payment arrives" not in page(sandbox)


@pytest.mark.parametrize("amount", ["0", "-5", "lots", "nan", "1e9"])
def test_an_amount_that_cannot_be_given_back_is_told(sandbox, api, open_session, amount):
    pay(open_session())
    charge = api.charges.list().data[0]
    answer = requests.post(f"{sandbox.url}/charges/{charge.id}/refund", data={"amount": amount}, timeout=5)
    assert answer.status_code == 400
    assert api.charges.retrieve(charge.id).amount_refunded == 0


def test_a_form_leads_back_to_a_page_of_the_sandbox_only(sandbox, open_session):
    session = open_session()
    browser = {"Accept": "text/html"}
    answer = requests.post(
        f"{session.url}/expire",
        data={"back": "//elsewhere.example/"},
        headers=browser,
        allow_redirects=False,
        timeout=5,
    )
    assert answer.headers["Location"] == f"/pay/{session.id}"
