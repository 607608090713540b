"""Both gateways against the running sandbox: the same calls, answered by something that refuses what is wrong."""

import io
import time
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from membership import hubspot_gateway, joining, stripe_gateway
from membership.errors import TransportError
from membership.joining import JoinData
from membership.models import Dispute, Level, Member, Refund
from membership.tests.factories import LevelFactory, MemberFactory
from membership.tests.real_sandbox import fault
from membership.tests.stand_in import stand_in
from membership.tests.test_hubspot_gateway import ALICE
from membership.tests.test_stripe_gateway_checkout import parameters
from sandbox import old_site
from sandbox.stripe_api import disputes, paying

CARD, REFUSED_CARD = "4242424242424242", "4000000000000002"


def soon(**changes):
    return parameters(product_id="", expires_at=timezone.now() + timedelta(hours=1), **changes)


def pay(sandbox, session, card=CARD):
    state = sandbox.state
    with state.change():
        row = state["checkout.session"].need(session.id)
        return paying.pay(state, row, paying.Payer("wallet@icloud.example", "ALICE SAMPLE", card))


def test_a_session_is_opened_paid_and_found_again(sandbox):
    opened = stripe_gateway.open_checkout(soon(), idempotency_key="uuid:1")
    assert (opened.status, opened.payment_status, opened.customer_id) == ("open", "unpaid", None)
    assert opened.url.startswith(sandbox.url)
    pay(sandbox, opened)
    paid = stripe_gateway.retrieve_session(opened.id)
    assert (paid.status, paid.payment_status, paid.amount_total, paid.currency) == ("complete", "paid", 1500, "cad")
    assert paid.metadata == soon()["metadata"]
    assert stripe_gateway.is_ours(paid.metadata)
    assert paid.customer_id
    assert stripe_gateway.payment_outcome(paid.payment_intent_id) == stripe_gateway.PaymentOutcome("succeeded", 0)
    assert sandbox.state["payment_intent"].need(paid.payment_intent_id)["metadata"]["wits"] == "join"


def test_the_same_key_gives_the_same_session_and_refuses_other_parameters(sandbox):
    kept = soon()
    first = stripe_gateway.open_checkout(kept, idempotency_key="uuid:1")
    assert stripe_gateway.open_checkout(kept, idempotency_key="uuid:1").id == first.id
    with pytest.raises(TransportError) as error:
        stripe_gateway.open_checkout({**kept, "expires_at": kept["expires_at"] + 1}, idempotency_key="uuid:1")
    assert error.value.permanent
    assert len(sandbox.state["checkout.session"]) == 1


def test_a_lost_answer_does_not_open_a_second_session(sandbox):
    fault(sandbox, "stripe", "lost", times=1)
    stripe_gateway.open_checkout(soon(), idempotency_key="uuid:1")
    assert len(sandbox.state["checkout.session"]) == 1


def test_a_failure_that_is_remembered_asks_for_a_new_key(sandbox):
    fault(sandbox, "stripe", "500", times=1)
    kept = soon()
    with pytest.raises(TransportError) as error:
        stripe_gateway.open_checkout(kept, idempotency_key="uuid:1")
    assert error.value.permanent
    assert stripe_gateway.open_checkout(kept, idempotency_key="uuid:2").status == "open"


def ask(vendor):
    return stripe_gateway.retrieve_session("cs_test_1") if vendor == "stripe" else hubspot_gateway.push_contact(ALICE)


@pytest.mark.parametrize(("kind", "pauses"), [("429", False), ("503", False), ("401", True)])
@pytest.mark.parametrize("vendor", ["stripe", "hubspot"])
def test_what_the_partners_may_answer(sandbox, vendor, kind, pauses):
    fault(sandbox, vendor, kind, seconds=3)
    with pytest.raises(TransportError) as error:
        ask(vendor)
    assert (error.value.permanent, error.value.pauses) == (False, pauses)
    assert error.value.retry_after == (3 if kind == "429" else None)


@pytest.mark.parametrize("kind", ["reset", "html", "latency"])
@pytest.mark.parametrize("vendor", ["stripe", "hubspot"])
def test_what_happens_on_the_way(sandbox, settings, vendor, kind):
    settings.STRIPE_TIMEOUT_SECONDS = settings.HUBSPOT_TIMEOUT_SECONDS = 0.2
    fault(sandbox, vendor, kind, seconds=1)
    with pytest.raises(TransportError) as error:
        ask(vendor)
    assert (error.value.permanent, error.value.pauses) == (False, False)


