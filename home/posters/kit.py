"""The kit: every paper shape there is. A new shape is drawn here once, for all posters, or done without."""

from dataclasses import dataclass

from home.posters.scissors import blob, cut, pie


@dataclass(frozen=True)
class Piece:
    """One path of a shape; `ink` is 1, 2 or 3, which a poster's slots fill; with `line` it is drawn, not filled."""

    path: str
    ink: int = 1
    line: float = 0
    turn: str = ""


@dataclass(frozen=True)
class Shape:
    """A shape in its own box of `width` by `height`; a lifted one lies on a shade of itself."""

    width: int
    height: int
    pieces: tuple[Piece, ...]
    lifted: bool = False


def _leaf(*, two_tones: bool) -> Shape:
    left = "M50 198C6 171 -5 94 21 45C31 25 44 10 55 2"
    if two_tones:
        halves = (
            Piece(left + "C48 60 46 130 50 198Z"),
            Piece("M50 198C82 182 99 148 97 106C95 62 78 26 55 2C48 60 46 130 50 198Z", 2),
        )
        return Shape(100, 200, halves, lifted=True)
    veins = (
        "M50 192C47 140 47 84 54 18M48 168C36 160 24 146 17 130M48 138C35 128 23 112 18 94M48 106C38 96 30 82 27 66"
        "M49 166C64 158 76 144 83 126M49 134C64 126 78 110 85 92M49 102C62 94 73 80 78 64"
    )
    right = "C78 24 99 62 97 108C96 150 78 182 50 198Z"
    return Shape(100, 200, (Piece(left + right), Piece(veins, 2, line=3.2)), lifted=True)


def _sprig() -> Shape:
    lens = "M0 0C10 -17 34 -20 54 -5C38 11 14 13 0 0Z"
    pieces = [Piece("M52 248C46 190 50 110 54 44", line=5)]
    for y, x, size in ((214, 49, 1), (176, 48, 1), (138, 49, 0.96), (102, 51, 0.88), (70, 53, 0.74)):
        pieces.append(Piece(lens, turn=f"translate({x} {y})rotate(-38)scale({size})"))
        pieces.append(Piece(lens, turn=f"translate({x} {y - 14})rotate(-142)scale({size} {-size})"))
    pieces.append(Piece(lens, turn="translate(54 50)rotate(-88)scale(.86)"))
    return Shape(100, 250, tuple(pieces))


def _rings(count: int, *, quarter: bool = False) -> Shape:
    radii = (98.5, 79, 60, 41, 22)[:count]
    if quarter:
        slices = [pie(0, 100, radius, 270, 360, seed=f"quarter ring {radius}") for radius in radii]
    else:
        slices = [pie(100, 100, radius, 180, 360, seed=f"ring {radius}") for radius in radii]
    pieces = tuple(Piece(path, 1 + i % 2) for i, path in enumerate(slices))
    return Shape(100 if quarter else 200, 100, pieces)


def _window(*, code: bool) -> Shape:
    frame = cut([(2, 3), (298, 1), (299, 238), (1, 237)], 22, 1.2, "frame")
    glass = cut([(16, 52), (284, 51), (285, 222), (15, 223)], 10, 1, "glass")
    pieces = [
        Piece(frame),
        Piece(glass, 2),
        *(Piece(blob(x, 27, 8, 8, 7, 0.05, f"dot {x}"), 3) for x in (32, 58, 84)),
    ]
    bars = (
        (40, 80, 96, 3),
        (150, 80, 44, 1),
        (66, 110, 130, 1),
        (66, 140, 58, 3),
        (136, 140, 100, 1),
        (40, 170, 72, 1),
    )
    for x, y, width, ink in bars if code else ():
        corners = [(x, y), (x + width, y - 0.6), (x + width, y + 15), (x, y + 15.6)]
        pieces.append(Piece(cut([(float(a), float(b)) for a, b in corners], 7, 0.8, f"bar {x} {y}"), ink))
    return Shape(300, 240, tuple(pieces), lifted=True)


def _cookie() -> Shape:
    bitten = (
        "M51 2C55 12 61 17 70 16C72 26 79 31 89 29C90 36 93 40 98 44C101 72 80 98 50 98C22 99 2 77 2 50"
        "C2 23 24 2 51 2Z"
    )
    chips = ((34, 30, 7), (27, 58, 8), (52, 50, 6), (50, 78, 8), (74, 62, 7), (58, 26, 4), (76, 82, 4), (16, 42, 3.5))
    crumbs = (Piece(blob(x, y, r, r * 0.9, 7, 0.07, f"chip {x}"), 2) for x, y, r in chips)
    return Shape(100, 100, (Piece(bitten), *crumbs), lifted=True)


def _clock() -> Shape:
    hands = Piece("M50 27V51L67 63", 2, line=8)
    return Shape(100, 100, (Piece(blob(50, 50, 49, 49, 12, 0.0075, "clock")), hands), lifted=True)


def _cup() -> Shape:
    mug = "M6 46H82C84 74 80 92 66 98C52 101 34 101 22 98C9 92 4 74 6 46Z"
    handle = "M82 56C98 52 100 80 78 80"
    steam = "M30 32C22 24 38 18 30 6M56 32C48 24 64 18 56 6"
    return Shape(100, 100, (Piece(mug), Piece(handle, line=8), Piece(steam, 2, line=5)), lifted=True)


