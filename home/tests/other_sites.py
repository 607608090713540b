"""Other sites, all played by one server on this machine: it answers what the path says, and keeps what it saw."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from home.broken_links import asking
from home.broken_links.addresses import InsideError, NoSuchNameError

STATUSES = {"/gone": 404, "/error": 500, "/away": 503, "/people-only": 403, "/robots": 999, "/late": 429}


@dataclass(frozen=True)
class Visit:
    """One question that was asked."""

    host: str
    method: str
    path: str
    headers: dict[str, str]
    began: float
    ended: float


class OtherSites(ThreadingHTTPServer):
    """`delay`: how long each answer takes, in seconds."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, delay: float = 0.0) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.delay = delay
        self.visits: list[Visit] = []
        self.over = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def at(self, path: str, host: str = "one.example") -> str:
        """An address of one of the sites."""
        return f"http://{host}:{self.port}{path}"

    def asked(self) -> list[tuple[str, str]]:
        """Method and path of every question."""
        return [(visit.method, visit.path) for visit in self.visits]


class _Handler(BaseHTTPRequestHandler):
    server: OtherSites

    def do_HEAD(self) -> None:  # noqa: N802 - the library's name
        self._answer()

    def do_GET(self) -> None:  # noqa: N802
        self._answer()

    def _answer(self) -> None:
        began = time.monotonic()
        parts = urlsplit(self.path)
        time.sleep(self.server.delay)
        if parts.path == "/never":
            self.server.over.wait(30)
        host = (self.headers["Host"] or "").partition(":")[0]
        self.server.visits.append(Visit(host, self.command, parts.path, dict(self.headers), began, time.monotonic()))
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/to":
            self.send_response(302)
            self.send_header("Location", asked["next"])
        elif parts.path == "/round":
            self.send_response(301)
            self.send_header("Location", "/round")
        elif parts.path == "/get-only":
            self.send_response(405 if self.command == "HEAD" else 200)
        else:
            self.send_response(STATUSES.get(parts.path, 200))
        for name in ("Retry-After", "cf-mitigated"):
            if name in asked:
                self.send_header(name, asked[name])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def address_of(host: str, port: int) -> str:
    """What stands in for looking a name up: `inside.example` is of our own network, `nobody.example` is none."""
    if host.startswith("inside"):
        raise InsideError(host)
    if host.startswith("nobody"):
        raise NoSuchNameError(host)
    return "127.0.0.1"


@contextmanager
def other_sites(delay: float = 0.0) -> Iterator[OtherSites]:
    """The server, and every name leads to it."""
    server = OtherSites(delay)
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    patch = pytest.MonkeyPatch()
    patch.setattr(asking, "public_address", address_of)
    patch.setattr(asking, "PORTS", {*asking.PORTS, server.port})
    try:
        yield server
    finally:
        patch.undo()
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
