"""How long a night's look at 500 links takes, and whether it stays polite.

    python -m wits_site.benchmarks.links [--links 500] [--delay 0.3]

A throw-away site on SQLite whose pages hold links to two hundred sites, all played by one server of this machine that
takes its time, as sites do: two of them hold fifty links each, some are silent, some want to be left alone. The real
worker does the night. Exits 1 beyond five minutes, or if any site was asked two things at once or without a pause.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import django

GOAL_SECONDS = 300
LARGE_SITES, LINKS_OF_LARGE = 2, 50
SILENT, KEEPS_OUT = 6, 6
PER_PAGE = 100


def addresses(server: Any, links: int) -> list[str]:
    """The links: many to few sites, the others to many."""
    large = [f"large-{n}.example" for n in range(LARGE_SITES) for _ in range(LINKS_OF_LARGE)]
    small = [f"small-{n % 192}.example" for n in range(links - len(large) - SILENT - KEEPS_OUT)]
    found = [server.at(f"/{n}", host) for n, host in enumerate([*large, *small])]
    found += [server.at("/never", f"silent-{n}.example") for n in range(SILENT)]
    return found + [server.at("/people-only", f"robots-{n}.example") for n in range(KEEPS_OUT)]


def make_pages(links: list[str]) -> None:
    """Pages that hold them."""
    from home.first_content import ensure_first_content  # noqa: PLC0415 - Django is set up by main()
    from home.models import StandardPage  # noqa: PLC0415

    for start in range(0, len(links), PER_PAGE):
        text = "".join(f'<a href="{link}">a link</a> ' for link in links[start : start + PER_PAGE])
        body = [("section", {"heading": "Links", "text": f"<p>{text}</p>"})]
        page = StandardPage(title=f"Links {start}", slug=f"links-{start}", lede="Links.", body=body)
        ensure_first_content().add_child(instance=page)


def night() -> float:
    """Let the worker do it; returns the seconds it took."""
    from home.broken_links import nights  # noqa: PLC0415
    from outbox import schedule  # noqa: PLC0415
    from outbox.models import Delivery  # noqa: PLC0415
    from outbox.worker import Worker  # noqa: PLC0415

    for name in schedule.frequent_tasks():
        schedule.forget(name)
    began = time.monotonic()
    nights.begin_night()
    rounds = Delivery.objects.filter(kind=nights.ROUND).exclude(state=Delivery.State.DONE)
    worker = Worker()

    def stop_when_done() -> None:
        while rounds.exists():
            time.sleep(0.2)
        worker.stop()

    threading.Thread(target=stop_when_done, daemon=True).start()
    worker.run()
    return time.monotonic() - began


def impolite(visits: list[Any]) -> tuple[int, float]:
    """How often a site was asked two things at once, and the shortest pause that one had."""
    together, shortest = 0, float("inf")
    for host in {visit.host for visit in visits}:
        its = sorted((visit for visit in visits if visit.host == host), key=lambda visit: visit.began)
        for before, after in pairwise(its):
            together += after.began < before.ended
            shortest = min(shortest, after.began - before.ended)
    return together, shortest


def most_at_once(visits: list[Any]) -> int:
    """How many sites were asked at the same moment."""
    steps = sorted([(visit.began, 1) for visit in visits] + [(visit.ended, -1) for visit in visits])
    now = most = 0
    for _, step in steps:
        now += step
        most = max(most, now)
    return most


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--links", type=int, default=500)
    parser.add_argument("--delay", type=float, default=0.3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wits-links-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "wits_site.settings.dev",
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'site.sqlite3'}",
            "DATA_DIR": folder,
            "LOOK_AT_OTHER_SITES": "1",
        }
        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 - Django is set up only now
        from django.db import connections  # noqa: PLC0415

        from home.broken_links import looking  # noqa: PLC0415
        from home.broken_links.records import Link  # noqa: PLC0415
        from home.tests.other_sites import other_sites  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        with other_sites(options.delay) as server:
            make_pages(addresses(server, options.links))
            took = night()
            visits = list(server.visits)
        together, pause = impolite(visits)
        states = {state: Link.objects.filter(state=state).count() for state in Link.State.values}
        connections.close_all()
    found = ", ".join(f"{count} {state}" for state, count in states.items() if count)
    print(f"{options.links} links in {took:.0f} s ({found}); goal {GOAL_SECONDS} s")
    print(f"{len(visits)} questions, at most {most_at_once(visits)} at once; {together} times two to one site")
    print(f"shortest pause of a site: {pause:.2f} s")
    polite = together == 0 and pause >= looking.PAUSE_SECONDS - 0.05
    return 0 if took <= GOAL_SECONDS and polite else 1


if __name__ == "__main__":
    sys.exit(main())
