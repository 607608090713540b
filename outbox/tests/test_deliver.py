"""Delivering one row after the other: done only after the effect, dead only by the rules, nobody blocked."""

import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from outbox import claims, registry
from outbox.errors import TransportError
from outbox.models import Alert, Delivery
from outbox.promises import try_again
from outbox.worker import drain, run_once

SECRET = "mary.anne@example.com"


@pytest.mark.django_db(transaction=True)
def test_a_handler_runs_outside_any_transaction(make_kind):
    seen = []
    kind = make_kind(handler=lambda delivery: seen.append((connection.in_atomic_block, delivery.state)))
    kind.promise()
    run_once()
    assert seen == [(False, "running")]


@pytest.mark.django_db
def test_done_is_written_only_after_the_effect(make_kind):
    seen = []
    kind = make_kind(handler=lambda delivery: seen.append(Delivery.objects.get().state))
    kind.promise()
    run_once()
    assert seen == ["running"]
    row = Delivery.objects.get()
    assert row.state == "done"
    assert row.done_at is not None
    assert row.lease_until is None


@pytest.mark.django_db
def test_a_permanent_refusal_is_dead_at_once_and_told_once_with_the_way_to_it(kind, clock):
    kind.always = TransportError("Stripe knows no such customer.", permanent=True)
    row = kind.promise()
    assert run_once()
    assert not run_once()
    row.refresh_from_db()
    assert row.state == "dead"
    alert = Alert.objects.get()
    assert alert.kind == "delivery.dead"
    assert alert.link == f"/admin/deliveries/inspect/{row.pk}/"
    assert "Stripe knows no such customer." in alert.what


@pytest.mark.django_db
def test_a_surprise_is_dead_after_eight_tries_and_its_words_are_nowhere(kind, clock, caplog):
    kind.always = ValueError(SECRET)
    row = kind.promise()
    with caplog.at_level(logging.DEBUG):
        for _ in range(30):
            run_once()
            clock.shift(timedelta(hours=2))
    row.refresh_from_db()
    assert (row.state, row.attempts, row.surprises) == ("dead", 8, 8)
    assert row.last_error.startswith("ValueError at outbox.tests.conftest:")
    assert len(caplog.records) >= 8
    assert SECRET not in caplog.text + row.last_error + "".join(Alert.objects.values_list("what", flat=True))


@pytest.mark.django_db
def test_a_partner_that_is_away_for_five_days_loses_nothing(kind, clock):
    kind.always = TransportError("Away.")
    for number in range(3):
        kind.promise(str(number))
    for _ in range(5 * 24):
        drain()
        clock.shift(timedelta(hours=1))
    kind.always = None
    clock.shift(timedelta(hours=2))
    drain()
    assert set(Delivery.objects.filter(kind=kind.name).values_list("state", flat=True)) == {"done"}


@pytest.mark.django_db
def test_after_eight_days_without_the_partner_a_person_can_try_again(kind, clock, mailbox):
    kind.always = TransportError("Away.")
    row = kind.promise()
    for _ in range(8 * 24):
        run_once()
        clock.shift(timedelta(hours=1))
    row.refresh_from_db()
    assert row.state == "dead"
    assert Alert.objects.filter(kind="delivery.dead").count() == 1
    try_again(row)
    run_once()
    row.refresh_from_db()
    assert row.state == "waiting"
    kind.always = None
    clock.shift(timedelta(hours=2))
    run_once()
    row.refresh_from_db()
    assert row.state == "done"


@pytest.mark.django_db
def test_a_poison_row_among_a_hundred_blocks_nobody(make_kind, clock, mailbox):
    def deliver(delivery):
        if delivery.payload.get("poison"):
            raise KeyError("poison")

    kind = make_kind(handler=deliver)
    for number in range(100):
        kind.promise(str(number), payload={"poison": number == 0})
    drain()
    assert Delivery.objects.filter(kind=kind.name, state="done").count() == 99
    for _ in range(20):
        clock.shift(timedelta(minutes=10))
        drain()
    assert Delivery.objects.filter(kind=kind.name, state="dead").count() == 1
    assert [mail.subject for mail in mailbox] == [
        "WITS site: Something could not be delivered (test.push): KeyError at outbox.tests.test_deliver:"
        + Delivery.objects.get(state="dead").last_error.rsplit(":", 1)[1]
    ]


@pytest.mark.django_db
def test_a_kind_that_nobody_delivers_any_more_becomes_dead_and_is_told(kind, clock):
    kind.promise()
    registry.forget(kind.name)
    for _ in range(20):
        run_once()
        clock.shift(timedelta(hours=2))
    row = Delivery.objects.get(kind=kind.name)
    assert row.state == "dead"
    assert Alert.objects.filter(kind="delivery.dead").exists()


@pytest.mark.django_db
def test_a_mail_to_the_club_that_is_given_up_makes_no_further_mail_to_the_club(make_kind, monkeypatch, clock):
    monkeypatch.setattr("outbox.deliver.TOLD_BY_MAIL", frozenset({"test.push"}))
    kind = make_kind(channel="mail")
    kind.always = TransportError("No such address.", permanent=True)
    kind.promise()
    run_once()
    assert Delivery.objects.get().state == "dead"
    assert not Alert.objects.exists()


@pytest.mark.django_db
def test_drain_delivers_what_becomes_due_by_what_it_delivers_and_leaves_what_is_not_due(make_kind, clock):
    second = make_kind("test.second")
    first = make_kind("test.first", handler=lambda delivery: second.promise("by first"))
    first.promise()
    second.promise("later", due_at=timezone.now() + timedelta(minutes=5))
    assert drain() == 2
    assert second.made == ["test.second:by first"]


@pytest.mark.django_db
def test_drain_sends_the_alert_of_what_it_gave_up(kind, clock, mailbox):
    kind.always = TransportError("Never.", permanent=True)
    kind.promise()
    drain()
    assert len(mailbox) == 1
    assert mailbox[0].to == ["executives@wits.example"]


@pytest.mark.django_db
def test_a_claim_that_was_never_settled_is_delivered_again(kind, clock):
    kind.promise()
    claims.claim()
    clock.shift(claims.LEASE)
    assert run_once()
    assert kind.made == ["test.push:one"]
