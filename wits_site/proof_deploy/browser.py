"""A real Chromium that finds the machine under the site's name."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from wits_site.proof_deploy import supplies
from wits_site.proof_deploy.site import Site


@contextmanager
def chromium(site: Site) -> Iterator[Browser]:
    """Started in the machine's network, from the thread that has moved there."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", f"--host-resolver-rules=MAP {supplies.DOMAIN} 127.0.0.1", _trust(site)],
        )
        yield browser
        browser.close()


def _trust(site: Site) -> str:
    """Chromium's word for: this one key, whoever signed it. The authority itself is checked by all other rows."""
    certificate = site.certificates / "site/cert.pem"
    pipe = f"openssl x509 -in {certificate} -pubkey -noout | openssl pkey -pubin -outform der"
    digest = subprocess.run(
        ["sh", "-c", f"{pipe} | openssl dgst -sha256 -binary | openssl enc -base64"],
        capture_output=True,
        text=True,
        check=True,
    )
    return f"--ignore-certificate-errors-spki-list={digest.stdout.strip()}"
