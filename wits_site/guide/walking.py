"""A walk through the steps of one subject of the guide, with or without taking its pictures."""

import io
import re
import secrets
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, Locator, Page, expect

# What an executive sees on a laptop; the guide shows it smaller.
WINDOW = {"width": 1000, "height": 644}
SHOWN = (900, 580)
PHONE = {"width": 390, "height": 844}
RING = """(element) => {
  element.style.outline = "4px solid #e0482f";
  element.style.outlineOffset = "4px";
  element.style.borderRadius = "6px";
}"""
NO_RING = """(element) => {
  element.style.outline = element.style.outlineOffset = element.style.borderRadius = "";
}"""


class Walk:
    """An Owner's browser on its way through one subject, on a laptop or a phone.

    `folder`: where pictures go, None to take none. `look`: called where each step happens, before it does.
    """

    def __init__(
        self,
        page: Page,
        site: str,
        slug: str,
        folder: Path | None = None,
        look: Callable[[Page], None] = lambda page: None,
    ) -> None:
        self.page = page
        self.site = site
        self.slug = slug
        self.folder = folder
        self.look = look
        self.steps = 0

    def step(self, target: Locator) -> Locator:
        """The next step happens at `target`: it is there to be seen, with a ring around it in the picture."""
        self.steps += 1
        expect(target).to_be_visible()
        target.scroll_into_view_if_needed()
        self.look(self.page)
        if self.folder:
            self._keep(target, self.folder / f"{self.slug}-{self.steps}.webp")
        return target

    def write_day(self, field: Locator, day: str) -> None:
        """Write into a field that opens a calendar, and leave it. The calendar opens a moment after the field has the
        focus: who does not wait for it finds it over what comes next.
        """
        calendar = self.page.locator(".xdsoft_datetimepicker:visible")
        field.click()
        expect(calendar.first).to_be_visible()
        field.fill(day)
        field.press("Tab")
        expect(calendar).to_have_count(0)

    def named(self, title: str) -> str:
        """The title of a new page: no two may have the same address, and a phone may come after a laptop."""
        narrow = (self.page.viewport_size or WINDOW)["width"] < WINDOW["width"]
        return f"{title}, by phone" if narrow else title

    def begin(self) -> None:
        """To the dashboard; on any other page with the menu, stay: the first step is in the menu."""
        if self.folder or not self.page.locator("#wagtail-sidebar nav").count():
            self.open("/admin/")

    def open(self, path: str) -> None:
        """Go to an address of the site."""
        self.page.goto(f"{self.site}{path}")

    def menu(self, *labels: str) -> Locator:
        """The entry of the menu on the left; with two labels, that of a submenu. What is closed is opened."""
        sidebar = self.page.locator("#wagtail-sidebar")
        expect(sidebar.locator(".sidebar__inner")).to_be_attached()
        # On a phone the whole menu lies behind the button with the three lines.
        three_lines = sidebar.locator(".sidebar-nav-toggle--mobile")
        if three_lines.is_visible() and three_lines.get_attribute("aria-expanded") != "true":
            three_lines.click()
        for label in labels[:-1]:
            opener = sidebar.get_by_role("button", name=label, exact=True)
            if opener.get_attribute("aria-expanded") != "true":
                opener.click()
        # An opened submenu repeats its own label above its entries.
        return sidebar.get_by_role("link", name=labels[-1], exact=True).last

    def add_below(self, *menu: str) -> Locator:
        """A step of its own: press the entry of the menu. What it returns is the plus at the top."""
        self.step(self.menu(*menu)).click()
        return self.page.get_by_role("link", name="Add child page").first

    def publish(self, words: str = "Publish") -> None:
        """A step of its own: press the arrow beside *Save draft*, and *Publish*."""
        # A draft that is being saved by itself may not meet the same page being published.
        self.page.wait_for_load_state("networkidle")
        self.page.get_by_role("button", name="More actions").click()
        self.step(self.page.get_by_role("button", name=re.compile(f"^{words}"))).click()
        expect(self.page.locator(".messages .success")).to_be_visible()

    def _keep(self, target: Locator, path: Path) -> None:
        self.page.wait_for_load_state("networkidle")
        target.evaluate("(element) => element.scrollIntoView({block: 'center'})")
        target.evaluate(RING)
        picture = Image.open(io.BytesIO(self.page.screenshot())).resize(SHOWN)
        target.evaluate(NO_RING)
        picture.save(path, quality=60, method=6)


def photo(name: str, ground: str) -> FilePayload:
    """A picture as somebody uploads it: large, and like no drawing of the site. No two are the same."""
    picture = Image.new("RGB", (1800, 1350), ground)
    draw = ImageDraw.Draw(picture)
    left = 300 + secrets.randbelow(500)
    draw.ellipse((left, 260, left + 760, 1020), fill="#fbfaf4")
    draw.rectangle((0, 1020, 1800, 1350), fill="#0a2338")
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=80)
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}
