"""`make bench-hubspot`: 5,000 members reach HubSpot, in how long and with how many calls.

PostgreSQL, a worker process and the sandbox. First the push that follows an import, then a nightly comparison after
somebody changed one contact in a hundred by hand. Exits 1 where one takes six minutes, where HubSpot was called more
often than it allows, or where a contact is missing, twice or wrong.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wits_site.proof.ground import Ground

SECONDS = 360
CALLS_IN_TEN_SECONDS = 100  # the least that HubSpot's plans allow
CHANGED = 100  # one contact of so many


def main() -> int:
    """Measure with the processes of `make proof`."""
    parser = argparse.ArgumentParser(description="Contacts a minute.")
    parser.add_argument("--members", type=int, default=5000)
    members = parser.parse_args().members
    with tempfile.TemporaryDirectory(prefix="wits-bench-") as folder, Ground(Path(folder), 0) as ground:
        import django  # noqa: PLC0415 - the ground names the database

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        from wits_site.benchmarks import many_members  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        many_members.prepare(ground, members)
        ground.start("worker")
        good = [
            _measure(ground, "first push", many_members.promise_push, lambda: many_members.all_pushed(members)),
            _measure(ground, "comparison", _change_and_compare(ground, many_members), many_members.all_compared),
        ]
        wrong = many_members.wrong_contacts(ground)
        sys.stdout.write(f"contacts missing, twice or wrong: {wrong}\n")
    return 0 if all(good) and not wrong else 1


def _change_and_compare(ground: Ground, many_members: Any) -> Callable[[], None]:
    def begin() -> None:
        many_members.change_by_hand(ground, every=CHANGED)
        many_members.promise_comparison()

    return begin


def _measure(ground: Ground, name: str, begin: Callable[[], None], is_done: Callable[[], bool]) -> bool:
    """Whether it was done in time and within HubSpot's limit; prints both."""
    begin()
    began = time.monotonic()
    seen = [(0.0, _calls(ground))]
    while not is_done():
        time.sleep(0.5)
        seen.append((time.monotonic() - began, _calls(ground)))
        if seen[-1][0] > SECONDS:
            break
    seconds = time.monotonic() - began
    seen.append((seconds, _calls(ground)))
    most = max(later - earlier for at, earlier in seen for till, later in seen if 0 <= till - at <= 10)
    sys.stdout.write(
        f"{name}: {seconds:.1f} s (limit {SECONDS}), {seen[-1][1] - seen[0][1]} calls, "
        f"at most {most} in ten seconds (limit {CALLS_IN_TEN_SECONDS})\n"
    )
    return seconds < SECONDS and most <= CALLS_IN_TEN_SECONDS


def _calls(ground: Ground) -> int:
    return sum(number for call, number in ground.ask("/calls.json").items() if "/hubspot" in call)


if __name__ == "__main__":
    sys.exit(main())
