"""Spreadsheets that any program opens, and in which nothing is calculated."""

import csv
import io
import tracemalloc
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from home.spreadsheets import as_csv, as_xlsx, harmless

EVIL = [
    "=cmd|'/C calc'!A0",
    "+1+cmd",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    '=HYPERLINK("https://evil.example","x")',
    "＝1+1",
]
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=40)


def read_xlsx(pieces):
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(pieces))).active
    return [list(row) for row in sheet.iter_rows()]


def read_csv(pieces):
    return list(csv.reader(io.StringIO(b"".join(pieces).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("evil", EVIL)
def test_no_cell_of_an_xlsx_is_a_formula_wherever_it_stands(evil):
    rows = read_xlsx(as_xlsx([evil, "b"], [[evil, "x"], ["y", evil]]))

    assert [cell.data_type for row in rows for cell in row] == ["s"] * 6
    assert rows[1][0].value == evil
    assert {cell.number_format for row in rows for cell in row} == {"@"}


@pytest.mark.parametrize("evil", EVIL)
def test_no_cell_of_a_csv_begins_as_a_formula_wherever_it_stands(evil):
    rows = read_csv(as_csv([evil, "b"], [[evil, "x"], ["y", evil]]))

    assert rows == [["'" + evil, "b"], ["'" + evil, "x"], ["y", "'" + evil]]


@settings(deadline=None)
@given(WORDS)
def test_what_is_harmless_begins_with_no_sign_that_calculates(text):
    assert not harmless(text).lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))
    assert harmless(text).removeprefix("'") == text.removeprefix("'")


@settings(deadline=None)
@given(st.lists(st.lists(WORDS, min_size=2, max_size=2), max_size=5))
def test_an_xlsx_holds_exactly_what_was_written(rows):
    read = [[cell.value or "" for cell in row] for row in read_xlsx(as_xlsx(["a", "b"], rows))]

    assert read == [["a", "b"], *rows]


def test_dates_and_numbers_keep_their_kind():
    (_, (day, count, nothing)) = read_xlsx(as_xlsx(["day", "count", "none"], [[date(2027, 4, 30), 1500, None]]))

    assert day.value.date() == date(2027, 4, 30)
    assert count.value == 1500
    assert nothing.value is None


def test_a_csv_is_marked_as_utf_8_and_says_days_in_iso():
    data = b"".join(as_csv(["Élodie"], [[date(2027, 4, 30)], [None]]))

    assert data == '\ufeff"Élodie"\r\n"2027-04-30"\r\n""\r\n'.encode()


def test_characters_that_xml_cannot_hold_are_left_out():
    assert read_xlsx(as_xlsx(["a"], [["x\x00\x0by\ud800"]]))[1][0].value == "xy"


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_ten_thousand_rows_are_never_in_memory_together(write):
    tracemalloc.start()
    size = sum(len(piece) for piece in write(["a", "b"], ([f"{n * 7919}" * 20, "y" * 100] for n in range(10_000))))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert size > 50_000
    assert most < 2_000_000
