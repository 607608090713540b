"""Pictures of every template, as visitors see it: `make screenshots`.

Starts the site with its demonstration in a folder of its own, and takes one page of each kind, the pages around
joining and the errors, at three widths, by day and by night, into `screenshots/`, which git ignores. With SITE_URL it
looks at a site that runs already (`make run`), and finds the pages in its DATA_DIR. `--readme` renews the four
pictures of the README instead.
"""

import argparse
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from wits_site.run import ROOT, Run, port_is_free, say, wait_for

WIDTHS = (390, 768, 1280)
SCHEMES = {"day": "light", "night": "dark"}
FOLDER, README_FOLDER = ROOT / "screenshots", ROOT / "docs" / "images"
# Name in the README, width and height of the window, scheme, and which page.
README_PICTURES = (
    ("home-day", 1280, 800, "light", "home"),
    ("home-night", 1280, 800, "dark", "home"),
    ("event-day", 1280, 1000, "light", "event"),
    ("team-day", 1280, 1000, "light", "team"),
)
# Addresses that are no pages: errors, and what people meet on the way to a membership.
ALWAYS = {
    "search": "/search/?q=code",
    "search-nothing": "/search/?q=zebra",
    "not-found": "/styleguide/404/",
    "broken": "/styleguide/500/",
    "welcome-unknown": "/welcome/",
    "confirm-too-old": "/membership/confirm/x/",
}
SECONDS_A_PERSON_NEEDS = 2.2  # the forms take nothing sooner: programs are faster than people
WHOLE = """async () => {
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map((image) => image.decode().catch(() => null)));
}"""


def pages() -> dict[str, str]:
    """A name and an address for one page of each kind: the one with most on it."""
    from wagtail.models import Page as AnyPage  # noqa: PLC0415 - Django is set up only now

    from home.models import OutsideProgramPage  # noqa: PLC0415

    found: dict[str, tuple[int, str]] = {}
    for page in AnyPage.objects.live().public().filter(depth__gt=1).specific():
        if isinstance(page, OutsideProgramPage):  # it only leads to another site
            continue
        name = re.sub(r"(?<!^)(?=[A-Z])", "-", type(page).__name__.removesuffix("Page")).lower()
        size = sum(len(str(field.value_from_object(page))) for field in page._meta.concrete_fields)
        if size > found.get(name, (0, ""))[0]:
            found[name] = (size, page.url or "/")
    return {name: address for name, (_, address) in sorted(found.items())}


def three_free_ports() -> int:
    """The first of three neighbouring ports for the site and what stands for the world around it."""
    return next(port for port in range(8600, 8900, 3) if all(port_is_free(port + one) for one in range(3)))


@contextmanager
def site() -> Iterator[str]:
    """A site with the demonstration, or the one that SITE_URL names; Django looks at its database."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "wits_site.settings.dev"
    running = os.environ.pop("SITE_URL", "")
    if running:
        django.setup()
        yield running.rstrip("/")
        return
    with tempfile.TemporaryDirectory(prefix="wits-screenshots-") as folder:
        run = Run(three_free_ports(), Path(folder))
        run.prepare()
        serve = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{run.port}"]
        with (Path(folder) / "log").open("wb") as log:
            running_now = [
                subprocess.Popen(command, cwd=ROOT, env=run.environment, stdout=log, stderr=log)
                for command in (run.sandbox_command, serve)
            ]
        try:
            if not (wait_for(run.sandbox) and wait_for(f"{run.site}/healthz")):
                sys.exit((Path(folder) / "log").read_text())
            os.environ.update(run.environment)
            django.setup()
            yield run.site
        finally:
            for process in running_now:
                process.terminate()
                process.wait(timeout=20)


def _new_page(browser: Browser, base: str, width: int, height: int, scheme: str) -> Page:
    """A page that has the fonts already: a first visit may be shown without them."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(base, wait_until="load")
    return page


def _keep(page: Page, name: str) -> None:
    page.evaluate(WHOLE)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=FOLDER / f"{name}.png", full_page=True)


def take_all(browser: Browser, base: str, addresses: dict[str, str]) -> None:
    """Every address at every width by day and night, and what only somebody who fills in the form sees."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    for when, scheme in SCHEMES.items():
        for width in WIDTHS:
            page = _new_page(browser, base, width, 900, scheme)
            for name, address in addresses.items():
                page.goto(f"{base}{address}", wait_until="load")
                _keep(page, f"{name}-{width}-{when}")
            if "join" in addresses:
                _join(page, f"{base}{addresses['join']}", f"{width}-{when}")
            page.close()
            say(f"{width} pixels by {when}")


def _join(page: Page, address: str, name: str) -> None:
    """The form with mistakes, left without paying, and the page that says you are in."""
    page.goto(address)
    page.fill("[name=email]", "ada@uwo.con")
    page.wait_for_timeout(SECONDS_A_PERSON_NEEDS * 1000)
    page.press("[name=email]", "Enter")
    page.wait_for_url("**/membership/join/")
    _keep(page, f"join-mistakes-{name}")
    for field, words in (("first_name", "Ada"), ("last_name", "Ray"), ("email", f"ada.{name}@uwo.ca")):
        page.fill(f"[name={field}]", words)
    page.press("[name=email]", "Enter")
    page.wait_for_url("**/pay/**")
    pay = page.url
    page.click("a[href*='/membership/cancelled/']")
    page.wait_for_url("**/membership/cancelled/**")
    _keep(page, f"cancelled-{name}")
    page.goto(pay)
    page.fill("[name=card]", "4242424242424242")
    page.fill("[name=name]", "Ada Ray")
    page.press("[name=name]", "Enter")
    page.wait_for_url("**/welcome/**")
    _keep(page, f"welcome-{name}")


def take_for_the_readme(browser: Browser, base: str, addresses: dict[str, str]) -> None:
    """Four windows. Flat drawings lose nothing with few colours, and the repository stays small."""
    for name, width, height, scheme, kind in README_PICTURES:
        page = _new_page(browser, base, width, height, scheme)
        page.goto(f"{base}{addresses[kind]}", wait_until="networkidle")
        picture = Image.open(io.BytesIO(page.screenshot())).resize((width * 3 // 4, height * 3 // 4))
        small = picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=128)
        small.save(README_FOLDER / f"{name}.png", optimize=True)
        page.close()
        say(f"docs/images/{name}.png")


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readme", action="store_true", help="renew the four pictures of the README")
    options = parser.parse_args()
    with site() as base:
        addresses = pages() | ALWAYS
        with sync_playwright() as playwright:
            found = shutil.which("chromium") or shutil.which("google-chrome")
            arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
            browser = playwright.chromium.launch(executable_path=found, args=arguments)
            take = take_for_the_readme if options.readme else take_all
            take(browser, base, addresses)
            browser.close()


if __name__ == "__main__":
    main()
