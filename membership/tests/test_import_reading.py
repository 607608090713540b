"""Files as people save them, and which column is what."""

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from home.spreadsheets import as_csv, as_xlsx
from membership.imports import workbooks
from membership.imports.errors import Unreadable
from membership.imports.matching import match
from membership.imports.reading import read_table

HEADINGS = ["First name", "Last name", "Email"]
ROWS = [["Élodie", "van Dyk", "elodie@uwo.example"], ["Zoë", "O’Neill", "zoe@uwo.example"]]
CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=20).filter(
    lambda text: not text.startswith("'")
)


def text_of(separator):
    return "\r\n".join(separator.join(row) for row in [HEADINGS, *ROWS])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_and_separator_gives_the_same_table(separator, encoding):
    table = read_table(text_of(separator).encode(encoding))

    assert table.headings == HEADINGS
    assert table.lines == [(2, ROWS[0]), (3, ROWS[1])]


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=6))
def test_what_our_exports_write_is_read_back(rows):
    for write in (as_csv, as_xlsx):
        table = read_table(b"".join(write(["a", "b"], rows)))
        assert [cells for _, cells in table.lines] == rows


def test_numbers_are_whole_and_empty_lines_keep_the_line_numbers_right():
    book = openpyxl.Workbook()
    for row in (["Email", "Name"], ["a@uwo.example", "Maya"], [], ["b@uwo.example", 7.0]):
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)

    assert read_table(data.getvalue()).lines == [(2, ["a@uwo.example", "Maya"]), (4, ["b@uwo.example", "7"])]


def test_excels_hint_and_cells_of_several_lines_are_understood():
    assert read_table(b'sep=;\nEmail;Note\na@b.example;"x\ny"\n').lines == [(2, ["a@b.example", "x\ny"])]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n", "is empty"),
        (b"Email\n", "no line under"),
        (b"\xd0\xcf\x11\xe0old", "old Excel"),
        (b"PK\x03\x04broken", "damaged"),
        (b"a\x00b\nc", "not a list that can be read"),
        (b"Email\n" + b"x,\n" * 50_001, "more than 50,000 lines"),
        (b"a," * 300 + b"\nx\n", "more than 200 columns"),
    ],
)
def test_what_is_no_list_is_refused_in_words(data, words):
    with pytest.raises(Unreadable, match=words):
        read_table(data)


def test_a_file_that_is_huge_inside_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 1000)

    with pytest.raises(Unreadable, match="far too large"):
        read_table(b"".join(as_xlsx(["a"], [["x" * 5000]])))


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (["Submission ID", "Submitted at", "Full name", "Your email"], {"name": 2, "email": 3, "since": 1}),
        (
            ["Record ID", "First Name", "Last Name", "Email", "Create Date"],
            {"first_name": 1, "last_name": 2, "email": 3},
        ),
        (["id", "Description", "Email", "Name", "Created (UTC)"], {"email": 2, "name": 3}),
        (
            ["First name", "Last name", "Email", "Level", "Status", "Since", "Until", "Joined", "Newsletter"],
            {"first_name": 0, "last_name": 1, "email": 2, "level": 3, "status": 4, "since": 5, "until": 6},
        ),
        (["UWO Email (required)", "x"], {"email": 0}),
        (["", ""], {}),
    ],
)
def test_the_columns_of_known_exports_are_found(headings, found):
    assert match(headings) == found
