"""The site as `make run` starts it, for tests: real processes of site, worker and sandbox on free ports."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wits_site.run import ROOT, Run, wait_for


def three_free_ports() -> int:
    """The first of three neighbouring ports that nothing listens on."""
    for _ in range(50):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        if port > 65_000:
            continue
        try:
            for offset in (1, 2):
                with socket.socket() as neighbour:
                    neighbour.bind(("127.0.0.1", port + offset))
        except OSError:
            continue
        return port
    raise RuntimeError("no three free ports beside each other")


def until(condition: Callable[[], Any], *, seconds: float = 120, what: str = "") -> Any:
    """Wait for `condition` to be true and return its value; fail with `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s: {what or condition}")


class Live:
    """One running site with its worker and sandbox. Tests ask it, break it and look at what it holds.

    `data` is a folder of its own, with the database to begin with.
    """

    def __init__(self, data: Path) -> None:
        self.data = data
        self.run = Run(three_free_ports(), data)
        # These tests must not be driven by the settings of the tests around them.
        for name in ("DATABASE_URL", "TEST_DATABASE", "STRIPE_WEBHOOK_SECRET", "STRIPE_SECRET_KEY"):
            self.run.environment.pop(name, None)
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.site = self.run.site
        self.sandbox = self.run.sandbox

    def prepare(self) -> None:
        self.run.prepare()

    def move_to_own_port(self) -> None:
        """Let data that were prepared on another port be this one's: Wagtail's record says where the site stands, and
        Stripe's stand-in where it delivers.
        """
        with sqlite3.connect(self.data / "site.sqlite3") as connection:
            connection.execute("UPDATE wagtailcore_site SET port = ?", [self.run.port])
        self.start("sandbox")
        self.manage("setup_stripe")
        self.stop("sandbox")

    def start(self, name: str, command: list[str] | None = None, **environment: str) -> subprocess.Popen[bytes]:
        """Start `sandbox`, `site` or `worker` (or `command` in its place) and wait until it answers."""
        commands = {
            "sandbox": self.run.sandbox_command,
            # Without the reloader, the process that is killed is the process that serves.
            "site": [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{self.run.port}"],
            "worker": [sys.executable, "manage.py", "run_outbox"],
        }
        log = (self.data / f"{name}.log").open("ab")
        process = subprocess.Popen(
            command or commands[name],
            cwd=ROOT,
            env={**self.run.environment, **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.processes[name] = process
        if name == "sandbox":
            assert wait_for(self.sandbox), self.log("sandbox")
        if name == "site":
            assert wait_for(f"{self.site}/healthz"), self.log("site")
        return process

    def start_all(self) -> None:
        for name in ("sandbox", "site", "worker"):
            self.start(name)

    def stop(self, name: str, sent: int = signal.SIGTERM) -> int:
        """Send a signal to one of them, wait for its end, return its exit code."""
        process = self.processes.pop(name)
        if process.poll() is None:
            os.killpg(process.pid, sent)
        return process.wait(timeout=20)

    def stop_all(self) -> None:
        for name in list(self.processes):
            self.stop(name)

    def manage(self, *arguments: str, seconds: int = 120, **environment: str) -> str:
        """Run a command of manage.py and return what it printed; fails when it fails."""
        result = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**self.run.environment, **environment},
            capture_output=True,
            text=True,
            timeout=seconds,
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the site's own database."""
        with sqlite3.connect(f"file:{self.data / 'site.sqlite3'}?mode=ro", uri=True, timeout=20) as connection:
            return connection.execute(sql, values).fetchall()

    def state(self) -> dict[str, Any]:
        """Everything the sandbox holds: sessions, customers, contacts, events, mails."""
        with urllib.request.urlopen(f"{self.sandbox}/state.json", timeout=10) as answer:
            return json.load(answer)

    def log(self, name: str) -> str:
        return (self.data / f"{name}.log").read_text(errors="replace")
