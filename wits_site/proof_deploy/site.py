"""The site on the machine: what the page of deploy/ says is done, its partners, and what can be asked of it."""

import json
import re
import ssl
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from wits_site.proof_deploy import supplies
from wits_site.proof_deploy.machine import Machine
from wits_site.run import ROOT, say

T = TypeVar("T")
ADDRESS = f"https://{supplies.DOMAIN}"
SANDBOX = "http://127.0.0.1:8001"
# How many promises the worker has still to keep.
QUIET = "SELECT count(*) FROM outbox_delivery WHERE state IN ('waiting', 'running')"
# What people would fill in; the keys are those of a rehearsal, and lead to the stand-ins.
KEYS = {
    "EMAIL_URL": "smtp://127.0.0.1:8002",
    "DEFAULT_FROM_EMAIL": f"WITS <hello@{supplies.DOMAIN}>",
    "ALERT_EMAILS": f"executives@{supplies.DOMAIN}",
    "STRIPE_SECRET_KEY": "rk_test_proof000",
    "STRIPE_WEBHOOK_SECRET": "whsec_sandbox",
    "STRIPE_TEST_MODE": "1",
    "STRIPE_API_BASE": f"{SANDBOX}/stripe",
    "HUBSPOT_ACCESS_TOKEN": "pat-proof-0000",
    "HUBSPOT_API_BASE": f"{SANDBOX}/hubspot",
}
PARTNERS = f"""[Unit]
Description=Stand-ins for Stripe, HubSpot and the mail provider
[Service]
WorkingDirectory=/opt/partners
Environment=SSL_CERT_FILE=/opt/certificates/ca.pem
ExecStart=/opt/partners/.venv/bin/python -m sandbox --port 8001 --smtp-port 8002 --site {ADDRESS} --data all.sqlite3
[Install]
WantedBy=multi-user.target
"""


class NotInTimeError(Exception):
    """What was waited for did not come."""


def until(condition: Callable[[], T], *, seconds: float, what: str) -> T:
    """Wait for `condition()` to be true, whatever it raises meanwhile."""
    deadline, last = time.monotonic() + seconds, ""
    while time.monotonic() < deadline:
        try:
            value = condition()
        except Exception as error:  # noqa: BLE001 - the end of the time says so
            last = f" ({error})"
        else:
            if value:
                return value
        time.sleep(0.2)
    raise NotInTimeError(f"not within {seconds:.0f} s: {what}{last}")


def from_the_page(name: str) -> str:
    """The commands of one step, as deploy/README.md has them."""
    page = (ROOT / "deploy/README.md").read_text()
    found = re.search(rf"<!-- run: {name} -->\n```sh\n(.*?)```", page, re.DOTALL)
    if not found:
        raise KeyError(f"deploy/README.md has no commands for {name}")
    return found[1]


