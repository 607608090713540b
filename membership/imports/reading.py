"""From a file, of whatever kind people save, to a table of text. Nothing here touches the database."""

from collections.abc import Sequence
from dataclasses import dataclass

from home.spreadsheets import CALCULATED
from membership.imports import decoding, workbooks
from membership.imports.errors import Unreadable
from membership.imports.matching import match

MOST_LINES = 50_000
MOST_BYTES = 15_000_000
MOST_COLUMNS = 200
ABOVE_HEADINGS = 10  # a title, a date, an empty line: as people put them over a list


@dataclass(frozen=True)
class Table:
    """`lines` are pairs of a line's number as a spreadsheet counts it (from 1) and its cells.

    `note` says what a person should know of how the file was read.
    """

    headings: list[str]
    lines: list[tuple[int, list[str]]]
    note: str = ""


def read_table(data: bytes) -> Table:
    """The table in an XLSX or CSV file. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise Unreadable("The file is larger than 15 MB. Split it.")
    if data.startswith(b"PK\x03\x04"):
        rows, note = workbooks.rows_of(data, most_lines=MOST_LINES, most_columns=MOST_COLUMNS)
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            "This is an old Excel file, or one with a password. Open it, save it as .xlsx without a password and "
            "upload that."
        )
    else:
        text, note = decoding.decoded(data)
        rows = decoding.rows_of(text)
    numbered = [
        (number, [plain(cell) for cell in cells])
        for number, cells in enumerate(rows, start=1)
        if any(cell.strip() for cell in cells)
    ]
    place = _headings(numbered)
    numbered = numbered[place:]
    if len(numbered) < 2:
        raise Unreadable("There is no line under the headings." if numbered else "The file is empty.")
    (_, headings), *lines = numbered
    if len(lines) > MOST_LINES:
        raise Unreadable(f"The file has more than {MOST_LINES:,} lines. Split it.")
    width = max(len(cells) for _, cells in numbered)
    if width > MOST_COLUMNS:
        raise Unreadable(f"The file has more than {MOST_COLUMNS} columns. Take away those you do not need.")
    return Table(_filled(headings, width), [(number, _filled(cells, width)) for number, cells in lines], note)


def plain(cell: str) -> str:
    """A cell as it was before an export made it harmless with an apostrophe; spaces around it gone."""
    text = cell.strip()
    return text[1:].strip() if text[:1] == "'" and text[1:].lstrip().startswith(CALCULATED) else text


def _headings(rows: Sequence[tuple[int, list[str]]]) -> int:
    """The place of the row that has the headings: the first that names a column of addresses, else the very first."""
    for place, (_, cells) in enumerate(rows[:ABOVE_HEADINGS]):
        if "email" in match(cells) and not any("@" in cell for cell in cells):
            return place
    return 0


def _filled(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))