def test_a_session_can_be_closed_once(sandbox):
    opened = stripe_gateway.open_checkout(soon(), idempotency_key="uuid:1")
    stripe_gateway.expire_session(opened.id)
    assert stripe_gateway.retrieve_session(opened.id).status == "expired"
    with pytest.raises(TransportError) as error:
        stripe_gateway.expire_session(opened.id)
    assert error.value.permanent


def test_an_unknown_session_is_permanent(sandbox):
    with pytest.raises(TransportError) as error:
        stripe_gateway.retrieve_session("cs_test_nobodys")
    assert error.value.permanent
    assert "resource_missing" in error.value.message


def test_every_session_is_listed_once_over_all_pages(sandbox, monkeypatch):
    monkeypatch.setattr("membership.stripe_gateway.checkout.PAGE_SIZE", 2)
    opened = [stripe_gateway.open_checkout(soon(), idempotency_key=f"uuid:{n}") for n in range(5)]
    pay(sandbox, opened[1])
    since = timezone.now() - timedelta(days=8)
    listed = [session.id for session in stripe_gateway.list_sessions(created_since=since)]
    assert sorted(listed) == sorted(session.id for session in opened)
    complete = stripe_gateway.list_sessions(created_since=since, complete_only=True)
    assert [session.id for session in complete] == [opened[1].id]
    assert list(stripe_gateway.list_sessions(created_since=timezone.now() + timedelta(hours=1))) == []


def test_a_customer_gets_the_preferred_name_and_loses_what_is_emptied(sandbox):
    opened = stripe_gateway.open_checkout(soon(), idempotency_key="uuid:1")
    pay(sandbox, opened)
    customer_id = stripe_gateway.retrieve_session(opened.id).customer_id
    told = {"name": "Mary Anne van Dyk", "email": "alice@uwo.ca"}
    stripe_gateway.update_customer(customer_id, **told, metadata={"wits_until": "2027-04-30", "wits_level": "x"})
    stripe_gateway.update_customer(customer_id, **told, metadata={"wits_until": "", "wits_level": "y"})
    customer = sandbox.state["customer"].need(customer_id)
    assert (customer["name"], customer["email"]) == ("Mary Anne van Dyk", "alice@uwo.ca")
    assert customer["metadata"] == {"wits_level": "y"}


def test_all_that_is_said_of_a_payment_and_only_of_that_one(sandbox):
    intents, opened = [], []
    for number in range(2):
        session = stripe_gateway.open_checkout(soon(), idempotency_key=f"uuid:{number}")
        opened.append(session.created)
        pay(sandbox, session)
        intents.append(stripe_gateway.retrieve_session(session.id).payment_intent_id)
        with sandbox.state.change():
            disputes.warn(sandbox.state, sandbox.state["charge"].first("payment_intent", intents[-1]))
    refund = stripe_gateway.make_refund(refund_uuid="0a", payment_intent_id=intents[0], cents=500, reason="")
    warnings = list(stripe_gateway.list_fraud_warnings(created_since=opened[0]))
    assert [said.payment_intent_id for said in warnings] == [intents[1], intents[0]]
    assert stripe_gateway.said_of_payment(intents[0]) == [
        ("refund.updated", refund),
        (stripe_gateway.WARNING_EVENT, warnings[1]),
    ]


@pytest.mark.django_db(transaction=True)
def test_a_member_whose_customer_was_deleted_at_stripe_can_renew(sandbox):
    LevelFactory(stripe_product_id="")
    member = MemberFactory(stripe_customer_id="cus_gone")
    started = joining.start(JoinData("nonce", "wits-member", 1500, "Alice", "Sample", "alice@uwo.ca", member=member))
    assert started.next == joining.Next.PAY
    member.refresh_from_db()
    assert member.stripe_customer_id == ""
    assert sandbox.state["checkout.session"].need(started.signup.stripe_session_id)["customer"] is None
    with pytest.raises(TransportError) as error:
        stripe_gateway.update_customer("cus_gone", name="Alice", email="alice@uwo.ca", metadata={})
    assert error.value.gone


def test_a_known_customer_renews(sandbox):
    first = stripe_gateway.open_checkout(soon(), idempotency_key="uuid:1")
    pay(sandbox, first)
    customer_id = stripe_gateway.retrieve_session(first.id).customer_id
    again = stripe_gateway.open_checkout(soon(customer_id=customer_id), idempotency_key="other:1")
    pay(sandbox, again)
    assert stripe_gateway.retrieve_session(again.id).customer_id == customer_id
    assert len(sandbox.state["customer"]) == 1


