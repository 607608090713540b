"""How fast executives get to work: the editor of the longest page, and the explorer with 1,000 pages.

    python -m wits_site.benchmarks.admin [--pages 1000] [--runs 9]

A throw-away site with the demonstration, in production's settings behind gunicorn, and a real Chromium of an Owner
who has worked in the admin before: with a profile on the disk, which keeps what production lets it keep. Each time is
the browser's own, from leaving another page of the admin until everything has loaded, its scripts have run and the
rows or the forms stand. Exits 1 where a median is beyond its goal.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile

from playwright.sync_api import BrowserContext, Page, sync_playwright

from wits_site.lighthouse.site import running
from wits_site.run import say

# What has to stand on each: the last row's menu, and in the editor something in every stream.
EXPLORER = "document.querySelectorAll('table.listing tbody tr .w-dropdown__toggle').length > 20"
EDITOR = "![...document.querySelectorAll('[data-block]')].some(one => !one.childElementCount)"
# A quick machine has loaded everything before it paints anything: the first paint is waited for.
TIMES = """() => new Promise(done => new PerformanceObserver(list => {
  const [seen] = list.getEntriesByName("first-contentful-paint");
  const [whole] = performance.getEntriesByType("navigation");
  if (seen) done([whole.loadEventEnd, seen.startTime, whole.responseStart]);
}).observe({type: "paint", buffered: true}))"""
# Runs in the site: makes the pages and an Owner who has signed in, and says the parent of the pages, the page with
# the most to edit, and the session.
PREPARE = """
import json
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page
from desk.accounts.sessions import mark_whole
from desk.groups import OWNER, ensure_groups
from desk.models import User
from home.models import HomePage, StandardPage
def size(page):
    return len(json.dumps(page.serializable_data(), default=str))
longest = max(Page.objects.filter(depth__gt=1).specific(), key=size)
parent = HomePage.objects.get().add_child(instance=StandardPage(title="Many", lede="Pages.", slug="many"))
for number in range({pages}):
    parent.add_child(instance=StandardPage(title=f"Page {{number}}", lede="One of many.", slug=f"page-{{number}}"))
ensure_groups()
owner = User.objects.create_user("owner@wits.example", "owner@wits.example")
owner.groups.add(Group.objects.get(name=OWNER))
client = Client()
client.force_login(owner)
session = client.session
mark_whole(session)
session.save()
print(parent.pk, longest.pk, session.session_key, longest.title)
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    with running(script=PREPARE.format(pages=options.pages)) as (address, said):
        parent, longest, session, title = said.strip().splitlines()[-1].split(" ", 3)
        places = [
            (f"editor of “{title}”", f"{address}/admin/pages/{longest}/edit/", EDITOR, 1_500),
            (f"explorer with {options.pages} pages", f"{address}/admin/pages/{parent}/", EXPLORER, 500),
        ]
        return look(address, session, places, options.runs)


def look(address: str, session: str, places: list[tuple[str, str, str, int]], runs: int) -> int:
    missed = 0
    with tempfile.TemporaryDirectory(prefix="wits-browser-") as profile, sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        browser.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        say(f"{'':<46}{'least':>9}{'median':>10}{'first sight':>13}{'server':>9}{'goal':>9}")
        for words, url, ready, goal in places:
            found = _open(browser, f"{address}/admin/", url, ready, runs)
            loaded, seen, answered = zip(*found, strict=True)
            figures = (min(loaded), *map(statistics.median, (loaded, seen, answered)), goal)
            say(f"{words:<46}" + "".join(f"{one:>7.0f} ms" for one in figures))
            missed += statistics.median(loaded) > goal
        browser.close()
    say(f"Measured under a load of {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 1 if missed else 0


def _open(browser: BrowserContext, before: str, url: str, ready: str, runs: int) -> list[tuple[float, float, float]]:
    """Milliseconds until all has loaded, until there is something to see, until the server has answered; for each run
    after three that warm up what a browser keeps of scripts it has met."""
    page: Page = browser.new_page()
    found = []
    for _ in range(runs + 3):
        page.goto(before)
        page.goto(url, wait_until="load")
        if not page.evaluate(ready):
            raise RuntimeError(f"{url} has loaded and is not ready")
        found.append(tuple(page.evaluate(TIMES)))
    page.close()
    return found[3:]


if __name__ == "__main__":
    sys.exit(main())
