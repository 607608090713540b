"""Make the pictures of the README from the running site (`make run`): `.venv/bin/python docs/make_pictures.py`."""

import io
import os
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

SITE = os.environ.get("SITE_URL", "http://127.0.0.1:8000")
FOLDER = Path(__file__).parent / "images"


def main() -> None:
    """Write the home page as a visitor with a laptop sees it, by day and by night."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        for name, scheme in (("home-day", "light"), ("home-night", "dark")):
            page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
            page.goto(SITE, wait_until="networkidle")
            picture = Image.open(io.BytesIO(page.screenshot()))
            # Flat drawings lose nothing with few colours, and the repository stays small.
            picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(
                FOLDER / f"{name}.png", optimize=True
            )
            sys.stdout.write(f"docs/images/{name}.png\n")


if __name__ == "__main__":
    main()
