"""`make bench-webhook`: how many of Stripe's events a second become members, beside the same with stock settings.

Real gunicorn processes take really signed `checkout.session.completed` events, each for a signup of its own, from 1,
8 and 32 clients at once, on SQLite and on PostgreSQL. Every acknowledged event must be stored: the run fails
otherwise, and when our settings have an error or less than twice the stock rate at 8 clients.
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field

from wits_site.benchmarks.signed_events import fill, post
from wits_site.benchmarks.throw_away_sites import databases, site

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
    with databases(options.database) as urls:
        sys.exit(_measure(options.database, urls, options.events, options.port or _free_port()))


def _measure(database: str, urls: tuple[str, str], events: int, port: int) -> int:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "wits_site.benchmarks.our_settings"}
    os.environ |= {"DATABASE_URL": urls[0], "STOCK_DATABASE_URL": urls[1]}
    import django  # noqa: PLC0415 - the settings name the database

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    for alias in ALIASES.values():
        call_command("migrate", database=alias, run_syncdb=True, verbosity=0)
    say(HEAD)
    with site("our", port), site("stock", port + 1):
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
    bodies = {settings: fill(WARM_UP + events, alias) for settings, alias in ALIASES.items()}
    for number, settings in enumerate(SETTINGS):
        post(bodies[settings][:WARM_UP], min(clients, 8), port + number)
    share = events // TURNS
    for turn in range(TURNS):
        for number, settings in enumerate(SETTINGS):
            place = WARM_UP + turn * share
            began = time.monotonic()
            seconds, acknowledged, errors = post(bodies[settings][place : place + share], clients, port + number)
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
