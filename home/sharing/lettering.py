"""Titles set in the site's own type, however long, in whatever script."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import ImageFont

RUBIK, NUNITO = "rubik.woff2", "nunito-sans.woff2"
SIZES = (92, 84, 76, 68, 62, 56, 50, 44, 38)
LEADING = 1.06
MISSING = "\U0010fffe"  # no font has a letter for it: what is drawn in its place means "missing"


@dataclass(frozen=True)
class Lines:
    """Words in lines of one size."""

    font: ImageFont.FreeTypeFont
    size: int
    lines: list[str]

    @property
    def height(self) -> int:
        return round(self.size * LEADING * len(self.lines))


@cache
def font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """One of the site's fonts; they are variable, so any weight will do."""
    found = ImageFont.truetype(Path(settings.BASE_DIR) / "static" / "fonts" / name, size)
    found.set_variation_by_axes([weight])
    return found


def drawable(words: str) -> str:
    """The words without what the font has no letters for; empty where that would be most of them."""
    letters = unicodedata.normalize("NFC", " ".join(words.split()))
    kept = "".join(letter for letter in letters if letter == " " or _has(letter))
    asked = sum(not letter.isspace() for letter in letters)
    there = sum(letter.isalnum() for letter in kept)
    return " ".join(kept.split()) if there * 2 >= asked else ""


@cache
def _has(letter: str) -> bool:
    if unicodedata.category(letter)[0] == "C":
        return False
    sample = font(RUBIK, 20, 400)
    return bytes(sample.getmask(letter)) != bytes(sample.getmask(MISSING))


def fitted(words: str, name: str, weight: int, width: int, height: int, sizes: tuple[int, ...] = SIZES) -> Lines:
    """The words in the largest size that fits the box; in the smallest they are cut, with three dots."""
    for size in sizes:
        face = font(name, size, weight)
        broken = any(face.getlength(word) > width for word in words.split())
        lines = _wrapped(words, face, width)
        most = max(1, int(height / (size * LEADING)))
        if len(lines) <= most and (not broken or size == sizes[-1]):
            return Lines(face, size, lines)
    return Lines(face, size, [*lines[: most - 1], _cut(lines[most - 1], face, width)])


def _wrapped(words: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if face.getlength(longer) <= width:
            lines[-1] = longer
            continue
        *full, rest = _in_pieces(word, face, width)
        lines += [*full, rest]
    return [line for line in lines if line] or [""]


def _in_pieces(word: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and face.getlength(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut(line: str, face: ImageFont.FreeTypeFont, width: int) -> str:
    while line and face.getlength(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip()}…"