def test_a_refund_is_made_once_however_often_and_late_it_is_tried(sandbox):
    session = stripe_gateway.open_checkout(soon(), idempotency_key="uuid:1")
    pay(sandbox, session)
    intent = stripe_gateway.retrieve_session(session.id).payment_intent_id
    wanted = {"refund_uuid": "0a", "payment_intent_id": intent, "cents": 500, "reason": "duplicate"}

    first = stripe_gateway.make_refund(**wanted)
    assert (first.status, first.object["amount"], first.payment_intent_id) == ("succeeded", 500, intent)
    with sandbox.state.change():
        sandbox.state["idempotency_key"].clear()  # as Stripe forgets them after a day
    assert stripe_gateway.make_refund(**wanted).id == first.id
    assert stripe_gateway.retrieve_refund(first.id) == first
    assert [said.id for said in stripe_gateway.list_refunds(created_since=session.created)] == [first.id]
    with pytest.raises(TransportError) as error:
        stripe_gateway.make_refund(**wanted | {"refund_uuid": "0b", "cents": 1001})
    assert error.value.permanent


def test_a_disputed_payment_is_refused_a_refund_and_the_dispute_is_listed(sandbox):
    session = stripe_gateway.open_checkout(soon(), idempotency_key="uuid:1")
    pay(sandbox, session)
    intent = stripe_gateway.retrieve_session(session.id).payment_intent_id
    with sandbox.state.change():
        dispute = disputes.open_dispute(sandbox.state, sandbox.state["charge"].first("payment_intent", intent))
    [said] = stripe_gateway.list_disputes(created_since=session.created)
    assert (said.id, said.status, said.payment_intent_id) == (dispute["id"], "needs_response", intent)
    assert stripe_gateway.retrieve_dispute(said.id) == said
    assert stripe_gateway.said_of_payment(intent) == [(stripe_gateway.DISPUTE_EVENT, said)]
    with pytest.raises(TransportError) as error:
        stripe_gateway.make_refund(refund_uuid="0a", payment_intent_id=intent, cents=500, reason="")
    assert error.value.permanent
    assert "charge_disputed" in error.value.message


def test_the_events_it_signs_are_read(sandbox, settings, db):
    with stand_in() as site:
        site.says({})
        made = stripe_gateway.ensure_endpoint(url=f"{site.url}/webhooks/stripe/")[0]
        settings.STRIPE_WEBHOOK_SECRETS = [made.secret]
        opened = stripe_gateway.open_checkout(soon(), idempotency_key="uuid:1")
        pay(sandbox, opened, REFUSED_CARD)
        pay(sandbox, opened)
        deadline = time.monotonic() + 10
        while len(site.asked) < 2 and time.monotonic() < deadline:
            time.sleep(0.02)
    events = {
        event.type: event
        for event in (
            stripe_gateway.read_event(asked.body.encode(), asked.headers["Stripe-Signature"]) for asked in site.asked
        )
    }
    assert set(events) == {"payment_intent.payment_failed", "checkout.session.completed"}
    session = stripe_gateway.session_from_object(events["checkout.session.completed"].object)
    assert session == replace(stripe_gateway.retrieve_session(opened.id), url=session.url)


def test_the_stripe_account_is_set_up_and_then_left_alone(sandbox, db, settings):
    Level.objects.all().delete()
    level = Level.objects.create(slug="wits-member", name="WITS member", price_cents=1500)
    with pytest.raises(CommandError):
        call_command("setup_stripe", "--check", stdout=io.StringIO())
    assert len(sandbox.state["product"]) == 0
    call_command("setup_stripe", stdout=io.StringIO())
    out = io.StringIO()
    call_command("setup_stripe", "--check", stdout=out)
    assert out.getvalue().count("as it should be") == 2
    level.refresh_from_db()
    made = parameters(product_id=level.stripe_product_id, expires_at=timezone.now() + timedelta(hours=1))
    assert stripe_gateway.open_checkout(made, idempotency_key="uuid:1").amount_total == 1500


@pytest.mark.django_db
@time_machine.travel("2026-11-20T17:00:00Z")
def test_what_the_old_site_left_is_taken_over_and_the_second_time_there_is_nothing_to_do(sandbox):
    LevelFactory()
    old_site.leave(sandbox.state)
    out = io.StringIO()
    call_command("reconcile", "--days", "400", stdout=out)
    words = out.getvalue()
    assert "7 taken over as members." in words, words
    assert "5 wait for a decision" in words
    assert "1 of the old site's payments: given back" in words
    assert Member.objects.count() == 6, "one of them has two years"
    assert Member.objects.get(first_name="Priya Lindqvist").stripe_customer_id == ""
    assert Dispute.objects.get().status == "lost"
    assert Refund.objects.get().amount_cents == 500
    again = io.StringIO()
    call_command("reconcile", "--days", "400", stdout=again)
    assert "Stripe and the members agree." in again.getvalue()
