"""From an XLSX file to the rows of the sheet that holds the list."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl

from membership.imports.errors import Unreadable

MOST_UNPACKED = 200_000_000  # bytes of all parts together
BOMB_RATIO, BOMB_BYTES = 150, 5_000_000  # a part that is larger than this and shrank more than that is no list
DAMAGED = "This Excel file is damaged. Open it, save it again and upload that."
# A part that only one kind of file has, and what it is.
OTHERS = {
    "Index/Document.iwa": "a Numbers file. In Numbers, choose File, Export to, Excel",
    "content.xml": "a LibreOffice file. Save it as .xlsx",
    "word/document.xml": "a Word document. Copy the list into Excel and save it as .xlsx",
    "xl/workbook.bin": "a binary Excel file. Save it as .xlsx",
}
FORMULAS = "Some cells are calculated. What was imported is what they last showed."


def rows_of(data: bytes, *, most_lines: int, most_columns: int) -> tuple[list[list[str]], str]:
    """The cells of each row as text, and what a person should know of it (or nothing). Raises Unreadable.

    Of several sheets it is the first that is shown and has more than one row.
    """
    try:
        has_formulas = _looked_into(data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False, data_only=True)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
        filled = [sheet for sheet in sheets if _has_rows(sheet)] or sheets[:1]
        rows = filled[0].iter_rows(max_row=most_lines + 20, max_col=most_columns + 1, values_only=True)
        found = [_trimmed([as_text(cell) for cell in row]) for row in rows]
    except Unreadable:
        raise
    except Exception as error:  # noqa: BLE001 - a damaged file makes openpyxl raise almost anything
        raise Unreadable(DAMAGED) from error
    notes = [f"Of its {len(filled)} sheets, only “{filled[0].title}” was read."] if len(filled) > 1 else []
    return found, " ".join([*notes, *([FORMULAS] if has_formulas else [])])


def _looked_into(data: bytes) -> bool:
    """Refuse what is no workbook, or is made to grow; whether a sheet has formulas."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        for name, what in OTHERS.items():
            if name in archive.namelist():
                raise Unreadable(f"This is {what} and upload that.")
        too_large = sum(part.file_size for part in parts) > MOST_UNPACKED
        bomb = any(
            part.file_size > BOMB_BYTES and part.file_size > BOMB_RATIO * max(1, part.compress_size) for part in parts
        )
        if too_large or bomb:
            raise Unreadable("The file is far too large inside. Copy the list into a new workbook and upload that.")
        sheets = [part for part in parts if part.filename.startswith("xl/worksheets/")]
        return any(b"<f>" in archive.read(part) or b"<f " in archive.read(part) for part in sheets)


def _has_rows(sheet: Any) -> bool:
    beginning = sheet.iter_rows(max_row=20, values_only=True)
    return sum(any(cell not in (None, "") for cell in row) for row in beginning) > 1


def as_text(cell: Any) -> str:
    """A cell as a person reads it; days as 2027-04-30."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells.pop()
    return cells
