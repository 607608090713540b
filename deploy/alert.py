"""Tells people that a unit failed, with nothing of the site: the machine's own Python, a ping and plain SMTP.

systemd starts it as wits_site-alert@UNIT.service, with the site's environment. `PING_ALERT_URL` is asked for (a
watchman who mails when he hears something); ALERT_EMAILS are mailed through EMAIL_URL.
It tells about once an hour for each unit.
"""

import os
import smtplib
import socket
import ssl
import sys
import time
import urllib.parse
import urllib.request
from email.message import EmailMessage
from pathlib import Path

# Less than what lies between two looks of the hourly doctor: what it finds is told by this, and once a day only.
SILENCE = 50 * 60
SECONDS = 20


def mark_of(unit: str) -> Path:
    """The file whose age says when somebody last heard of this unit."""
    return Path(os.environ.get("STATE_DIRECTORY", "/tmp")) / urllib.parse.quote(unit, safe="")


def told_lately(unit: str) -> bool:
    """Whether somebody has just heard of this unit."""
    mark = mark_of(unit)
    return mark.exists() and time.time() - mark.stat().st_mtime < SILENCE


def ping(url: str, words: str) -> None:
    urllib.request.urlopen(url, data=words.encode(), timeout=SECONDS).close()


def mail(address: str, words: str) -> None:
    """`address` is an EMAIL_URL: smtp://, smtp+tls:// (STARTTLS) or smtp+ssl://, read as the site does."""
    parts = urllib.parse.urlsplit(address)
    message = EmailMessage()
    message["From"] = os.environ["DEFAULT_FROM_EMAIL"]
    message["To"] = os.environ["ALERT_EMAILS"]
    message["Subject"] = words.splitlines()[0]
    message.set_content(words)
    context = ssl.create_default_context()
    host, port = parts.hostname or "localhost", parts.port or 25
    if parts.scheme in {"smtp+ssl"}:
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=SECONDS)
    with server:
        if parts.scheme in {"smtp+tls", "smtps"}:
            server.starttls(context=context)
        if parts.username:
            server.login(urllib.parse.unquote(parts.username), urllib.parse.unquote(parts.password or ""))
        server.send_message(message)


def main(unit: str) -> int:
    """0 when at least one way reached somebody, or somebody knows already."""
    if told_lately(unit):
        return 0
    machine = socket.gethostname()
    words = (
        f"{unit} failed on {machine}\n\n"
        f"What: {unit} ended and does not run, or could not do its work.\n"
        "Done: what runs all the time was started again by systemd, up to ten times within five minutes.\n"
        f"To do: on {machine}, read `journalctl -u {unit} -n 50`, mend what it says: `systemctl restart {unit}`.\n"
        "More: docs/RUNBOOK.md of the site.\n"
    )
    ways = {"ping": (ping, "PING_ALERT_URL"), "mail": (mail, "EMAIL_URL")}
    reached = 0
    for name, (tell, variable) in ways.items():
        if not os.environ.get(variable):
            continue
        try:
            tell(os.environ[variable], words)
            reached += 1
        except Exception as error:  # noqa: BLE001 - the other way must still be tried
            print(f"The {name} did not arrive: {type(error).__name__}", file=sys.stderr)
    if not reached:
        return 1
    mark_of(unit).touch()  # only now: what reached nobody is told again at the next failure
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
