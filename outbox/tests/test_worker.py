"""The running worker: several threads, a stop that loses nothing, a database that comes and goes."""

import logging
import threading
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from outbox import claims, worker
from outbox.errors import TransportError
from outbox.models import Delivery
from outbox.schedule import schedule
from outbox.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def brisk(monkeypatch, quiet_schedule):
    """Polls often, so that no test waits for long."""
    monkeypatch.setattr(worker, "IDLE_POLL_SECONDS", 0.02)
    monkeypatch.setattr(worker, "SCHEDULE_POLL_SECONDS", 0.02)


@pytest.fixture
def start():
    """Start workers in threads of this process; all are stopped in the end."""
    started: list[tuple[Worker, threading.Thread]] = []

    def go(threads: int = 3) -> tuple[Worker, threading.Thread]:
        made = Worker(threads=threads)
        thread = threading.Thread(target=made.run)
        thread.start()
        started.append((made, thread))
        return made, thread

    yield go
    for made, thread in started:
        made.stop()
        thread.join(20)
        assert not thread.is_alive()


def until(condition, seconds: float = 20) -> None:
    """Wait for `condition()`, and fail when it does not come."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.01)


def all_done() -> bool:
    return not Delivery.objects.exclude(state="done").exists()


def test_two_workers_deliver_each_row_once(kind, start):
    for number in range(40):
        kind.promise(str(number))
    start()
    start()
    until(all_done)
    assert sorted(kind.made) == sorted(f"test.push:{number}" for number in range(40))


def test_what_is_promised_later_is_found(kind, start):
    start()
    kind.promise("one")
    until(all_done)
    kind.promise("two")
    until(all_done)
    assert kind.made == ["test.push:one", "test.push:two"]


def test_a_stop_finishes_what_runs_and_begins_nothing_more(make_kind, start):
    began, go_on = threading.Event(), threading.Event()

    def deliver(delivery):
        began.set()
        assert go_on.wait(20)

    kind = make_kind(handler=deliver)
    kind.promise("first")
    made, thread = start(threads=1)
    assert began.wait(20)
    kind.promise("second")
    made.stop()
    thread.join(0.3)
    assert thread.is_alive()
    go_on.set()
    thread.join(20)
    assert not thread.is_alive()
    assert dict(Delivery.objects.values_list("key", "state")) == {
        "test.push:first": "done",
        "test.push:second": "waiting",
    }


def test_a_long_delivery_keeps_its_lease_and_is_not_made_twice(make_kind, start, monkeypatch):
    monkeypatch.setattr(claims, "LEASE", timedelta(seconds=1))
    monkeypatch.setattr(claims, "RENEW_EVERY", timedelta(seconds=0.2))
    made = []

    def deliver(delivery):
        made.append(delivery.key)
        end = time.monotonic() + 3
        while time.monotonic() < end:
            time.sleep(0.05)

    make_kind(handler=deliver).promise()
    start()
    start()
    until(all_done)
    assert made == ["test.push:one"]


def test_a_slow_partner_does_not_take_every_thread(make_kind, start):
    go_on = threading.Event()
    slow = make_kind("test.slow", channel="hubspot", handler=lambda delivery: go_on.wait(20))
    quick = make_kind("test.quick", channel="mail")
    for number in range(10):
        slow.promise(str(number))
    start(threads=3)
    until(lambda: Delivery.objects.filter(kind="test.slow", state="running").count() == 2)
    quick.promise()
    until(lambda: quick.made)
    assert Delivery.objects.filter(kind="test.slow", state="running").count() == 2
    go_on.set()
    until(all_done)


def test_pictures_are_made_one_at_a_time_so_that_a_hundred_of_them_hold_up_nothing(make_kind, start):
    go_on = threading.Event()
    heavy = make_kind("test.heavy", channel="pictures", handler=lambda delivery: go_on.wait(20))
    site = make_kind("test.site", channel="site")
    for number in range(10):
        heavy.promise(str(number))
    site.promise("one")
    site.promise("two")
    start(threads=3)
    until(lambda: len(site.made) == 2)
    assert Delivery.objects.filter(kind="test.heavy", state="running").count() == 1
    assert not Delivery.objects.filter(kind="test.heavy", state="done").exists()
    go_on.set()
    until(all_done)


def test_the_worker_survives_the_databases_absence_and_says_so_once_a_thread(kind, start, monkeypatch, caplog):
    away = threading.Event()
    away.set()
    real = claims.claim

    def claim(**options):
        if away.is_set():
            raise OperationalError("the database system is shutting down: secret-host")
        return real(**options)

    monkeypatch.setattr(claims, "claim", claim)
    kind.promise()
    with caplog.at_level(logging.INFO, "outbox.worker"):
        start(threads=1)
        until(lambda: any("away" in record.message for record in caplog.records))
        time.sleep(0.5)
        away.clear()
        until(all_done)
        until(lambda: any("back" in record.message for record in caplog.records))
    assert sum("is away" in record.message for record in caplog.records) == 1
    assert "secret-host" not in caplog.text


def test_an_effect_that_happened_is_written_down_once_the_database_is_back(kind, start, monkeypatch):
    failures = [OperationalError(), OperationalError()]
    real = worker.settle

    def settle(claim, error):
        if failures:
            raise failures.pop()
        real(claim, error)

    monkeypatch.setattr(worker, "settle", settle)
    kind.promise()
    start()
    until(all_done)
    assert kind.made == ["test.push:one"]


def test_a_thread_that_breaks_ends_the_worker_loudly(kind, monkeypatch):
    def claim(**options):
        raise ZeroDivisionError

    monkeypatch.setattr(claims, "claim", claim)
    monkeypatch.setattr(threading, "excepthook", lambda info: None)
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        Worker(threads=2).run()


def test_a_main_loop_that_breaks_leaves_no_thread_behind(kind, monkeypatch):
    """Threads that went on without it would deliver on leases that nobody renews, and keep the process alive."""

    def tell():
        raise ZeroDivisionError

    monkeypatch.setattr(worker, "tell", tell)
    broken = Worker(threads=2)
    before = threading.active_count()
    try:
        with pytest.raises(ZeroDivisionError):
            broken.run()
        until(lambda: threading.active_count() == before, seconds=5)
    finally:
        broken.stopping.set()


def test_scheduled_tasks_run_between_deliveries(kind, start):
    ran = []
    schedule("test", lambda: ran.append(1), every=timedelta(days=1))
    kind.promise()
    start()
    until(lambda: ran)
    until(all_done)
    assert ran == [1]


def test_connections_that_the_database_drops_lose_nothing(make_kind, start, monkeypatch):
    """PostgreSQL only: every connection of the worker is cut five times while it delivers."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no connections to cut")
    monkeypatch.setattr(claims, "LEASE", timedelta(seconds=2))
    monkeypatch.setattr(claims, "RENEW_EVERY", timedelta(seconds=0.4))
    kind = make_kind(handler=lambda delivery: time.sleep(0.01))
    for number in range(200):
        kind.promise(str(number))
    start()
    for _ in range(5):
        before = Delivery.objects.filter(state="done").count()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        until(lambda before=before: Delivery.objects.filter(state="done").count() >= before + 10)
    until(all_done, 60)


def test_a_drain_in_several_threads_delivers_each_row_once_and_what_they_promise(make_kind):
    second = make_kind("test.second", channel="mail")
    first = make_kind("test.first", handler=lambda delivery: second.promise(delivery.key))
    for number in range(30):
        first.promise(str(number))
    call_command("run_outbox", "--drain", "--threads", "4")
    assert all_done()
    assert len(second.made) == len(set(second.made)) == 30


def test_the_command_drains_and_says_how_much(kind, capsys):
    kind.promise()
    kind.answers = [TransportError("Busy.")]
    call_command("run_outbox", "--drain")
    assert capsys.readouterr().out == "1 attempts made.\n"
    assert Delivery.objects.get().state == "waiting"