def _page() -> Shape:
    sheet = cut([(2, 2), (98, 1), (99, 139), (1, 138)], 8, 1, "page")
    lines = "M40 26H80M40 42H66M16 68H84M16 84H84M16 100H70M16 116H78"
    return Shape(
        100, 140, (Piece(sheet), Piece(lines, 2, line=6), Piece(blob(24, 33, 12, 13, 9, 0.02, "head"), 2)), True
    )


def _pencil() -> Shape:
    wood = cut([(2, 132), (38, 132), (21, 179)], 3, 0.5, "wood")
    lead = "M14 158L28 158L21 179Z"
    body = cut([(2, 22), (38, 21), (38, 134), (2, 134)], 3, 0.5, "pencil")
    rubber = cut([(2, 2), (38, 1), (38, 24), (2, 24)], 7, 0.5, "rubber")
    return Shape(40, 180, (Piece(body), Piece(rubber, 2), Piece(wood, 3), Piece(lead, 2)), lifted=True)


def _microphone() -> Shape:
    head = cut([(31, 2), (69, 1), (70, 84), (30, 84)], 19, 0.8, "microphone")
    return Shape(100, 160, (Piece(head), Piece("M12 62C14 124 86 124 88 62M50 110V160", 2, line=11)))


def _flower() -> Shape:
    petal = "M50 50C34 40 30 18 50 2C70 18 66 40 50 50Z"
    petals = (Piece(petal, turn=f"rotate({turn} 50 50)") for turn in (2, 58, 121, 183, 238, 301))
    return Shape(100, 100, (*petals, Piece(blob(50, 50, 11, 11, 7, 0.04, "heart of a flower"), 2)), lifted=True)


def _one(width: int, height: int, path: str, *, line: float = 0, lifted: bool = False) -> Shape:
    return Shape(width, height, (Piece(path, line=line),), lifted=lifted)


CROSS: list[tuple[float, float]] = [
    (33, 2), (67, 1), (66, 33), (98, 32), (99, 67),
    (67, 67), (68, 98), (33, 99), (33, 67), (1, 68), (2, 33), (33, 33),
]  # fmt: skip

SHAPES: dict[str, Shape] = {
    "plus": _one(100, 100, cut(CROSS, 4, 1.2, "plus")),
    "disc": _one(100, 100, blob(50, 50, 49, 49, 12, 0.0075, "disc")),
    "half": _one(200, 100, pie(100, 100, 98.5, 180, 360, seed="half")),
    "quarter": _one(100, 100, pie(0, 100, 98.5, 270, 360, 0.004, "quarter")),
    "rings": _rings(5),
    "bows": _rings(3),
    "quarter-rings": _rings(5, quarter=True),
    "leaf": _leaf(two_tones=False),
    "leaf-two": _leaf(two_tones=True),
    "sprig": _sprig(),
    "wave": _one(400, 100, "M0 58C52 18 104 4 168 22C232 41 272 78 330 66C360 60 382 44 400 30V101H0Z"),
    "swell": _one(400, 100, "M0 24C44 52 92 76 150 62C214 46 246 8 306 12C346 15 378 36 400 52V101H0Z"),
    "squiggle": _one(
        200, 50, "M8 34C18 4 32 4 42 26S64 48 76 24S98 2 110 24S132 48 144 24S176 4 192 20", line=9
    ),
    "window": _window(code=False),
    "code": _window(code=True),
    "heart": _one(
        100, 100,
        "M50 96C28 76 3 58 3 31C3 13 16 4 29 4C39 4 46 10 51 20C56 9 64 3 74 4C88 5 98 16 97 33C95 60 70 78 50 96Z",
        lifted=True,
    ),
    "cookie": _cookie(),
    "clock": _clock(),
    "cup": _cup(),
    "page": _page(),
    "pencil": _pencil(),
    "mic": _microphone(),
    "bubble": _one(
        120, 100,
        "M34 3C52 0 84 0 98 8C114 17 120 32 117 46C113 66 96 76 74 77C66 78 58 78 52 77C44 88 32 96 16 98"
        "C23 90 26 82 25 73C8 66 1 52 2 36C3 18 16 6 34 3Z",
        lifted=True,
    ),
    "arch": _one(100, 150, "M1 150V50C2 21 24 1 51 2C78 3 98 24 99 52V150Z"),
    "flower": _flower(),
    "cursor": _one(
        60, 84,
        cut([(3, 2), (57, 48), (35, 50), (47, 76), (34, 82), (23, 56), (5, 70)], 4, 0.5, "cursor"),
        lifted=True,
    ),
    "hoop": _one(100, 100, blob(50, 50, 43, 43, 9, 0.016, "hoop"), line=13),
    "stitch": _one(400, 12, "M6 6H21M34 6H49M62 6H77M90 6H105M118 6H133M146 6H161M174 6H189M202 6H217M230 6H245"
                   "M258 6H273M286 6H301M314 6H329M342 6H357M370 6H385", line=5),
    "slab": _one(100, 100, "M0 0H100V100H0Z"),
}  # fmt: skip
