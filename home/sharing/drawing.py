"""Drawing the picture: wordmark and title on the page's colour, and beside them what the page itself shows."""

import hashlib
import inspect
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import resvg_py
from django.conf import settings
from django.template.loader import render_to_string
from PIL import Image, ImageDraw

from home.drawings import Drawing
from home.pictures.records import is_lost
from home.posters import Poster, draw
from home.posters.papers import BLUSH, CREAM, MINT, NAVY, YELLOW
from home.sharing import lettering
from home.sharing.lettering import NUNITO, RUBIK, drawable, fitted
from home.sharing.records import HEIGHT, WIDTH
from home.tones import EDGES

MARGIN = 64
PANEL = 472  # the poster or photo on the right
WORDMARK = 54
WAVE = 92
SALMON, WHITE_PAPER, CORAL = "#e68976", "#fbfaf4", "#e57154"
GROUNDS = {
    "cream": CREAM,
    "paper": WHITE_PAPER,
    "mint": MINT,
    "yellow": YELLOW,
    "blush": BLUSH,
    "salmon": SALMON,
    "navy": NAVY,
}


@dataclass(frozen=True)
class Sheet:
    """What is drawn: words, the page's colour, and one of a photo, a drawing and a poster."""

    title: str
    line: str
    club: str
    tone: str = "cream"
    poster: Poster | None = None
    drawing: Drawing | None = None
    photo: Callable[[int, int], Image.Image] | None = None  # cropped to a width and a height
    photo_state: str = ""

    @property
    def state(self) -> str:
        """Another one means another picture."""
        parts = [self.title, self.line, self.club, self.tone, self.photo_state, _version()]
        parts += [self.poster.name if self.poster else "", self.drawing.name if self.drawing else ""]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def jpeg(sheet: Sheet) -> bytes:
    """The picture, 1200 by 630."""
    written = io.BytesIO()
    _drawn(sheet).save(written, "JPEG", quality=88, subsampling=0, optimize=True, progressive=True)
    return written.getvalue()


def _drawn(sheet: Sheet) -> Image.Image:
    ground, bottom = GROUNDS.get(sheet.tone, CREAM), HEIGHT - MARGIN
    picture = Image.new("RGB", (WIDTH, HEIGHT), ground)
    if sheet.drawing and not sheet.drawing.is_scene and not sheet.photo:
        words_width = _stand(picture, sheet.drawing, CREAM if ground != CREAM else MINT)
        bottom = HEIGHT - WAVE
    elif sheet.photo or sheet.poster or sheet.drawing:
        picture.paste(_panel(sheet), (WIDTH - PANEL, 0))
        words_width = WIDTH - PANEL - 2 * MARGIN
    else:
        words_width = WIDTH - 2 * MARGIN
    _write(picture, sheet, words_width, bottom, CREAM if ground == NAVY else NAVY)
    return picture


def _panel(sheet: Sheet) -> Image.Image:
    if sheet.photo:
        try:
            return sheet.photo(PANEL, HEIGHT).convert("RGB")
        except OSError as error:
            if not is_lost(error):
                raise
            # Who made the sizes has told of it; the sheet does without.
    if sheet.poster and not sheet.drawing:
        drawn = _svg(draw(sheet.poster), height=HEIGHT)
        left = (drawn.width - PANEL) // 2
        return drawn.crop((left, 0, left + PANEL, HEIGHT)).convert("RGB")
    panel = Image.new("RGB", (PANEL, HEIGHT), GROUNDS.get(sheet.drawing.tone if sheet.drawing else "", MINT))
    if sheet.drawing:
        drawn = _svg(_file(sheet.drawing.path), width=PANEL)
        panel.paste(drawn, (0, HEIGHT - drawn.height), drawn)
    return panel


def _stand(picture: Image.Image, drawing: Drawing, hill: str) -> int:
    """Stand an open drawing on the wave, as at the top of its page; returns the width that is left for words."""
    width = min(640, round(500 * drawing.width / drawing.height))
    drawn = _svg(_file(drawing.path), width=width)
    picture.paste(drawn, (WIDTH - width - 28, HEIGHT - drawn.height - 34), drawn)
    wave = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1440 101" width="{WIDTH}" height="{WAVE}" '
        f'preserveAspectRatio="none"><path fill="{hill}" d="{EDGES["c"]}"/></svg>'
    )
    edge = _svg(wave, width=WIDTH)
    picture.paste(edge, (0, HEIGHT - edge.height), edge)
    return WIDTH - width - 28 - MARGIN - 24


def _write(picture: Image.Image, sheet: Sheet, width: int, bottom: int, ink: str) -> None:
    mark = _svg(_wordmark(ink), height=WORDMARK)
    picture.paste(mark, (MARGIN, MARGIN), mark)
    pen = ImageDraw.Draw(picture)
    top = MARGIN + WORDMARK + 40
    title = drawable(sheet.title) or drawable(sheet.club) or "WITS"
    line = drawable(sheet.line)
    if line:
        small = fitted(line, NUNITO, 600, width, 40, sizes=(30, 26))
        pen.text((MARGIN, bottom - 34), small.lines[0], font=small.font, fill=ink)
        bottom -= 64
    lines = fitted(title, RUBIK, 650, width, bottom - top)
    y = float(top + max(0, (bottom - top - lines.height) // 2))
    for words in lines.lines:
        pen.text((MARGIN - 2, y), words, font=lines.font, fill=ink)
        y += lines.size * lettering.LEADING


def _svg(source: str, *, width: int | None = None, height: int | None = None) -> Image.Image:
    return Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=source, width=width, height=height))))


@cache
def _file(path: str) -> str:
    return (Path(settings.BASE_DIR) / "static" / path).read_text(encoding="utf-8")


def _wordmark(ink: str) -> str:
    """The site's own wordmark; outside of a page it needs its colours, and the name of its language."""
    svg = render_to_string("components/wordmark.html").strip()
    style = f"<style>path{{fill:{ink}}}.wordmark__plus{{fill:{CORAL}}}</style>"
    return re.sub(r"<svg ([^>]*)>", rf'<svg xmlns="http://www.w3.org/2000/svg" \1>{style}', svg, count=1)


@cache
def _version() -> str:
    """Changes with how pictures are drawn, so that the night makes them anew."""
    sources = "".join(inspect.getsource(module) for module in (lettering, inspect.getmodule(_version)) if module)
    return hashlib.sha256(sources.encode()).hexdigest()[:8]
