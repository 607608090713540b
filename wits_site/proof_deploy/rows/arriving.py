"""What a visitor meets: a machine that is as it should be, TLS, headers, and the way to become a member."""

import contextlib
import json
import os
import re
import socket
import ssl
import subprocess
import time
import urllib.error
from typing import Any

from wits_site.proof.row import Findings
from wits_site.proof_deploy import supplies
from wits_site.proof_deploy.browser import chromium
from wits_site.proof_deploy.people import join_and_pay
from wits_site.proof_deploy.site import ADDRESS, KEYS, QUIET, Site, until

LOOSEST_UNIT = 1.5
BEST_MARK = "A+"
FIRST_STEP, YEAR = 300, 31_536_000  # seconds for which browsers remember to come by HTTPS
UNITS = ("wits_site.service", "wits_site-worker.service", "wits_site-alert@.service")


def provision_again(site: Site, found: Findings) -> None:
    began = time.monotonic()
    said = site.machine.run("/root/wits_site/deploy/provision.sh").stdout.strip()
    seconds = time.monotonic() - began
    found.must("Nothing to change" in said, f"second run in {seconds:.1f} s: {said.splitlines()[-1]}")
    site.machine.run("nginx -q -t && systemd-analyze verify /etc/systemd/system/wits_site*")
    found.note("nginx -t and systemd-analyze verify clean")
    for unit in UNITS:
        path = f"/srv/wits_site/current/deploy/systemd/{unit}"
        level = site.machine.run(f"systemd-analyze security --offline=true {path} | tail -n 1").stdout
        number = re.search(r"(\d+\.\d+)", level)
        found.must(
            number is not None and float(number[1]) <= LOOSEST_UNIT, f"{unit} {number[1] if number else level}"
        )
    failed = site.machine.run("systemctl --failed --no-legend").stdout.strip()
    found.must(not failed, f"failed units: {failed or 'none'}")


def browse_and_join(site: Site, found: Findings) -> None:
    """In a real Chromium, over HTTPS, from the home page to a member whom the partners know."""
    email = f"robin{time.time():.0f}@uwo.ca"
    with chromium(site) as browser:
        page = browser.new_page()
        wrong: list[str] = []
        page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{ADDRESS}/")
        found.must(page.title() != "", f"home: {page.title()}")
        page.goto(f"{ADDRESS}/join/")
        page.fill("[name=first_name]", "Robin")
        page.fill("[name=last_name]", "O'Neil-Żółć")
        page.fill("[name=email]", email)
        page.check("[name=level][value=wits-member]", force=True)
        page.wait_for_timeout(2500)
        page.click("main form button[type=submit]")
        page.wait_for_url(re.compile("/pay/cs_test_"))
        page.fill("[name=card]", "4242424242424242")
        page.fill("[name=name]", "R O'Neil")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/welcome/"))
        found.must("Robin" in page.inner_text("main"), "the welcome page greets by name")
    found.must(not wrong, f"errors in the console: {wrong or 'none'}")
    # Mails and contacts go their own ways: neither waits for the other.
    until(
        lambda: any(email in str(mail["to"]) for mail in site.state()["mails"]), seconds=30, what="the welcome mail"
    )
    until(lambda: _contacts(site, email), seconds=60, what="the contact")
    until(lambda: site.sql(QUIET) == "0", seconds=60, what="every promise is kept")
    found.must(_contacts(site, email) == 1, f"{_contacts(site, email)} contact, welcome mail sent")


def _contacts(site: Site, email: str) -> int:
    return sum(one["properties"].get("email") == email for one in site.state()["contacts"])


def campus(site: Site, found: Findings) -> None:
    began = time.monotonic()
    paid, wrong = join_and_pay(site, 60, f"campus{time.time():.0f}n")
    found.must(len(paid) == 60 and not wrong, f"{len(paid)} of 60 passed, refused {wrong[:2] or 'none'}")
    found.note(f"{time.monotonic() - began:.0f} s")


