"""`make run`: the site, its worker and the sandbox on one machine, with nothing else to set up.

The site answers on PORT (8000 by default), the sandbox that stands for Stripe, HubSpot and a mailbox on the next two
ports. Everything they keep lies in DATA_DIR (`data/`); delete that folder to begin anew.
"""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from honcho.manager import Manager

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 60


def say(words: str) -> None:
    sys.stdout.write(f"==> {words}\n")
    sys.stdout.flush()


def port_is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def fingerprint() -> str:
    """Changes when the database or the demonstration would have to be prepared again."""
    digest = hashlib.sha256()
    # Demonstrations, what is large in one having a file of its own, and the first pages; hidden folders are not ours.
    for pattern in ("*/migrations/*.py", "[!.]*/**/demo*.py", "*/first_*.py", "*/page_parts.py", "requirements.txt"):
        for file in sorted(ROOT.glob(pattern)):
            digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def answers(url: str) -> bool:
    """Whether something at this address answers at all, be it with an error."""
    try:
        urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - an address of this machine
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def wait_for(url: str) -> bool:
    """Wait until the address answers; False when it did not within SECONDS_TO_START."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if answers(url):
            return True
        time.sleep(0.2)
    return False


class Run:
    """The three programs, where they listen and where they keep their data."""

    def __init__(self, port: int, data: Path) -> None:
        self.port = port
        self.data = data
        self.site = f"http://127.0.0.1:{port}"
        self.sandbox = f"http://127.0.0.1:{port + 1}"
        self.environment = {
            **os.environ,
            "PORT": str(port),
            "DATA_DIR": str(data),
            "DJANGO_SETTINGS_MODULE": "wits_site.settings.dev",
            "PYTHONUNBUFFERED": "1",
        }
        self.sandbox_command = [
            sys.executable,
            *("-m", "sandbox", "--site", self.site, "--data", str(data / "sandbox.sqlite3")),
            *("--port", str(port + 1), "--smtp-port", str(port + 2)),
        ]

    def check_ports(self) -> None:
        """Stop with words when one of the ports is taken."""
        for port in range(self.port, self.port + 3):
            if not port_is_free(port):
                sys.exit(f"Port {port} is in use. Choose another with: make run PORT={self.port + 100}")

    def prepare(self) -> None:
        """Make the database, the demonstration and the stand-ins' settings, unless nothing has changed."""
        stamp = self.data / "prepared"
        wanted = fingerprint()
        if stamp.exists() and stamp.read_text() == wanted:
            return
        say("Preparing the database and the demonstration (the first time: about half a minute)")
        sandbox = subprocess.Popen(self.sandbox_command, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL)
        try:
            if not wait_for(self.sandbox):
                sys.exit("The sandbox did not start. Its message stands above.")
            prepared = subprocess.run(
                [sys.executable, "manage.py", "prepare"], cwd=ROOT, env=self.environment, check=False
            )
            if prepared.returncode:
                sys.exit("The site could not be prepared. The reason stands above.")
        finally:
            sandbox.send_signal(signal.SIGTERM)
            sandbox.wait(timeout=10)
        stamp.write_text(wanted)

    def announce(self) -> None:
        """Say where everything is, once the site answers."""
        if not wait_for(f"{self.site}/healthz"):
            say("The site has not answered yet. Its messages stand above.")
            return
        lines = [
            "WITS is running. Ctrl-C stops it.",
            "",
            f"  The site        {self.site}/",
            f"  Join            {self.site}/join/",
            f"  The admin       {self.site}/admin/   sign in as owner@wits.example",
            "                  (or editor@, events@, treasurer@), password wits-demo-2026: only on this machine",
            f"  The sandbox     {self.sandbox}/   stands for Stripe, HubSpot and the mailbox",
            "",
        ]
        sys.stdout.write("\n" + "\n".join(lines) + "\n")
        sys.stdout.flush()

    def start(self) -> int:
        """Run all three until Ctrl-C, and return the exit code."""
        manager = Manager()
        python = f'"{sys.executable}"'
        sandbox = " ".join(f'"{part}"' for part in self.sandbox_command)
        for name, command in (
            ("sandbox", sandbox),
            ("site", f"{python} manage.py runserver --nostatic 127.0.0.1:{self.port}"),
            ("worker", f"{python} manage.py run_outbox"),
        ):
            manager.add_process(name, command, env=self.environment, cwd=str(ROOT))
        threading.Thread(target=self.announce, daemon=True).start()
        manager.loop()
        # 130 and 143 are how Ctrl-C and a plain kill end it: that is what was asked for.
        return 0 if manager.returncode in {130, 143} else int(manager.returncode or 0)


def main() -> int:
    """Read PORT and DATA_DIR, prepare what is missing, run."""
    data = Path(os.environ.get("DATA_DIR") or ROOT / "data").resolve()
    data.mkdir(parents=True, exist_ok=True)
    run = Run(int(os.environ.get("PORT") or 8000), data)
    run.check_ports()
    run.prepare()
    say("Starting the site, the worker and the sandbox")
    return run.start()


if __name__ == "__main__":
    sys.exit(main())
