"""The units: how little they may do, who is told when one fails, and a restart that loses no request."""

import os
import re
import shlex
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from wits_site.tests.deploy.test_scripts import DEPLOY, needs
from wits_site.tests.live import until

SYSTEMD = DEPLOY / "systemd"
SERVICES = sorted(SYSTEMD.glob("*.service"))
LOOSEST = 1.5
APPLICATION = """
import os, pathlib, time
pathlib.Path("booted").write_text(str(os.getpid()))

def application(environ, start_response):
    time.sleep(0.05)
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]
"""


def value(unit, name):
    return re.findall(rf"^{name}=(.*)$", unit.read_text(), re.MULTILINE)


@needs("systemd-analyze")
@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_each_service_may_do_little(unit):
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", unit], capture_output=True, text=True, timeout=30
    )
    level = re.search(r"Overall exposure level for .*: (\d+\.\d+)", done.stdout)
    assert level, done.stderr
    assert float(level[1]) <= LOOSEST


@needs("systemd-analyze")
def test_systemd_understands_each_unit(tmp_path):
    """With commands that are there: the site's own are made by a deploy."""
    for unit in SYSTEMD.iterdir():
        text = re.sub(r"^(Exec\w+)=\S+", r"\1=/bin/true", unit.read_text(), flags=re.MULTILINE)
        text = re.sub(r"^(WorkingDirectory|Documentation)=.*\n", "", text, flags=re.MULTILINE)
        (tmp_path / unit.name).write_text(text)
    units = [unit for unit in tmp_path.iterdir() if "@" not in unit.name]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", "--man=no", *units], capture_output=True, text=True
    )
    assert not [line for line in done.stderr.splitlines() if str(tmp_path) in line]


@pytest.mark.parametrize("unit", [unit for unit in SERVICES if "alert" not in unit.name], ids=lambda unit: unit.name)
def test_somebody_is_told_when_a_service_fails(unit):
    assert value(unit, "OnFailure") == ["wits_site-alert@%n.service"]


def test_the_worker_is_watched_and_nothing_reloads():
    assert value(SYSTEMD / "wits_site-worker.service", "WatchdogSec")
    assert value(SYSTEMD / "wits_site.service", "ExecReload") == [], "a reload would go on with the old code"


@pytest.mark.processes
def test_a_restart_loses_no_request(tmp_path):
    """The unit's own command, handed a socket as systemd does; another application, which starts at once."""
    (tmp_path / "quick.py").write_text(APPLICATION)
    command = shlex.split(value(SYSTEMD / "wits_site.service", "ExecStart")[0])
    assert command[0] == "/srv/wits_site/current/.venv/bin/gunicorn"
    command = [str(Path(sys.executable).parent / "gunicorn"), *command[1:-1], "quick:application"]
    command[command.index("--config") + 1] = str(DEPLOY / "gunicorn.conf.py")
    address = str(tmp_path / "web.sock")
    with socket.socket(socket.AF_UNIX) as line, (tmp_path / "log").open("w") as log:
        line.bind(address)
        line.listen(512)

        def start():
            (tmp_path / "booted").unlink(missing_ok=True)
            hand_over = f'exec 3<&{line.fileno()}; export LISTEN_PID=$$ LISTEN_FDS=1; exec "$@"'
            started = subprocess.Popen(
                ["bash", "-c", hand_over, "bash", *command],
                cwd=tmp_path,
                pass_fds=[line.fileno()],
                env={**os.environ, "PYTHONPATH": str(tmp_path)},
                stdout=log,
                stderr=log,
            )
            until(lambda: (tmp_path / "booted").exists(), seconds=20, what="gunicorn starts")
            return started

        answers, ended = [], threading.Event()

        def ask():
            while not ended.is_set():
                with socket.socket(socket.AF_UNIX) as visitor:
                    visitor.settimeout(30)
                    visitor.connect(address)
                    visitor.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    answers.append(visitor.recv(100)[:15])

        visitors = [threading.Thread(target=ask) for _ in range(4)]
        running = start()
        for visitor in visitors:
            visitor.start()
        until(lambda: len(answers) > 10, seconds=20, what="it answers")
        running.terminate()
        assert running.wait(30) == 0
        running, seen = start(), len(answers)
        until(lambda: len(answers) > seen + 10, seconds=20, what="it answers again")
        ended.set()
        for visitor in visitors:
            visitor.join()
        running.terminate()
        running.wait(30)
    assert set(answers) == {b"HTTP/1.1 200 OK"}
