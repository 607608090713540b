"""How fast the worker delivers, and in how much memory, to a partner that answers in 20 ms.

    python -m wits_site.benchmarks.outbox [--rows 1000] [--threads 4]

Prints a line for SQLite and one for PostgreSQL (the tests' throw-away server). Each runs in processes of its own:
one makes the database and the promises, one stands for the partner, one is the worker that is measured.
"""

import argparse
import http.client
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import Process, Queue
from pathlib import Path

import django

ANSWERS_IN_SECONDS = 0.020
KIND = "bench.call"


class Partner(BaseHTTPRequestHandler):
    """Answers every request after 20 ms."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        time.sleep(ANSWERS_IN_SECONDS)
        self.send_response(204)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """A line for each request would be most of what is measured."""


def serve(ports: "Queue[int]") -> None:
    """The partner, in a process of its own so that its work is not counted as the worker's."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Partner)
    ports.put(server.server_port)
    server.serve_forever()


def prepare(rows: int) -> None:
    """Make the tables and promise `rows` deliveries."""
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up by main()
    from django.db import transaction  # noqa: PLC0415

    from outbox.promises import promise  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        for number in range(rows):
            promise(KIND, f"{KIND}:{number}")


def work(threads: int) -> None:
    """Run the worker until everything is delivered; print the rate and the highest memory."""
    from django.db import connection  # noqa: PLC0415 - Django is set up by main()

    from outbox import schedule  # noqa: PLC0415
    from outbox.models import Delivery  # noqa: PLC0415
    from outbox.worker import Worker  # noqa: PLC0415

    for name in schedule.frequent_tasks():
        schedule.forget(name)  # their partners do not run here
    worker = Worker(threads=threads)
    rows = Delivery.objects.filter(kind=KIND)
    total = rows.count()

    def stop_when_done() -> None:
        while rows.exclude(state=Delivery.State.DONE).exists():
            time.sleep(0.1)
        worker.stop()
        connection.close()

    began = time.monotonic()
    threading.Thread(target=stop_when_done).start()
    worker.run()
    seconds = time.monotonic() - began
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"{connection.vendor}: {total} deliveries in {seconds:.1f} s, {total / seconds:.0f}/s, "
        f"{threads} threads, peak {megabytes:.0f} MB\n"
    )


def register_kind(port: int) -> None:
    """A handler that asks the partner, on one connection for each thread."""
    from outbox.models import Delivery  # noqa: PLC0415 - Django is set up by main()
    from outbox.registry import register  # noqa: PLC0415

    here = threading.local()

    def call(delivery: Delivery) -> None:
        if not hasattr(here, "partner"):
            here.partner = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        here.partner.request("POST", f"/{delivery.pk}", body=b"")
        here.partner.getresponse().read()

    register(KIND, call, channel="hubspot")


def both(rows: int, threads: int) -> None:
    """Measure SQLite, then PostgreSQL."""
    from wits_site import postgres_for_tests  # noqa: PLC0415 - imports Django's settings of the tests only

    ports: Queue[int] = Queue()
    partner = Process(target=serve, args=[ports], daemon=True)
    partner.start()
    port = str(ports.get())
    with tempfile.TemporaryDirectory() as folder:
        for vendor in ("sqlite", "postgresql"):
            if vendor == "sqlite":
                os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
            else:
                postgres_for_tests.start()
            for part in ("prepare", "work"):
                command = [sys.executable, "-m", "wits_site.benchmarks.outbox", "--part", part, "--port", port]
                subprocess.run(  # noqa: S603 - our own module
                    [*command, "--rows", str(rows), "--threads", str(threads)], check=True, env=os.environ
                )
    partner.terminate()


def main() -> None:
    """Read the arguments and run one part, or all."""
    parser = argparse.ArgumentParser(description="Deliveries a second and peak memory of the worker.")
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--part", choices=["prepare", "work"])
    parser.add_argument("--port", type=int)
    options = parser.parse_args()
    if options.part is None:
        both(options.rows, options.threads)
        return
    os.environ["DJANGO_SETTINGS_MODULE"] = "wits_site.settings.test"
    django.setup()
    register_kind(options.port)
    if options.part == "prepare":
        prepare(options.rows)
    else:
        work(options.threads)


if __name__ == "__main__":
    main()
