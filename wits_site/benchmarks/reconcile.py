"""`make bench-reconcile`: comparing 10,000 payments with Stripe, in how long and how much memory.

A sandbox process holds the sessions, all of them paid. Of each hundred, the site has not heard of five (their events
were dropped), and three were given back in Stripe's dashboard. `manage.py reconcile` runs twice, in a process of its
own: the first run must repair exactly those, the second nothing. Exits 1 beyond the limits, or where it does not.
"""

import argparse
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from wits_site.proof.ground import Ground

SECONDS, MEGABYTES = 120, 200
DROPPED, REFUNDED = 5, 3  # of each hundred


def main() -> int:
    """Measure on PostgreSQL, with the processes of `make proof`."""
    parser = argparse.ArgumentParser(description="Time and memory of reconciling.")
    parser.add_argument("--sessions", type=int, default=10_000)
    sessions = parser.parse_args().sessions
    with tempfile.TemporaryDirectory(prefix="wits-bench-") as folder, Ground(Path(folder), 0) as ground:
        _fill_apart(ground, sessions)
        expected = {"first": sessions * (DROPPED + REFUNDED) // 100, "second": 0}
        good = [_is_good(name, repairs) for name, repairs in expected.items()]
    return 0 if all(good) else 1


def _fill_apart(ground: Ground, sessions: int) -> None:
    """Fill in a process of its own: to the peak of what a process starts, Linux counts the peak it had itself."""
    filling = multiprocessing.get_context("fork").Process(target=_fill, args=[ground, sessions])
    filling.start()
    filling.join()
    if filling.exitcode:
        raise RuntimeError("The sessions could not be made.")


def _fill(ground: Ground, sessions: int) -> None:
    import django  # noqa: PLC0415 - the ground names the database

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from wits_site.benchmarks.paid_sessions import fill  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    began = time.monotonic()
    fill(ground, sessions, dropped=DROPPED, refunded=REFUNDED)
    print(f"{sessions} paid sessions made in {time.monotonic() - began:.0f} s", flush=True)


def _is_good(name: str, repairs: int) -> bool:
    seconds, megabytes, repaired = _reconcile()
    sys.stdout.write(
        f"{name} run: {seconds:.1f} s (limit {SECONDS}), peak {megabytes:.0f} MB (limit {MEGABYTES}), "
        f"{repaired} repaired (expected {repairs})\n"
    )
    return seconds < SECONDS and megabytes < MEGABYTES and repaired == repairs


def _reconcile() -> tuple[float, float, int]:
    """Seconds, peak megabytes, and lines of what was repaired."""
    began = time.monotonic()
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen([sys.executable, "manage.py", "reconcile"], stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - began
        out.seek(0)
        said = out.read()
    if process.returncode:
        raise RuntimeError(said)
    return (
        seconds,
        usage.ru_maxrss / 1024,
        sum(line.startswith(("Repaired", "Session", "Refund")) for line in said.splitlines()),
    )


if __name__ == "__main__":
    sys.exit(main())
