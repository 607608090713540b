"""`python -m sandbox`: runs until it is told to stop."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from pathlib import Path

from sandbox.server import Sandbox


def main() -> None:
    parser = argparse.ArgumentParser(prog="sandbox", description="Stands for Stripe, HubSpot and a mailbox.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001, help="of the web server; 0 takes a free one")
    parser.add_argument("--smtp-port", type=int, default=8002, help="of the mailbox; 0 takes a free one")
    parser.add_argument("--site", default="http://127.0.0.1:8000", help="where webhooks go")
    parser.add_argument("--data", type=Path, help="file that keeps the state; in memory without")
    options = parser.parse_args()

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    sandbox = Sandbox(options.site, options.data, options.host, options.port, options.smtp_port).start()
    addresses = {"url": sandbox.url, "smtp_port": sandbox.smtp_port, "site": options.site}
    sys.stdout.write(f"sandbox ready {json.dumps(addresses)}\n")
    sys.stdout.flush()
    stop.wait()
    sandbox.stop()


if __name__ == "__main__":
    main()
