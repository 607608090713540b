"""From a poster's name to its SVG."""

import hashlib
import inspect
from functools import cache, lru_cache
from types import ModuleType

from home.posters import frames, kit, papers, people, scissors, sheets
from home.posters.choosing import LAYOUTS, PERSON, Poster
from home.posters.frames import FRAMES, framed
from home.posters.kit import SHAPES
from home.posters.papers import NAVY, PAPERS, Slots
from home.posters.parts import Part
from home.posters.scissors import chance, short

SHADE_BY_DAY, SHADE_BY_NIGHT = 0.16, 0.32


@lru_cache(maxsize=512)
def draw(poster: Poster) -> str:
    """The poster as a small SVG that carries its colours for day and night; `KeyError` for a name that is unknown."""
    paper = PAPERS[poster.paper]
    frame = FRAMES[poster.frame]
    parts = framed(LAYOUTS[poster.layout](chance(f"{poster.layout} {poster.choice}")), frame)
    x, y = (20, 50) if poster.layout == PERSON else (0, 0)
    width, height = size_of(poster)
    body = "".join(draw_part(part) for part in parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x} {y} {width} {height}" '
        f'width="{width}" height="{height}">'
        f"<style>{_colours(paper.day, SHADE_BY_DAY)}"
        f"@media(prefers-color-scheme:dark){{{_colours(paper.night, SHADE_BY_NIGHT)}}}"
        f"path{{stroke-width:0;stroke-linecap:round;stroke-linejoin:round}}.s path{{fill:{NAVY}}}</style>"
        f'<path class="g" d="M{x} {y}h{width}v{height}h-{width}z"/>{body}</svg>'
    )


def size_of(poster: Poster) -> tuple[int, int]:
    """Its width and height as it is drawn."""
    return (360, 396) if poster.layout == PERSON else (400, FRAMES[poster.frame].height)


@cache
def version() -> str:
    """Names the way posters are drawn now: it changes when a shape, paper or layout does, so that none goes stale."""
    return fingerprint(frames, kit, papers, people, scissors, sheets)


def fingerprint(*rooms: ModuleType) -> str:
    """Eight letters that change with the words of these modules."""
    return hashlib.sha256("".join(inspect.getsource(room) for room in rooms).encode()).hexdigest()[:8]


def _colours(slots: Slots, shade: float) -> str:
    fills = "".join(f".{slot}{{fill:{colour};stroke:{colour}}}" for slot, colour in slots.items())
    return f"{fills}.s{{opacity:{shade}}}"


def draw_part(part: Part) -> str:
    """One shape in its place, on a shade of itself if it is lifted; its colours are classes."""
    shape = SHAPES[part.shape]
    sx, sy = part.width / shape.width, part.height / shape.height
    turned = f"rotate({short(part.turn)} {short(part.width / 2)} {short(part.height / 2)})" if part.turn else ""
    flip = (f"translate({short(part.width)} 0)scale(-1 1)" if part.mirrored else "") + (
        f"translate(0 {short(part.height)})scale(1 -1)" if part.upside_down else ""
    )
    inner = f"{turned}{flip}scale({sx:.3g} {sy:.3g})"
    pieces = ""
    for piece in shape.pieces:
        slot = part.inks[min(piece.ink, len(part.inks)) - 1]
        turn = f' transform="{piece.turn}"' if piece.turn else ""
        if piece.line:
            pieces += f'<path class="{slot}" style="fill:none;stroke-width:{piece.line}" d="{piece.path}"{turn}/>'
        else:
            pieces += f'<path class="{slot}" d="{piece.path}"{turn}/>'
    drawn = f'<g transform="translate({short(part.x)} {short(part.y)}){inner}">{pieces}</g>'
    if not shape.lifted:
        return drawn
    down, right = part.height * 0.02 + 2, part.width * 0.012 + 1
    silhouettes = "".join(
        f'<path d="{piece.path}"' + (f' transform="{piece.turn}"' if piece.turn else "") + "/>"
        for piece in shape.pieces[: 7 if part.shape == "flower" else 2 if part.shape == "leaf-two" else 1]
    )
    where = f"translate({short(part.x + right)} {short(part.y + down)}){inner}"
    return f'<g class="s" transform="{where}">{silhouettes}</g>{drawn}'
