"""One question to another site: whether it has something at an address. Nothing of an answer is read but its head."""

import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.parse import urljoin

import certifi
from django.conf import settings
from django.utils import timezone
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.util import Url, parse_url

from home.broken_links.addresses import InsideError, NoSuchNameError, public_address

# To connect, and to wait for each part of an answer; and for all of it.
PART_SECONDS, TOTAL_SECONDS = 8.0, 15.0
# Others stand for services that no browser asks.
PORTS = {80, 443, 8080, 8443}

_trusted = ssl.create_default_context(cafile=certifi.where())


@dataclass(frozen=True)
class Head:
    """What came back: a status, and where else to go or when."""

    status: int
    location: str = ""
    retry_after: float | None = None
    challenge: bool = False


class SilentError(Exception):
    """Nothing came back: the words say why. `ours`: it may be our own network that is away."""

    def __init__(self, words: str, *, ours: bool = True) -> None:
        super().__init__(words)
        self.words = words
        self.ours = ours


class RefusedError(Exception):
    """We do not ask: the words say why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def taken_apart(address: str) -> Url:
    """The parts of an address that may be asked; RefusedError for one that may not."""
    try:
        url = parse_url(address)
    except LocationParseError:
        raise RefusedError("This is no address that can be asked.") from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise RefusedError("It leads to another program, not to a page.")
    if url.auth:
        raise RefusedError("There is a password in the address: take it out.")
    if (url.port or 80) not in PORTS:
        raise RefusedError("It leads to a port that is not for pages.")
    return url


def ask(method: str, url: Url) -> Head:
    """The head of the answer to HEAD or GET, following nothing."""
    connection = _connection(url)
    # No answer that comes one letter at a time holds us up.
    alarm = threading.Timer(TOTAL_SECONDS, _hang_up, [connection])
    alarm.daemon = True
    alarm.start()
    began = time.monotonic()
    try:
        connection.request(method, url.request_uri, headers=_headers(url), preload_content=False)
        response = connection.getresponse()
        headers = response.headers
        return Head(
            status=response.status,
            location=urljoin(url.url, headers["Location"]) if headers.get("Location") else "",
            retry_after=seconds_until(headers),
            challenge=headers.get("cf-mitigated") == "challenge",
        )
    except TimeoutError as error:
        raise SilentError("It did not answer in time.") from error
    except ssl.SSLError as error:
        raise SilentError("Its certificate is not good, so browsers warn of it.", ours=False) from error
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        late = time.monotonic() - began >= TOTAL_SECONDS - 0.5
        raise SilentError("It did not answer in time." if late else "It did not answer.") from error
    finally:
        alarm.cancel()
        connection.close()


def seconds_until(headers: Mapping[str, str]) -> float | None:
    """What `Retry-After` asks for: seconds, or a moment."""
    said = (headers.get("Retry-After") or "").strip()
    if not said:
        return None
    if said.isdecimal():
        return float(min(int(said), 10**9))
    try:
        moment = parsedate_to_datetime(said)
        return max(0.0, (moment - timezone.now()).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None


def _connection(url: Url) -> HTTPConnection:
    host = str(url.host).strip("[]")
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        address = public_address(host, port)
    except NoSuchNameError:
        raise SilentError("There is no site of that name.") from None
    except InsideError:
        raise RefusedError("It leads into a private network, where no visitor gets.") from None
    if url.scheme == "http":
        return HTTPConnection(address, port, timeout=PART_SECONDS)
    return HTTPSConnection(address, port, timeout=PART_SECONDS, ssl_context=_trusted, server_hostname=host)


def _headers(url: Url) -> dict[str, str]:
    """Who asks, and nothing else: no cookie, no referrer."""
    return {
        "Host": url.netloc or "",
        "User-Agent": f"WITS link check (+{settings.SITE_URL})",
        "Accept": "*/*",
        "Connection": "close",
    }


def _hang_up(connection: HTTPConnection) -> None:
    """Wake who waits for the rest of an answer: closing alone would not."""
    with suppress(OSError):
        if connection.sock is not None:
            connection.sock.shutdown(socket.SHUT_RDWR)
