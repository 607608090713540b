"""Lists as real programs save them, made here byte by byte, from the file to what each line would do."""

import csv
import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from home.spreadsheets import as_csv, as_xlsx
from membership.imports.deciding import Kind, Rules, decide
from membership.imports.errors import Unreadable
from membership.imports.matching import match
from membership.imports.reading import read_table
from membership.models import Level

LEVEL = Level(pk=1, slug="wits-member", name="WITS member")
TODAY, END = date(2026, 9, 21), date(2027, 4, 30)
AFTERNOON = datetime(2026, 9, 14, 14, 2)  # noqa: DTZ001 - as a cell has it
TALLY = [
    ["Submission ID", "Respondent ID", "Submitted at", "What's your full name?", "School email", "Anything\nelse?"],
    ["xVqLo", "b0Y2", "2026-09-14 14:02:11", "Renée O’Neill", "renee@uwo.example", "I like\nrobots, and code"],
    ["Rk3mQ", "b0Y3", "2026-09-14 15:40:00", "Søren Ncube", "soren@uwo.example", '"quoted"'],
]
HUBSPOT = [
    ["Record ID", "First Name", "Last Name", "Email", "Phone Number", "Lead Status", "Marketing contact status"]
    + ["Create Date", "WITS membership level", "WITS membership status", "WITS member until"],
    ["901", "Renée", "O’Neill", "renee@uwo.example", "", "", "Marketing", "2026-09-14 14:02", "wits-member"]
    + ["active", "2027-04-30"],
    ["902", "Søren", "Ncube", "soren@uwo.example", "", "", "", "2026-09-14 14:02", "wits-member", "on-hold"]
    + ["2027-04-30"],
]
STRIPE = [
    ["id", "Description", "Email", "Name", "Created (UTC)", "Delinquent", "Card ID", "Total Spend"]
    + ["wits_level (metadata)", "wits_status (metadata)", "wits_until (metadata)"],
    ["cus_1", "", "renee@uwo.example", "Renée O’Neill", "2026-09-14 14:02:11", "false", "", "15.00"]
    + ["wits-member", "active", "2027-04-30"],
    ["cus_2", "", "soren@uwo.example", "Søren Ncube", "2026-09-14 14:02:11", "false", "", "15.00", "", "", ""],
]


def saved(rows, *, separator=",", encoding="utf-8", line_end="\r\n"):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue().encode(encoding)


