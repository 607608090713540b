"""A person as a sum: shoulders, a head, something that grows. Never a face, and nothing guessed from a name."""

from random import Random

from home.posters.parts import Part, plus, slab


def _behind(kind: str) -> list[Part]:
    if kind == "window":
        return [Part("window", 40, 110, 320, 300, "pwa")]
    if kind == "sun":
        return [Part("disc", 40, 90, 330, 330, "b")]
    if kind == "leaves":
        return [Part("leaf", 18, 100, 130, 330, "dg", -22), Part("leaf", 252, 100, 130, 330, "dg", 22)]
    if kind == "rings":
        return [slab(0, 330, 400, 170, "b"), Part("rings", 0, 130, 400, 200, "bc")]
    return [
        slab(0, 0, 200, 500, "b"),
        Part("sprig", 20, 130, 120, 300, "d", -8),
        Part("sprig", 262, 130, 120, 300, "d", 8),
    ]


def _shoulders(kind: str) -> list[Part]:
    if kind == "rings":
        return [Part("rings", 22, 330, 356, 178, "ag")]
    if kind == "half":
        return [Part("half", 22, 330, 356, 178, "a")]
    if kind == "arch":
        return [Part("arch", 52, 336, 296, 180, "a")]
    return [Part("quarter", 200, 330, 178, 178, "a"), Part("quarter", 22, 330, 178, 178, "p", mirrored=True)]


def _over(kind: str, ink: str) -> list[Part]:
    if kind == "cap":
        return [Part("half", 112, 160, 176, 84, ink), slab(112, 236, 206, 10, ink)]
    if kind == "bun":
        return [Part("half", 114, 160, 172, 66, ink)]
    if kind == "flower":
        return [Part("flower", 216, 120, 112, 112, ink + ("a" if ink == "p" else "p"))]
    return []


def _under(kind: str, ink: str) -> list[Part]:
    leaf = [Part("leaf-two", 168, 40, 66, 140, ink + "d")]
    if kind == "leaf":
        return leaf
    if kind == "three":
        sides = [
            Part("leaf-two", 116, 62, 50, 122, ink + "d", -32),
            Part("leaf-two", 236, 62, 50, 122, ink + "d", 32),
        ]
        return [*leaf, *sides]
    if kind == "scarf":
        return [Part("disc", 86, 124, 228, 250, ink)]
    return [Part("disc", 158, 98, 86, 86, ink)] if kind == "bun" else []


def person(rng: Random) -> list[Part]:
    """Five backgrounds, four shoulders and six crowns: 120 sums, on six papers."""
    behind = rng.choice(("window", "sun", "leaves", "rings", "sprigs"))
    shoulders = rng.choice(("rings", "half", "split", "arch"))
    crown = rng.choice(("leaf", "cap", "flower", "three", "bun", "scarf"))
    ink = "a" if behind == "window" else "p"
    return [
        *_behind(behind),
        *_shoulders(shoulders),
        *_under(crown, ink),
        Part("disc", 118, 168, 164, 172, "h") if crown != "scarf" else Part("disc", 130, 162, 140, 156, "h"),
        *_over(crown, ink),
        plus(272, 372, 58, "p" if shoulders == "rings" else "g"),
    ]
