"""Claiming: each row once, however many reach for it; a dead worker's rows come back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from outbox import claims
from outbox.deliver import settle
from outbox.models import Alert, Delivery
from outbox.promises import try_again
from outbox.worker import run_once


@pytest.mark.django_db
def test_the_delivery_that_is_due_longest_is_claimed_first_and_its_attempt_counted(kind, clock):
    kind.promise("later")
    kind.promise("first", due_at=timezone.now() - timedelta(hours=1))
    claim = claims.claim()
    assert claim.delivery.key == "test.push:first"
    assert claim.delivery.state == "running"
    assert claim.delivery.attempts == 1
    assert claim.delivery.lease_until == timezone.now() + claims.LEASE


@pytest.mark.django_db
def test_what_is_not_due_is_not_claimed(kind, clock):
    kind.promise(due_at=timezone.now() + timedelta(seconds=1))
    assert claims.claim() is None
    assert not claims.due(timezone.now())
    clock.shift(1)
    assert claims.due(timezone.now())
    assert claims.claim() is not None


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["done", "dead"])
def test_what_is_over_is_never_claimed(kind, state):
    kind.promise()
    Delivery.objects.update(state=state)
    assert claims.claim() is None


@pytest.mark.django_db
def test_a_killed_workers_row_is_taken_again_once_its_lease_has_run_out(kind, clock):
    kind.promise()
    first = claims.claim()
    clock.shift(claims.LEASE - timedelta(seconds=1))
    assert claims.claim() is None
    clock.shift(1)
    second = claims.claim()
    assert second.delivery.pk == first.delivery.pk
    assert second.owner != first.owner
    assert second.delivery.attempts == 2


@pytest.mark.django_db
@pytest.mark.parametrize(("deaths", "state"), [(7, "done"), (8, "dead")])
def test_a_delivery_that_takes_its_worker_with_it_each_time_is_given_up_and_told(kind, clock, deaths, state):
    """Else it did so for ever, until systemd gave the worker up: then nothing is delivered any more."""
    kind.promise()
    for _ in range(deaths):
        assert claims.claim() is not None
        clock.shift(claims.LEASE)
    run_once()
    row = Delivery.objects.get(kind=kind.name)
    assert row.state == state
    assert bool(kind.made) == (state == "done")
    assert Alert.objects.filter(kind="delivery.dead").exists() == (state == "dead")
    try_again(row)
    run_once()
    assert kind.made == ["test.push:one"]


@pytest.mark.django_db
def test_a_lease_that_is_renewed_does_not_run_out(kind, clock):
    kind.promise()
    first = claims.claim()
    for _ in range(10):
        clock.shift(claims.RENEW_EVERY)
        claims.renew([first.owner])
        assert claims.claim() is None


@pytest.mark.django_db
@pytest.mark.parametrize("error", [None, ValueError("late")])
def test_a_worker_that_lost_its_lease_changes_nothing_any_more(kind, clock, error):
    kind.promise()
    slow = claims.claim()
    clock.shift(claims.LEASE)
    quick = claims.claim()
    settle(slow, error)
    row = Delivery.objects.get()
    assert (row.state, row.lease_owner) == ("running", quick.owner)
    settle(quick, None)
    row.refresh_from_db()
    assert (row.state, row.lease_owner, row.last_error) == ("done", "", "")


@pytest.mark.django_db(transaction=True)
def test_eight_claimants_at_once_get_each_row_exactly_once(kind, at_once):
    for number in range(40):
        kind.promise(str(number))
    got: list[int] = []

    def take() -> None:
        while claims.due(timezone.now()):
            claim = claims.claim()
            if claim is not None:
                got.append(claim.delivery.pk)

    at_once(8, take)
    assert sorted(got) == sorted(Delivery.objects.values_list("pk", flat=True))
    assert len(got) == 40