def tls_and_headers(site: Site, found: Findings) -> None:
    for version in (ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        spoken = _handshake(site, version)
        wanted = version != ssl.TLSVersion.TLSv1_1
        found.must((spoken is not None) == wanted, f"{version.name} {spoken or 'refused'}")
    elsewhere = _handshake(site, ssl.TLSVersion.TLSv1_3, name="elsewhere.example")
    found.must(elsewhere is None, "another name: no handshake")
    found.must(_plain("GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n") == b"", "another host: no answer")
    moved = _plain(f"GET /join/?a=1 HTTP/1.1\r\nHost: {supplies.DOMAIN}\r\nConnection: close\r\n\r\n").decode()
    found.must(f"Location: {ADDRESS}/join/?a=1" in moved, "HTTP leads to HTTPS")
    with site.open("/") as answer:
        headers, body = answer.headers, answer.read().decode()
    for name in ("Strict-Transport-Security", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        found.must(len(headers.get_all(name) or []) == 1, name)
    style = re.search(r'href="(/static/[^"]+\.css)"', body)
    if not style:
        raise LookupError("the home page has no stylesheet")
    for coding in ("gzip", "br", "identity"):
        with site.open(style[1], headers={"Accept-Encoding": coding}) as answer:
            given, kept = answer.headers.get("Content-Encoding", "identity"), answer.headers["Cache-Control"]
        found.must(given == coding and "immutable" in kept, f"stylesheet as {given}")
    with contextlib.suppress(urllib.error.HTTPError):  # nobody knows that session: 404
        site.open("/welcome/?session_id=cs_test_SECRET").close()
    logs = site.machine.run("cat /var/log/nginx/*.log; journalctl -o cat").stdout
    found.must("cs_test_SECRET" not in logs, "no query string in any log")


def observatory(site: Site, found: Findings) -> None:
    """The mark of MDN's HTTP Observatory for the site once it is no rehearsal, after the last step of HSTS."""
    live = {"STRIPE_SECRET_KEY": "rk_live_proof000", "STRIPE_TEST_MODE": "", "STRIPE_API_BASE": ""}
    _live(site, YEAR, live)
    try:
        said = _observed(site)
    finally:
        _live(site, FIRST_STEP, {name: KEYS[name] for name in live})
    scan = said["scan"]
    found.must(scan["grade"] == BEST_MARK, f"{scan['grade']}, {scan['score']} points")
    failed = [name for name, test in said["tests"].items() if not test["pass"]]
    found.must(not failed, f"{scan['testsPassed']} of {scan['testsQuantity']} tests passed {failed or ''}".strip())


def _live(site: Site, hsts: int, keys: dict[str, str]) -> None:
    site.machine.run(f"/root/wits_site/deploy/provision.sh --hsts {hsts}")
    site.fill_in(**keys)
    site.machine.run("systemctl restart wits_site")
    until(site.health, seconds=30, what="the site answers")


def _observed(site: Site) -> dict[str, Any]:
    """What the program says. It knows the machine and our authority, and nothing else."""
    program = supplies.observatory(site.certificates.parent)
    hosts = 'mount --bind "$0" /etc/hosts && exec node "$@"'
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", hosts, site.machine.root / "etc/hosts", program, supplies.DOMAIN],
        env={**os.environ, "NODE_EXTRA_CA_CERTS": str(site.certificates / "ca.pem")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    said: dict[str, Any] = json.loads(done.stdout)
    if "scan" not in said:
        raise LookupError(f"no mark: {said} {done.stderr[-300:]}")
    return said


def _handshake(site: Site, version: ssl.TLSVersion, name: str = supplies.DOMAIN) -> str | None:
    context = ssl.create_default_context(cafile=str(site.certificates / "ca.pem"))
    context.check_hostname = False
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version
    context.set_alpn_protocols(["h2", "http/1.1"])
    try:
        with (
            socket.create_connection(("127.0.0.1", 443), 10) as line,
            context.wrap_socket(line, server_hostname=name) as safe,
        ):
            return f"{safe.cipher()[0]} {safe.selected_alpn_protocol()}"  # type: ignore[index]
    except (ssl.SSLError, ConnectionError):
        return None


def _plain(request: str) -> bytes:
    with socket.create_connection(("127.0.0.1", 80), 10) as line:
        line.sendall(request.encode())
        return line.recv(4000)
