"""One throw-away machine: Debian with systemd as its first process, in a network of its own."""

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

CLONE_NEWNET = 0x40000000


class RefusedError(Exception):
    """A command in the machine ended badly."""


class Machine:
    """A root folder that is booted. Everything in it is gone when it ends. A context manager."""

    def __init__(self, root: Path, binds: dict[Path, str]) -> None:
        self.root = root
        self.binds = binds
        self.leader = 0
        self._nspawn: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Machine":
        self.boot()
        return self

    def __exit__(self, *_: object) -> None:
        self.power_off()
        shutil.rmtree(self.root, ignore_errors=True)

    def boot(self) -> None:
        """Start systemd in it, and wait until all that starts with the machine has."""
        command = ["systemd-nspawn", "-q", "-D", str(self.root), "--boot", "--register=no", "--keep-unit"]
        command += ["--private-network", "--resolv-conf=off", "--console=pipe", "--hostname=wits-proof"]
        command += [f"--bind-ro={source}:{target}" for source, target in self.binds.items()]
        log = self.root.with_suffix(".boot.log").open("ab")
        self._nspawn = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            time.sleep(0.2)
            children = Path(f"/proc/{self._nspawn.pid}/task/{self._nspawn.pid}/children").read_text().split()
            if children and self._is_up(int(children[0])):
                return
        raise RefusedError(f"the machine did not boot: see {self.root.with_suffix('.boot.log')}")

    def _is_up(self, leader: int) -> bool:
        self.leader = leader
        said = self.run("systemctl is-system-running", check=False).stdout.strip()
        return said in {"running", "degraded"}

    def power_off(self) -> None:
        """Pull the plug: what is not on the disk is gone, as on a day when it matters."""
        if self._nspawn is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.leader, signal.SIGKILL)
        self._nspawn.wait(30)
        self._nspawn = None

    def run(self, script: str, *, check: bool = True, seconds: float = 900) -> subprocess.CompletedProcess[str]:
        """Run a piece of shell in it as root. What it says comes back; a bad end raises RefusedError with it."""
        environment = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        command = ["nsenter", "-t", str(self.leader), "-a", "env", "-i", environment, "HOME=/root", "LANG=C.UTF-8"]
        done = subprocess.run(
            [*command, "bash", "-c", f"set -a; . /etc/environment; set +a; {script}"],
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        if check and done.returncode:
            raise RefusedError(f"{script.strip().splitlines()[0][:90]}: {(done.stdout + done.stderr)[-1500:]}")
        return done

    def start(self, script: str) -> "subprocess.Popen[str]":
        """The same, without waiting for its end."""
        command = ["nsenter", "-t", str(self.leader), "-a", "bash", "-c"]
        return subprocess.Popen(
            [*command, f"set -a; . /etc/environment; set +a; {script}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def write(self, path: str, text: str, mode: int = 0o644) -> None:
        """Put a file into it."""
        file = self.root / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(mode)

    def move_into_its_network(self) -> None:
        """From now on, this thread and what it starts talk to the machine's own addresses, and to nobody else."""
        with open(f"/proc/{self.leader}/ns/net", "rb") as network:
            if ctypes.CDLL(None, use_errno=True).setns(network.fileno(), CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "this network cannot be entered")
        ask = socket.getaddrinfo

        def here(host: Any, *more: Any, **named: Any) -> Any:
            return ask("127.0.0.1", *more, **named)

        socket.getaddrinfo = here
