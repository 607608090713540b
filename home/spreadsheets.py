"""Writing spreadsheets row by row, so that a list of any length takes no more memory than a few of its lines.

What people typed into a form stands in these files, and a cell that begins with `=` may run a command on the machine
of who opens it (https://owasp.org/www-community/attacks/CSV_Injection). In XLSX every text is stored as text; CSV
knows no types, so there an apostrophe is put before what a spreadsheet would calculate.
"""

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from xml.sax.saxutils import escape

Cell = str | int | date | None
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"

# The last four are the wide forms of the first, which some spreadsheets read as the same sign.
CALCULATED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NOT_IN_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DAY_ZERO = date(1899, 12, 30)
TEXT, DAY, HEADING = 1, 2, 3  # numbers of the formats in STYLES
ROWS_A_PIECE = 200

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KINDS}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KINDS}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{KINDS}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{TIES}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook {MAIN} xmlns:r="{TIES}"><sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{TIES}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{TIES}/styles" Target="styles.xml"/></Relationships>'
    ),
    # Format 49 is "text": a cell stays text even when somebody edits it. 164 is a date as everybody reads it.
    "xl/styles.xml": (
        f'<styleSheet {MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>'
        '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The file, piece by piece: UTF-8 with the mark that Excel looks for, commas, every cell in quotes."""
    lines = _Pieces()
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL)
    yield b"\xef\xbb\xbf"
    writer.writerow([harmless(heading) for heading in headings])
    for number, row in enumerate(rows, start=1):
        writer.writerow(["" if cell is None else harmless(str(cell)) for cell in row])
        if number % ROWS_A_PIECE == 0:
            yield lines.taken().encode()
    yield lines.taken().encode()


def harmless(text: str) -> str:
    """`text` as it can stand in a CSV file: after an apostrophe where a spreadsheet would calculate it."""
    return f"'{text}" if text.startswith(CALCULATED) or text.lstrip().startswith(CALCULATED) else text


def as_xlsx(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The file, piece by piece: one sheet, its headings kept in sight, dates as dates, all text as text."""
    pieces = _BytePieces()
    with zipfile.ZipFile(pieces, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, content in PARTS.items():
            archive.writestr(name, HEAD + content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(_sheet_start(len(headings)).encode())
            sheet.write(_row(headings, HEADING).encode())
            lines = []
            for number, row in enumerate(rows, start=1):
                lines.append(_row(row, TEXT))
                if number % ROWS_A_PIECE == 0:
                    sheet.write("".join(lines).encode())
                    lines = []
                    yield pieces.taken()
            sheet.write("".join(lines).encode())
            sheet.write(b"</sheetData></worksheet>")
    yield pieces.taken()


def _sheet_start(width: int) -> str:
    return (
        f'{HEAD}<worksheet {MAIN}><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{width}" width="22" customWidth="1"/></cols><sheetData>'
    )


def _row(cells: Sequence[Cell], text_style: int) -> str:
    return f"<row>{''.join([_cell(cell, text_style) for cell in cells])}</row>"


def _cell(value: Cell, text_style: int) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, str):
        text = escape(NOT_IN_XML.sub("", value), {"\r": "&#13;"})
        return f'<c t="inlineStr" s="{text_style}"><is><t xml:space="preserve">{text}</t></is></c>'
    if isinstance(value, date):
        return f'<c s="{DAY}"><v>{(value - DAY_ZERO).days}</v></c>'
    return f"<c><v>{value}</v></c>"


class _Pieces:
    """A file that is emptied while it is written."""

    def __init__(self) -> None:
        self._held: list[str] = []

    def write(self, text: str) -> int:
        self._held.append(text)
        return len(text)

    def taken(self) -> str:
        text = "".join(self._held)
        self._held.clear()
        return text


class _BytePieces:
    """The same for bytes. It cannot go back, so zipfile writes what it would put in front behind."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._held.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits anywhere."""

    def close(self) -> None:
        """There is nothing to let go of."""

    def taken(self) -> bytes:
        data = b"".join(self._held)
        self._held.clear()
        return data
