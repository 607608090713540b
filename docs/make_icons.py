"""Make the icons of the web manifest from icon.svg: `.venv/bin/python docs/make_icons.py`."""

import io
import re
from pathlib import Path

import resvg_py
from PIL import Image

IMAGES = Path(__file__).parent.parent / "static" / "images"
# Phones cut a maskable icon to their own shape: what matters stays within the middle four fifths.
SAFE = 0.72


def icon(svg: str, size: int) -> Image.Image:
    return Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=size, height=size))))


def main() -> None:
    """Write icon-192, icon-512 and icon-maskable."""
    svg = (IMAGES / "icon.svg").read_text()
    for size in (192, 512):
        icon(svg, size).save(IMAGES / f"icon-{size}.png", optimize=True)
    ground = re.search(r'fill="(#\w+)"', svg)
    mark = icon(re.sub(r"<rect[^>]*/>", "", svg), round(512 * SAFE))
    whole = Image.new("RGB", (512, 512), ground[1] if ground else "#0a2338")
    place = (512 - mark.width) // 2
    whole.paste(mark, (place, place), mark)
    whole.save(IMAGES / "icon-maskable.png", optimize=True)


if __name__ == "__main__":
    main()
