"""Those who write to SQLite queue, and nobody keeps the turn who is done."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, connections, transaction

from membership.models import Level

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL needs no queue"),
]


def raise_the_price(_):
    try:
        with transaction.atomic():
            level = Level.objects.get(slug="queue")
            level.price_cents += 1
            level.save()
    finally:
        connections.close_all()


def test_no_write_is_lost_or_refused_with_many_at_once():
    Level.objects.create(slug="queue", name="Queue", price_cents=0)
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(raise_the_price, range(160)))
    assert Level.objects.get(slug="queue").price_cents == 160


def holds_the_turn():
    return connection._turn is not None


def test_the_turn_lasts_as_long_as_the_transaction():
    assert not holds_the_turn()
    with transaction.atomic():
        assert holds_the_turn()
        with transaction.atomic():
            assert holds_the_turn()
        assert holds_the_turn()
    assert not holds_the_turn()


def test_an_error_a_broken_statement_or_a_closed_connection_gives_it_up():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    assert not holds_the_turn()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT no_such_column")
    assert not holds_the_turn()

    with transaction.atomic():
        connection.close()
    assert not holds_the_turn()


def test_a_thread_that_ends_in_the_middle_lets_the_others_go_on():
    Level.objects.create(slug="queue", name="Queue", price_cents=0)

    def end_in_the_middle():
        transaction.set_autocommit(False)
        Level.objects.filter(slug="queue").update(price_cents=7)
        connections.close_all()

    thread = threading.Thread(target=end_in_the_middle)
    thread.start()
    thread.join()
    raise_the_price(None)
    assert Level.objects.get(slug="queue").price_cents == 1


def test_a_write_outside_a_transaction_waits_for_its_place_in_python():
    Level.objects.create(slug="queue", name="Queue", price_cents=0)
    begun, done = threading.Event(), threading.Event()

    def write():
        begun.set()
        try:
            Level.objects.filter(slug="queue").update(price_cents=5)
            done.set()
        finally:
            connections.close_all()

    with transaction.atomic():
        Level.objects.filter(slug="queue").update(price_cents=3)
        thread = threading.Thread(target=write)
        thread.start()
        assert begun.wait(5)
        assert not done.wait(0.2), "one writes at a time"
    assert done.wait(5)
    thread.join()
    assert Level.objects.get(slug="queue").price_cents == 5
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (0,), "SQLite itself never sleeps"


def test_who_waits_too_long_is_told_so():
    Level.objects.create(slug="queue", name="Queue", price_cents=0)
    refused = []

    def write():
        connection.ensure_connection()
        connection._patience = 0.05
        try:
            Level.objects.filter(slug="queue").update(price_cents=5)
        except DatabaseError as error:
            refused.append(str(error))
        finally:
            connections.close_all()

    with transaction.atomic():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert refused == ["database is locked"]
