"""`make guide`: walk every subject of the guide and take its pictures, on a site of its own with the demonstration.

Run it after the admin or the guide has changed, and commit what it makes in `static/images/guide/`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from wits_site.guide.walking import WINDOW, Walk
from wits_site.guide.walks import WALKS
from wits_site.run import ROOT, say
from wits_site.screenshots import site

FOLDER = ROOT / "static" / "images" / "guide"


def sign_in(page: Page, base: str) -> None:
    """As the demonstration's Owner."""
    page.goto(f"{base}/admin/login/")
    page.fill("input[name=username]", "owner@wits.example")
    page.fill("input[name=password]", "wits-demo-2026")
    page.click("button[type=submit]")
    page.wait_for_url(f"{base}/admin/")


def main() -> None:
    """See the module. With names, only those subjects."""
    wanted = sys.argv[1:] or list(WALKS)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with site() as base, sync_playwright() as playwright:
        subprocess.run([sys.executable, "manage.py", "run_outbox", "--drain"], cwd=ROOT, check=False)
        found = shutil.which("chromium") or shutil.which("google-chrome")
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        context = browser.new_context(viewport=WINDOW, reduced_motion="reduce")  # type: ignore[arg-type]
        page = context.new_page()
        sign_in(page, base)
        worker = subprocess.Popen([sys.executable, "manage.py", "run_outbox"], cwd=ROOT)
        try:
            for slug in wanted:
                _take(page, base, slug, FOLDER)
        finally:
            worker.terminate()
            worker.wait(timeout=60)
        browser.close()


def _take(page: Page, base: str, slug: str, folder: Path) -> None:
    for old in folder.glob(f"{slug}-*.webp"):
        old.unlink()
    guide = Walk(page, base, slug, folder)
    WALKS[slug](guide)
    say(f"{slug}: {guide.steps} pictures")


if __name__ == "__main__":
    main()
