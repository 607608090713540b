"""A throw-away site in production's settings, with the demonstration, its pictures made, behind gunicorn."""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wits_site.run import ROOT, port_is_free, say, wait_for

FIRST_PORT = 8700


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    return next(port for port in range(FIRST_PORT, FIRST_PORT + 200) if port_is_free(port))


@contextmanager
def running(*, script: str = "") -> Iterator[tuple[str, str]]:
    """The site's address, and what that script said in it before it was served; all of it is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="wits-lighthouse-"))
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | _environment(folder, address)
    try:
        say("Making a site in production's settings (about a minute)")
        manage = [sys.executable, "manage.py"]
        for command in (
            ["migrate", "-v0"],
            ["collectstatic", "--noinput", "-v0"],
            ["seed_demo"],
            ["run_outbox", "--drain"],
        ):
            subprocess.run([*manage, *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        said = subprocess.run(
            [*manage, "shell", "-v0", "-c", script],
            cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
        ).stdout  # fmt: skip
        gunicorn = [sys.executable, "-m", "gunicorn", "wits_site.lighthouse.wsgi", "-c", "deploy/gunicorn.conf.py"]
        process = subprocess.Popen([*gunicorn, "-b", f"127.0.0.1:{port}"], cwd=ROOT, env=environment)
        try:
            if not wait_for(f"{address}/healthz"):
                raise RuntimeError("gunicorn did not start")
            yield address, said
        finally:
            process.terminate()
            process.wait(timeout=40)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _environment(folder: Path, address: str) -> dict[str, str]:
    """All that production asks for. No key leads anywhere: nothing that is measured calls a partner."""
    return {
        "DJANGO_SETTINGS_MODULE": "wits_site.lighthouse.settings",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": address,
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "STATIC_ROOT": str(folder / "static"),
        "MEDIA_ROOT": str(folder / "media"),
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "DEFAULT_FROM_EMAIL": "WITS <hello@wits.example>",
        "ALERT_EMAILS": "executives@wits.example",
        "STRIPE_SECRET_KEY": "rk_test_lighthouse",
        "STRIPE_TEST_MODE": "1",
        "STRIPE_WEBHOOK_SECRET": "whsec_lighthouse",
        "STRIPE_API_BASE": "http://127.0.0.1:1",
        "HUBSPOT_ACCESS_TOKEN": "pat-lighthouse",
        "HUBSPOT_API_BASE": "http://127.0.0.1:1",
        "SEARCH_ENGINES": "1",
    }
