"""Starts the sandbox on threads: HTTP, SMTP, webhooks and the clock that lets sessions expire."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from sandbox.app import create_app
from sandbox.mailbox import MailServer
from sandbox.state import NOWHERE, State
from sandbox.stripe_api import checkout
from sandbox.webhooks import DELAYS, Sender

TICK = 1.0  # seconds between two looks at what has expired

logger = logging.getLogger("sandbox")


class QuietHandler(WSGIRequestHandler):
    """Says nothing of calls that went well: paths may hold addresses, and the overview shows them all."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        return

    def connection_dropped(self, error: BaseException, environ: object | None = None) -> None:
        self.close_connection = True


class Sandbox:
    """A running sandbox; a context manager for tests.

    `url`: base of everything; `stripe_base` and `hubspot_base`: what the clients are pointed at; `smtp_port`.
    """

    def __init__(
        self,
        site: str = NOWHERE,
        data: Path | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        smtp_port: int = 0,
        delays: tuple[float, ...] = DELAYS,
    ) -> None:
        self.state = State(site, data)
        self.sender = Sender(self.state, delays)
        self._mail = MailServer(self.state, host, smtp_port)
        self.app = create_app(self.state, self.sender)
        self._http = make_server(host, port, self.app, threaded=True, request_handler=QuietHandler)
        self.host = host
        self.port = self._http.server_port
        self.smtp_port = self._mail.port
        self.url = self.state.base = f"http://{host}:{self.port}"
        self.stripe_base = f"{self.url}/stripe"
        self.hubspot_base = f"{self.url}/hubspot"
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True),
            threading.Thread(target=self._tick, daemon=True),
        ]

    def start(self) -> Sandbox:
        self.sender.start()
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        """End at once; what is under way on daemon threads ends with them."""
        self._stopping.set()
        self.sender.stop()
        self._http.shutdown()
        self._http.server_close()
        self._mail.stop()
        self.state.close()

    def __enter__(self) -> Sandbox:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _tick(self) -> None:
        while not self._stopping.wait(TICK):
            with self.state.change():
                checkout.expire_all_due(self.state)
