"""systemd hears that the worker is ready, and that its main loop turns, however often that beats."""

import socket

import pytest

from outbox import systemd
from outbox.worker import Worker


@pytest.fixture
def heard(monkeypatch, tmp_path):
    """What arrives at the socket that systemd would have given the process."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))

        def read():
            words = []
            while True:
                try:
                    words.append(line.recv(200).decode())
                except BlockingIOError:
                    return words

        yield read


@pytest.mark.django_db(transaction=True)
def test_the_worker_says_that_it_is_ready_and_that_it_turns(heard):
    worker = Worker(threads=1)
    worker.stop()
    worker.run()
    assert heard() == ["READY=1", "WATCHDOG=1"]


def test_a_heart_beats_no_more_often_than_it_must(heard):
    heart = systemd.Heartbeat()
    for _ in range(20):
        heart.beat()
    assert heard() == ["WATCHDOG=1"]
    heart.last -= systemd.BEAT_SECONDS
    heart.beat()
    assert heard() == ["WATCHDOG=1"]


def test_a_name_without_a_file_is_understood(monkeypatch):
    name = "\0wits-test-of-notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(name)
        monkeypatch.setenv("NOTIFY_SOCKET", "@" + name[1:])
        systemd.tell_systemd("READY=1")
        assert line.recv(200) == b"READY=1"


def test_nothing_is_said_where_nobody_listens(monkeypatch, caplog, tmp_path):
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    systemd.tell_systemd("READY=1")
    assert not caplog.messages
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
    systemd.tell_systemd("READY=1")
    assert "could not be told READY=1" in caplog.text