def book(**sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return made


def bytes_of(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def decided(data, *, level=LEVEL):
    """What each line would do; `level` is what an executive chose for lines that name none."""
    table = read_table(data)
    rules = Rules(
        columns=match(table.headings),
        levels=dict.fromkeys(("wits member", "wits-member"), LEVEL),
        level=level,
        starts_on=TODAY,
        last_day=lambda level, day: END,
    )
    return list(decide(table.lines, rules, {}))


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_a_tally_export_with_breaks_in_its_cells(encoding, separator, line_end):
    first, second = decided(saved(TALLY, separator=separator, encoding=encoding, line_end=line_end))
    assert (first.kind, first.first_name, first.email) == (Kind.NEW, "Renée O’Neill", "renee@uwo.example")
    assert (first.starts_on, first.ends_on) == (date(2026, 9, 14), END)
    assert (second.first_name, second.number) == ("Søren Ncube", 3)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_hubspot_export(encoding):
    first, second = decided(saved(HUBSPOT, encoding=encoding))
    assert (first.kind, first.first_name, first.last_name, first.ends_on) == (Kind.NEW, "Renée", "O’Neill", END)
    assert second.kind == Kind.BAD, "a membership on hold is not put in force by a list"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_stripe_customers_export(encoding):
    first, second = decided(saved(STRIPE, encoding=encoding))
    assert (first.kind, first.first_name, first.level, first.ends_on) == (Kind.NEW, "Renée O’Neill", LEVEL, END)
    assert second.kind == Kind.BAD, "a customer of whom nothing says that they are a member is none"
    assert "status is empty" in second.why


OWN = [
    ["First name", "Last name", "Email", "Level", "Status", "Since", "Until", "Joined", "Newsletter"],
    ["Renée", "O’Neill", "renee@uwo.example", "WITS member", "Active", "2026-09-14", "2027-04-30", "", "yes"],
    ["Søren", "Ncube", "soren@uwo.example", "WITS member", "Refunded", "2026-09-14", "", "", "no"],
]
SHAPES = {"tally": TALLY, "hubspot": HUBSPOT, "stripe": STRIPE, "own": OWN}
AS_FILES = {"csv": saved, "xlsx": lambda rows: bytes_of(book(Members=rows))}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", AS_FILES)
def test_each_named_shape_as_csv_and_as_a_workbook(shape, kind):
    data = AS_FILES[kind](SHAPES[shape])
    first, second = decided(data)
    assert (first.kind, first.email, first.level, first.ends_on) == (Kind.NEW, "renee@uwo.example", LEVEL, END)
    assert first.first_name.startswith("Renée")
    assert first.by_choice == (shape == "tally"), "only the form's answers name no level"
    # Who sent the form is a member if the executive says so; of the others, their own line decides.
    assert second.kind == (Kind.NEW if shape == "tally" else Kind.BAD)

    kinds = [line.kind for line in decided(data, level=None)]
    assert kinds == ([Kind.BAD, Kind.BAD] if shape == "tally" else [Kind.NEW, Kind.BAD])


@pytest.mark.parametrize("status", ["", "refunded", "ended", "none", "on-hold", "canceled"])
@pytest.mark.parametrize(("shape", "place"), [("stripe", 9), ("hubspot", 9)])
def test_who_is_no_member_by_their_line_does_not_become_one(shape, place, status):
    heading, row, _ = SHAPES[shape]
    changed = [*row[:place], status, *row[place + 1 :]]
    changed[-1] = ""  # no last day
    [line] = decided(saved([heading, changed]))
    assert line.kind == Kind.BAD
    assert line.why


def test_a_term_that_ended_on_a_day_that_the_line_names_is_kept_as_what_it_was():
    heading, row, _ = OWN
    [line] = decided(saved([heading, [*row[:4], "Ended", "2025-09-14", "2026-04-30", "", ""]]))
    assert (line.kind, line.ends_on) == (Kind.NEW, date(2026, 4, 30))


@pytest.mark.parametrize("other", ["active", "trialing", "canceled", ""])
def test_what_this_site_wrote_at_stripe_goes_before_a_subscriptions_own_status(other):
    heading = [*STRIPE[0][:8], "Plan", "Status", "Cancel At Period End", *STRIPE[0][8:]]
    for own, kind in (("refunded", Kind.BAD), ("", Kind.BAD), ("active", Kind.NEW)):
        row = [*STRIPE[1][:8], "Gold", other, "", "wits-member", own, ""]
        [line] = decided(saved([heading, row]))
        assert line.kind == kind, (other, own)


def test_a_hubspot_contact_who_only_wants_the_newsletter_stays_a_contact():
    row = ["903", "News", "Only", "news@uwo.example", "", "", "Marketing", "2026-09-14 14:02", "", "", ""]
    [line] = decided(saved([HUBSPOT[0], row]))
    assert (line.kind, line.level) == (Kind.BAD, None)


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_our_own_export(write):
    headings = ["First name", "Last name", "Email", "Level", "Status", "Since", "Until", "Joined", "Newsletter"]
    rows = [["Renée", "=1+1", "renee@uwo.example", "WITS member", "Active", TODAY, END, TODAY, "yes"]]
    (line,) = decided(b"".join(write(headings, rows)))
    assert (line.first_name, line.last_name, line.starts_on, line.ends_on) == ("Renée", "=1+1", TODAY, END)


@pytest.mark.parametrize(
    ("encoding", "note"),
    [("utf-8", ""), ("utf-16", ""), ("cp1252", "Excel on Windows"), ("mac_roman", "older programs on a Mac")],
)
def test_a_guess_at_the_letters_is_said(encoding, note):
    said = read_table(saved(TALLY, encoding=encoding)).note
    assert note in said
    assert bool(said) == bool(note)


def test_a_workbook_with_a_title_over_merged_cells_dates_and_other_sheets():
    rows = [
        ["WITS members 2026"],
        [],
        ["Person", None, None, "Membership"],
        ["First name", "Last name", "Email", "Since", "Until"],
        ["Renée", "O’Neill", "renee@uwo.example", AFTERNOON, date(2027, 4, 30)],
    ]
    made = book(Cover=[["Read me first"]], Members=rows, Old=[["Email"], ["old@uwo.example"]])
    made["Members"].merge_cells("A1:E1")
    made["Members"].merge_cells("A3:C3")
    hidden = made.create_sheet("Hidden", 0)
    hidden.append(["Email"])
    hidden.append(["hidden@uwo.example"])
    hidden.sheet_state = "hidden"

    (line,) = decided(bytes_of(made))
    assert (line.number, line.email) == (5, "renee@uwo.example")
    assert (line.starts_on, line.ends_on) == (date(2026, 9, 14), END)
    assert read_table(bytes_of(made)).note == "Of its 2 sheets, only “Members” was read."


def test_of_calculated_cells_the_last_value_counts_and_is_said():
    data = bytes_of(book(Members=[["Email", "Name"], ["renee@uwo.example", '="Renée"&" O’Neill"']]))
    assert read_table(data).lines == [(2, ["renee@uwo.example", ""])], "never opened in Excel: it has no value yet"

    shown = with_part(data, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v />", b"<v>Ren\xc3\xa9e</v>"))
    shown = with_part(shown, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v></v>", b"<v>Ren\xc3\xa9e</v>"))
    shown = with_part(shown, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'r="B2"', b'r="B2" t="str"'))
    table = read_table(shown)
    assert table.lines == [(2, ["renee@uwo.example", "Renée"])]
    assert "what they last showed" in table.note


def with_part(data, name, change):
    """The workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == name else content)
    return out.getvalue()


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


BOOK = bytes_of(book(Members=[["Email", "Name"], ["renee@uwo.example", "Renée"]]))
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "' + b"ha" * 1000 + b'"><!ENTITY b "' + b"&a;" * 1000 + b'">'
    b'<!ENTITY c "' + b"&b;" * 1000 + b'">]><worksheet'
)


def laughing(xml):
    return xml.replace(b"<worksheet", LAUGHS, 1).replace(b"Email", b"&c;")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 x", "This is a PDF, whatever its name says"),
        (b"\x89PNG\r\n\x1a\n", "This is a picture"),
        (b"<html><table>", "This is a web page"),
        (b'[{"email": "a@b.example"}]', "a file for programs"),
        (b"{\\rtf1 Email", "a text document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel file, or one with a password"),
        (zipped(**{"Index/Document.iwa": b"x"}), "This is a Numbers file"),
        (zipped(**{"content.xml": b"x", "mimetype": b"x"}), "This is a LibreOffice file"),
        (zipped(**{"word/document.xml": b"x"}), "This is a Word document"),
        (zipped(**{"xl/workbook.bin": b"x"}), "a binary Excel file"),
        (zipped(anything=b"x"), "damaged"),
        (BOOK[: len(BOOK) // 2], "damaged"),
        (with_part(BOOK, "xl/worksheets/sheet1.xml", lambda xml: b" " * 20_000_000), "far too large inside"),
        (with_part(BOOK, "xl/worksheets/sheet1.xml", laughing), "damaged"),
        (bytes_of(book(Members=[])), "The file is empty"),
        (bytes_of(book(Members=[["Email", "Name"]])), "no line under the headings"),
        (b"Email,Name\n\n  \n,,\n", "no line under the headings"),
        (b"  \n\n", "The file is empty"),
        (b"\xff\xfeE\x00m\x00", "no line under"),
        (b"\xff\xfeEmail", "not a list that can be read"),
        (b'Email,Name\n"renee@uwo.example,Ren\n' + b"x" * 200_000, "never ends"),
        (saved([[f"c{n}" for n in range(201)], ["x"]]), "more than 200 columns"),
        (bytes_of(book(Members=[["Email"] * 201, ["x"] * 201])), "more than 200 columns"),
    ],
)
def test_what_is_no_list_is_refused_in_words(data, words):
    with pytest.raises(Unreadable, match=words):
        read_table(data)


@pytest.mark.parametrize("write", [saved, lambda rows: bytes_of(book(Members=rows))])
def test_two_hundred_columns_are_fine(write):
    rows = [[f"c{n}" for n in range(198)] + ["Email", "Name"], ["x"] * 198 + ["renee@uwo.example", "Renée"]]
    (line,) = decided(write(rows))
    assert (line.email, line.first_name) == ("renee@uwo.example", "Renée")


@pytest.mark.parametrize("name", ["Ünal", "Zoë", "François", "Peña", "Åsa", "ÉLODIE", "Mañana O’Hara"])
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_names_survive_both_old_ways_to_store_them(name, encoding):
    (line,) = decided(saved([["Name", "Email"], [name, "x@uwo.example"]], encoding=encoding))
    assert line.first_name == name
