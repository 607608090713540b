"""Promising: with the caller's transaction, once for each key."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from outbox.models import Delivery
from outbox.promises import Wish, promise, promise_all, try_again


@pytest.mark.django_db(transaction=True)
def test_a_promise_outside_a_transaction_is_refused(kind):
    with pytest.raises(transaction.TransactionManagementError):
        promise(kind.name, "one")
    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_a_promise_goes_with_a_rolled_back_transaction(kind):
    with transaction.atomic():
        promise(kind.name, "one")
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_the_same_key_again_returns_the_row_there_is_and_changes_nothing(kind):
    first = kind.promise(payload={"id": 1}, about="member:1")
    again = kind.promise(payload={"id": 2}, about="member:2", due_at=timezone.now() + timedelta(days=1))
    assert again.pk == first.pk
    assert again.payload == {"id": 1}
    assert again.about == "member:1"
    assert again.due_at == first.due_at
    assert Delivery.objects.count() == 1


@pytest.mark.django_db
def test_a_kind_that_nobody_delivers_is_refused_when_promised():
    with pytest.raises(LookupError, match=r"test\.unknown"):
        promise("test.unknown", "one")


@pytest.mark.django_db
def test_the_channel_is_that_of_the_kind(make_kind):
    assert make_kind("test.mail", channel="mail").promise().channel == "mail"


@pytest.mark.django_db(transaction=True)
def test_the_same_promise_in_sixteen_transactions_at_once_is_one_row_and_fails_none(kind, at_once):
    at_once(16, lambda: kind.promise("same"))
    assert Delivery.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "possible"), [("dead", True), ("waiting", True), ("running", False), ("done", False)]
)
def test_try_again_gives_new_patience_to_what_is_dead_or_waits_and_leaves_the_rest_alone(
    kind, clock, state, possible
):
    row = kind.promise()
    Delivery.objects.update(state=state, attempts=9, surprises=8, due_at=timezone.now() + timedelta(days=1))
    clock.shift(timedelta(days=8))
    assert try_again(row) is possible
    row.refresh_from_db()
    if possible:
        assert (row.state, row.attempts, row.surprises) == ("waiting", 0, 0)
        assert row.due_at == row.trying_since == timezone.now()
    else:
        assert (row.state, row.attempts, row.surprises) == (state, 9, 8)


@pytest.mark.django_db(transaction=True)
def test_several_promises_at_once_need_a_transaction_too(kind):
    with pytest.raises(transaction.TransactionManagementError):
        promise_all([Wish(kind.name, "one", {})])
    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_several_promises_at_once_leave_those_alone_that_were_made_before(kind):
    kind.promise("one", payload={"id": 1})
    with transaction.atomic():
        promise_all(
            [Wish(kind.name, "test.push:one", {"id": 2}), Wish(kind.name, "test.push:two", {"id": 3}, "member:3")]
        )
    rows = Delivery.objects.order_by("key").values_list("key", "payload", "about", "channel")
    assert list(rows) == [
        ("test.push:one", {"id": 1}, "", "hubspot"),
        ("test.push:two", {"id": 3}, "member:3", "hubspot"),
    ]
