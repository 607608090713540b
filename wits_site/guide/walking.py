"""A walk through the steps of one subject of the guide, with or without taking its pictures."""

import io
import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect

# What an executive sees on a laptop; the guide shows it smaller.
WINDOW = {"width": 1000, "height": 644}
SHOWN = (900, 580)
RING = """(element) => {
  element.style.outline = "4px solid #e0482f";
  element.style.outlineOffset = "4px";
  element.style.borderRadius = "6px";
}"""
NO_RING = """(element) => {
  element.style.outline = element.style.outlineOffset = element.style.borderRadius = "";
}"""


class Walk:
    """An Owner's browser on its way through one subject. `folder`: where pictures go, None to take none."""

    def __init__(self, page: Page, site: str, slug: str, folder: Path | None = None) -> None:
        self.page = page
        self.site = site
        self.slug = slug
        self.folder = folder
        self.steps = 0

    def step(self, target: Locator) -> Locator:
        """The next step happens at `target`: it is there to be seen, with a ring around it in the picture."""
        self.steps += 1
        expect(target).to_be_visible()
        target.scroll_into_view_if_needed()
        if self.folder:
            self._keep(target, self.folder / f"{self.slug}-{self.steps}.webp")
        return target

    def open(self, path: str) -> None:
        """Go to an address of the site."""
        self.page.goto(f"{self.site}{path}")

    def menu(self, *labels: str) -> Locator:
        """The entry of the menu on the left; with two labels, that of a submenu, which is opened."""
        sidebar = self.page.locator("#wagtail-sidebar")
        for label in labels[:-1]:
            opener = sidebar.get_by_role("button", name=label, exact=True)
            if opener.get_attribute("aria-expanded") != "true":
                opener.click()
        # An opened submenu repeats its own label above its entries.
        return sidebar.get_by_role("link", name=labels[-1], exact=True).last

    def publish(self) -> None:
        """A step of its own: press the arrow beside *Save draft*, and *Publish*."""
        # A draft that is being saved by itself may not meet the same page being published.
        self.page.wait_for_load_state("networkidle")
        self.page.get_by_role("button", name="More actions").click()
        self.step(self.page.get_by_role("button", name=re.compile("^Publish"))).click()
        expect(self.page.locator(".messages .success")).to_be_visible()

    def _keep(self, target: Locator, path: Path) -> None:
        self.page.wait_for_load_state("networkidle")
        target.evaluate("(element) => element.scrollIntoView({block: 'center'})")
        target.evaluate(RING)
        picture = Image.open(io.BytesIO(self.page.screenshot())).resize(SHOWN)
        target.evaluate(NO_RING)
        picture.save(path, quality=60, method=6)
