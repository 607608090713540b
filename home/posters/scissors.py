"""Shapes cut with scissors rather than a ruler: edges wobble by about one percent, always the same way."""

import hashlib
import math
import random

Point = tuple[float, float]


def chance(seed: str) -> random.Random:
    """Random numbers that are the same for the same words, in every process and version."""
    return random.Random(int(hashlib.sha256(seed.encode()).hexdigest()[:12], 16))  # noqa: S311 - shapes, no secrets


def short(value: float) -> str:
    """A number as an SVG wants it: one decimal, none if it is zero."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _curve(points: list[Point], *, closed: bool = True) -> str:
    count = len(points)
    path = f"M{short(points[0][0])} {short(points[0][1])}"
    for i in range(count if closed else count - 1):
        near = [points[(i + k) % count] if closed else points[max(0, min(count - 1, i + k))] for k in (-1, 0, 1, 2)]
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = near
        numbers = (x1 + (x2 - x0) / 6, y1 + (y2 - y0) / 6, x2 - (x3 - x1) / 6, y2 - (y3 - y1) / 6, x2, y2)
        path += "C" + " ".join(short(number) for number in numbers)
    return path + ("Z" if closed else "")


def cut(points: list[Point], radius: float, wobble: float, seed: str) -> str:
    """A polygon with corners rounded by `radius`."""
    rng = chance(seed)
    points = [(x + rng.uniform(-wobble, wobble), y + rng.uniform(-wobble, wobble)) for x, y in points]
    path = ""
    for i, corner in enumerate(points):
        ends = []
        for other in (points[i - 1], points[(i + 1) % len(points)]):
            length = math.dist(corner, other) or 1
            share = min(radius, length / 2) / length
            ends.append((corner[0] + (other[0] - corner[0]) * share, corner[1] + (other[1] - corner[1]) * share))
        (sx, sy), (ex, ey) = ends
        start = "M" if i == 0 else "L"
        path += f"{start}{short(sx)} {short(sy)}Q{short(corner[0])} {short(corner[1])} {short(ex)} {short(ey)}"
    return path + "Z"


def blob(x: float, y: float, rx: float, ry: float, points: int = 9, wobble: float = 0.018, seed: str = "") -> str:
    """A disc that is not quite round."""
    rng, found = chance(seed), []
    for i in range(points):
        turn = 2 * math.pi * i / points + rng.uniform(-0.04, 0.04)
        reach = 1 + rng.uniform(-wobble, wobble)
        found.append((x + rx * reach * math.cos(turn), y + ry * reach * math.sin(turn)))
    return _curve(found)


def pie(x: float, y: float, radius: float, start: float, end: float, wobble: float = 0.008, seed: str = "") -> str:
    """A slice from angle `start` to `end` (degrees, clockwise from the right), its straight edges straight."""
    rng, found, steps = chance(seed), [], 9
    for i in range(steps):
        turn = math.radians(start + (end - start) * i / (steps - 1))
        reach = 1 + (rng.uniform(-wobble, wobble) if 0 < i < steps - 1 else 0)
        found.append((x + radius * reach * math.cos(turn), y + radius * reach * math.sin(turn)))
    return _curve(found, closed=False) + f"L{short(x)} {short(y)}Z"
