"""From a file, of whatever kind people save, to a table of text. Nothing here touches the database."""

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import openpyxl

from membership.spreadsheets import CALCULATED

MOST_LINES = 50_000
MOST_BYTES = 15_000_000
MOST_COLUMNS = 200
MOST_UNPACKED = 300_000_000
SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True)
class Table:
    """`lines` are pairs of a line's number as a spreadsheet counts it (headings are line 1) and its cells."""

    headings: list[str]
    lines: list[tuple[int, list[str]]]


class Unreadable(ValueError):
    """The file is no list. The message is for the executive."""


def read_table(data: bytes) -> Table:
    """The table in an XLSX or CSV file. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise Unreadable("The file is larger than 15 MB. Split it.")
    if data.startswith(b"PK\x03\x04"):
        rows = _from_xlsx(data)
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("This is an old Excel file. Open it, save it as .xlsx and upload that.")
    else:
        rows = _from_text(decoded(data))
    numbered = [(number, cells) for number, cells in enumerate(rows, start=1) if any(cells)]
    if len(numbered) < 2:
        raise Unreadable("There is no line under the headings.")
    (_, headings), *lines = numbered
    if len(lines) > MOST_LINES:
        raise Unreadable(f"The file has more than {MOST_LINES:,} lines. Split it.")
    width = max(len(cells) for _, cells in numbered)
    if width > MOST_COLUMNS:
        raise Unreadable(f"The file has more than {MOST_COLUMNS} columns. Take away those you do not need.")
    return Table(_filled(headings, width), [(number, _filled(cells, width)) for number, cells in lines])


def decoded(data: bytes) -> str:
    """The text of a CSV file: UTF-8, UTF-16 with its mark, or what Excel for Windows writes. Raises Unreadable."""
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise Unreadable("This is not a list that can be read. Save it as .xlsx, or as CSV in UTF-8.")


def plain(cell: str) -> str:
    """A cell as it was before an export made it harmless with an apostrophe; spaces around it gone."""
    text = cell.strip()
    return text[1:].strip() if text[:1] == "'" and text[1:].lstrip().startswith(CALCULATED) else text


def _from_text(text: str) -> list[list[str]]:
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        separator, text = first.strip()[-1], rest
    else:
        separator = max(SEPARATORS, key=lambda one: len(next(csv.reader([first], delimiter=one), [])))
    try:
        return [
            [plain(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ]
    except csv.Error as error:
        raise Unreadable("A cell of the file never ends. Look for a quotation mark that is not closed.") from error


def _from_xlsx(data: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise Unreadable("The file is far too large inside.")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_LINES + 2, max_col=MOST_COLUMNS + 1, values_only=True)
        return [_trimmed([_as_text(cell) for cell in row]) for row in rows]
    except Unreadable:
        raise
    except Exception as error:  # noqa: BLE001 - a damaged file makes openpyxl raise almost anything
        raise Unreadable("This Excel file is damaged. Open it, save it again and upload that.") from error


def _as_text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return plain(str(cell))


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _filled(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))
