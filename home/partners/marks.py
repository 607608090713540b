"""Logos of invented companies, drawn for the demonstration: a small mark, and a name set in the site's own type."""

import io
import math
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

SCALE = 4  # drawn larger, then made smaller, so that edges are smooth
HEIGHT, MARK = 132, 140
NOTHING = "#ffffff00"
FONTS = {"rubik": "rubik.woff2", "nunito": "nunito-sans.woff2"}

Shapes = list[tuple[str, list[float]]]

# Each shape has the corners of its box or polygon; a `hole` is cut out of what is there.
MARKS: dict[str, Shapes] = {
    "tree": [
        ("polygon", [60, 2, 88, 46, 32, 46]),
        ("polygon", [60, 28, 98, 80, 22, 80]),
        ("polygon", [60, 58, 108, 112, 12, 112]),
        ("box", [52, 110, 68, 130]),
    ],
    "waves": [
        ("line", [number for x in range(4, 117, 2) for number in (x, y + 13 * math.sin((x - 4) * math.pi / 56))])
        for y in (32, 66, 100)
    ],
    "wings": [("polygon", [0, 24, 60, 62, 60, 114, 24, 90]), ("polygon", [120, 24, 60, 62, 60, 114, 96, 90])],
    "moon": [("disc", [8, 14, 112, 118]), ("hole", [50, -8, 130, 72]), ("disc", [76, 14, 108, 46])],
    "berries": [("disc", [6, 18, 58, 70]), ("disc", [62, 18, 114, 70]), ("disc", [34, 70, 86, 122])],
    "sunk": [("half", [8, 12, 112, 116]), ("box", [24, 78, 96, 89]), ("box", [42, 102, 78, 113])],
}


def draw_logo(name: str, mark: str, ink: str, *, font: str = "rubik", weight: int = 600) -> bytes:
    """A PNG without a background, cut close; `weight` as in a stylesheet, 300 to 900."""
    letters = ImageFont.truetype(str(Path(settings.BASE_DIR) / "static" / "fonts" / FONTS[font]), 78 * SCALE)
    letters.set_variation_by_axes([weight])
    width = int(letters.getlength(name)) + (MARK + 8) * SCALE
    picture = Image.new("RGBA", (width, HEIGHT * SCALE), NOTHING)
    draw = ImageDraw.Draw(picture)
    for shape, numbers in MARKS[mark]:
        _draw(draw, shape, [number * SCALE for number in numbers], ink)
    draw.text((MARK * SCALE, 66 * SCALE), name, font=letters, fill=ink, anchor="lm")
    small = picture.resize((width // SCALE, HEIGHT), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.crop(small.getbbox()).save(out, "PNG", optimize=True)
    return out.getvalue()


def _draw(draw: ImageDraw.ImageDraw, shape: str, numbers: list[float], ink: str) -> None:
    if shape == "polygon":
        draw.polygon(numbers, fill=ink)
    elif shape == "line":
        draw.line(numbers, fill=ink, width=14 * SCALE, joint="curve")
    elif shape == "half":
        draw.pieslice(numbers, 180, 360, fill=ink)
    elif shape == "box":
        draw.rectangle(numbers, fill=ink)
    else:
        draw.ellipse(numbers, fill=NOTHING if shape == "hole" else ink)
