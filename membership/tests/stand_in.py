"""A small HTTP server for one test: it answers what the test lays out, and remembers what it was asked.

It knows nothing of Stripe or HubSpot; what it is for is every way in which a partner can answer badly.
"""

import json
import socket
import struct
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request as it came over the wire."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: str

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body, keep_blank_values=True))

    @property
    def json(self) -> dict:
        return json.loads(self.body)


@dataclass(frozen=True)
class Answer:
    """`body` is sent as JSON, or as it is if it is bytes. `does`: "answer", "reset" (the connection) or "hang"."""

    body: object = field(default_factory=dict)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    does: str = "answer"


RESET = Answer(does="reset")
HANG = Answer(does="hang")
HTML = Answer(b"<html><h1>Bad gateway</h1></html>", 502, {"Content-Type": "text/html"})


class StandIn:
    """`url` is its address, `asked` what it was asked, `answers` what it will say next; the last is said again."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answers: deque[Answer] = deque()
        self.over = threading.Event()
        self.url = ""

    def says(self, *answers: Answer | dict) -> None:
        self.answers = deque(answer if isinstance(answer, Answer) else Answer(answer) for answer in answers)

    def next_answer(self) -> Answer:
        return self.answers.popleft() if len(self.answers) > 1 else self.answers[0]

    @property
    def last(self) -> Asked:
        return self.asked[-1]


@contextmanager
def stand_in() -> Iterator[StandIn]:
    """A stand-in on a free port of this machine, gone at the end."""
    here = StandIn()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one(self) -> None:
            address = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            query = dict(parse_qsl(address.query))
            here.asked.append(Asked(self.command, address.path, query, dict(self.headers), body))
            answer = here.next_answer()
            if answer.does == "reset":
                # A lingering time of nothing makes the close a reset.
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
                self.close_connection = True
                return
            if answer.does == "hang":
                here.over.wait(20)
                self.close_connection = True
                return
            content = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for name, value in {"Content-Type": "application/json", **answer.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = do_DELETE = handle_one

        def log_message(self, format: str, *args: object) -> None:
            """The tests' output stays readable."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request, client_address) -> None:
            """A client that went away, or a connection reset on purpose."""

    server = Server(("127.0.0.1", 0), Handler)
    here.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        here.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