class Site:
    """One machine with the site's repository on it. `commit` is the newest of it."""

    def __init__(self, machine: Machine, data: Path) -> None:
        self.machine = machine
        self.certificates = supplies.certificates(data)
        self.trust = ssl.create_default_context(cafile=str(self.certificates / "ca.pem"))
        self.origin = machine.root / "root/origin.git"
        self.commit = ""

    def lay_ready(self, data: Path) -> None:
        """Before it is booted: its hosts, where the requirements lie, and the repository to take commits from."""
        root = self.machine.root
        names = " ".join([supplies.DOMAIN, *supplies.ALSO])
        self.machine.write("etc/hosts", f"127.0.0.1 localhost wits-proof {names}\n")
        self.machine.write("etc/environment", f"PIP_NO_INDEX=1\nPIP_FIND_LINKS={supplies.TOOLS}\nUV_OFFLINE=1\n")
        subprocess.run(["mkdir", "-p", root / "srv/wits_site", root / "opt/partners"], check=True)
        subprocess.run(["cp", "-a", supplies.requirements(data) / "uv", root / "srv/wits_site/cache"], check=True)
        subprocess.run(["git", "clone", "-q", "--bare", str(ROOT), str(self.origin)], check=True)
        self.commit = self.git("rev-parse", "HEAD")
        self.git("update-ref", "refs/heads/main", self.commit)
        self.git("symbolic-ref", "HEAD", "refs/heads/main")
        subprocess.run(["chown", "-R", "root:", root / "srv", root / "root"], check=True)

    def git(self, *words: str, stdin: str = "") -> str:
        command = ["git", "-c", "user.name=Proof", "-c", "user.email=proof@wits.example", "-C", str(self.origin)]
        done = subprocess.run([*command, *words], check=True, capture_output=True, text=True, input=stdin)
        return done.stdout.strip()

    def new_commit(self, subject: str, changes: dict[str, str] | None = None) -> str:
        """A commit on the main branch with these files in it, and the rest as it was."""
        tree = self.git("rev-parse", f"{self.commit}^{{tree}}")
        if changes:
            index = ["env", f"GIT_INDEX_FILE={self.machine.root}/root/index", "git", "-C", str(self.origin)]
            subprocess.run([*index, "read-tree", self.commit], check=True)
            for path, text in changes.items():
                blob = self.git("hash-object", "-w", "--stdin", stdin=text)
                subprocess.run([*index, "update-index", "--add", "--cacheinfo", f"100644,{blob},{path}"], check=True)
            tree = subprocess.run([*index, "write-tree"], check=True, capture_output=True, text=True).stdout.strip()
        self.commit = self.git("commit-tree", tree, "-p", self.commit, "-m", subject)
        self.git("update-ref", "refs/heads/main", self.commit)
        return self.commit

    def go_back_to(self, commit: str) -> None:
        """The main branch's newest commit is this one again."""
        self.commit = commit
        self.git("update-ref", "refs/heads/main", commit)

    def text(self, path: str) -> str:
        return self.git("show", f"{self.commit}:{path}") + "\n"

    def provision(self) -> str:
        """By the page, but for what has no way out: packages are there, and the certificate is our authority's."""
        page = from_the_page("provision")
        page = page.replace("https://github.com/YOUR-CLUB/wits_site.git", "/root/origin.git")
        page = page.replace("apt-get update && ", "").replace("--email web@wits.example", "")
        return self.machine.run(page.rstrip() + " --certificate /opt/certificates/site").stdout

    def fill_in(self, **changes: str) -> None:
        """Write keys into the environment; an empty one takes its line away."""
        file = self.machine.root / "etc/wits_site/env"
        text = file.read_text()
        for name, value in changes.items():
            line = f"{name}={value}" if value else f"#{name}="
            text = re.sub(rf"^#?{name}=.*$", line, text, flags=re.MULTILINE)
        file.write_text(text)

    def start_partners(self) -> None:
        self.machine.write("etc/systemd/system/partners.service", PARTNERS)
        uv = "UV_CACHE_DIR=/srv/wits_site/cache VIRTUAL_ENV=.venv /opt/partners/tools/bin/uv"
        self.machine.run(
            "cd /opt/partners && git -C /root/origin.git archive main | tar -x && "
            "python3 -m venv tools && tools/bin/pip -q install --require-hashes -r deploy/tools.txt && "
            f"python3 -m venv --without-pip .venv && {uv} pip sync -q --require-hashes requirements-dev.txt && "
            "systemctl daemon-reload && systemctl -q enable --now partners"
        )

    def build(self) -> None:
        """Everything, from the empty machine to a site that answers: what most rows stand on."""
        say("Making the machine: packages, PostgreSQL, nginx, the first release (two to three minutes)")
        self.provision()
        self.fill_in(**KEYS)
        self.start_partners()
        self.machine.run(from_the_page("deploy"))
        self.machine.run(from_the_page("partners"))
        until(self.health, seconds=30, what="the site answers")

    def deploy(self, *words: str) -> tuple[int, str, float]:
        """Exit code, what it said, seconds."""
        began = time.monotonic()
        done = self.machine.run(f"/srv/wits_site/current/deploy/deploy.sh {' '.join(words)}", check=False)
        return done.returncode, done.stdout + done.stderr, time.monotonic() - began

    def open(self, path: str, **more: Any) -> Any:
        request = urllib.request.Request(ADDRESS + path, **more)
        return urllib.request.urlopen(request, timeout=60, context=self.trust)

    def health(self) -> dict[str, Any]:
        with self.open("/healthz") as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def state(self) -> dict[str, Any]:
        """Everything that the partners hold."""
        with urllib.request.urlopen(f"{SANDBOX}/state.json", timeout=60) as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def ask_partners(self, path: str, body: Any = None, method: str = "POST") -> None:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(SANDBOX + path, data, {"Content-Type": "application/json"}, method=method)
        urllib.request.urlopen(request, timeout=60).close()

    def sql(self, question: str) -> str:
        """Ask the database, as its own user."""
        return self.machine.run(
            f"cd / && runuser -u wits_site -- psql -XqAt -c {json.dumps(question)}"
        ).stdout.strip()
