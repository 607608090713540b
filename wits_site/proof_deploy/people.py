"""Visitors: some read, twenty a second; some join and pay, by the same forms as everybody."""

import html
import http.client
import http.cookiejar
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from wits_site.proof_deploy.site import ADDRESS, SANDBOX, Site
from wits_site.screenshots import SECONDS_A_PERSON_NEEDS

PATHS = ("/", "/join/", "/healthz", "/search/?query=women")
CARD = "4242424242424242"
# How a visitor's request fails: no answer, a bad one, half of one, or a page that is not what it should be.
TROUBLE = (OSError, http.client.HTTPException, LookupError)


@dataclass
class Readers:
    """Ask for pages at a steady rate while something is done to the site. A context manager.

    `failed` holds what was no 200; `commits` when each commit first answered, in seconds from the begin.
    """

    site: Site
    a_second: int = 20
    asked: int = 0
    failed: list[str] = field(default_factory=list)
    slowest: float = 0.0
    commits: dict[str, float] = field(default_factory=dict)
    _stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Readers":
        self.began = time.monotonic()
        self._pool = ThreadPoolExecutor(200)
        self._clock = threading.Thread(target=self._run)
        self._clock.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._clock.join()
        self._pool.shutdown()

    def _run(self) -> None:
        while not self._stop.wait(max(0.0, self.began + self.asked / self.a_second - time.monotonic())):
            self._pool.submit(self._ask, PATHS[self.asked % len(PATHS)])
            self.asked += 1

    def _ask(self, path: str) -> None:
        began = time.monotonic()
        try:
            with self.site.open(path) as answer:
                body = answer.read().decode()
        except TROUBLE as error:
            self.failed.append(f"{path} at {began - self.began:.1f} s: {error}")
            return
        self.slowest = max(self.slowest, time.monotonic() - began)
        if found := re.search(r'"commit": "(\w+)"', body):
            self.commits.setdefault(found[1], time.monotonic() - self.began)


def _browser(site: Site) -> Any:
    jar = http.cookiejar.CookieJar()
    secure = urllib.request.HTTPSHandler(context=site.trust)
    opener = urllib.request.build_opener(secure, urllib.request.HTTPCookieProcessor(jar), _NoRedirect())
    opener.addheaders = [("User-Agent", "proof"), ("Referer", f"{ADDRESS}/join/")]
    return opener


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def join(site: Site, email: str, *, level: str = "wits-member") -> str:
    """Fill in the form, and return the address of the page where one pays. Raises HTTPError for any other answer."""
    browser = _browser(site)
    with browser.open(f"{ADDRESS}/join/", timeout=60) as answer:
        page = answer.read().decode()
    form = re.search(r'<form[^>]+action="([^"]*membership/join/)".*?</form>', page, re.DOTALL)
    if not form:
        raise LookupError("the join page has no form")
    values = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0]))
    values = {name: html.unescape(value) for name, value in values.items()}
    values |= {"first_name": "Maya", "last_name": "Okafor", "email": email, "level": level}
    time.sleep(SECONDS_A_PERSON_NEEDS)
    try:
        browser.open(ADDRESS + form[1], urllib.parse.urlencode(values).encode(), timeout=60)
    except urllib.error.HTTPError as answer:
        if answer.code == 303:
            return str(answer.headers["Location"])
        raise
    raise LookupError("the form was not taken")


def pay(address: str, email: str) -> None:
    """On the payment page, with a card that is good."""
    session = urllib.parse.urlsplit(address).path.rsplit("/", 1)[-1]
    fields = {"email": email, "card": CARD, "expires": "12 / 34", "cvc": "123", "name": "Maya Okafor"}
    browser = urllib.request.build_opener(_NoRedirect())
    try:
        browser.open(f"{SANDBOX}/pay/{session}", urllib.parse.urlencode(fields).encode(), timeout=60)
    except urllib.error.HTTPError as answer:
        if answer.code == 303:
            return
        raise
    raise LookupError("the card was not taken")


def join_and_pay(site: Site, count: int, prefix: str, *, threads: int = 20) -> tuple[list[str], list[str]]:
    """So many people, some at once: the addresses of those who paid, and what went wrong for whom."""

    def one(number: int) -> str:
        email = f"{prefix}{number}@uwo.ca"
        try:
            pay(join(site, email), email)
        except TROUBLE as error:
            return f"! {prefix}{number}: {error}"
        return email

    with ThreadPoolExecutor(threads) as pool:
        done = list(pool.map(one, range(count)))
    return [one for one in done if not one.startswith("!")], [one[2:] for one in done if one.startswith("!")]
