"""From the bytes of a CSV file, saved by whatever program, to its text."""

import csv
import io
import unicodedata

from membership.imports.errors import Unreadable

UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
SEPARATORS = (",", ";", "\t")
LOOKED_AT = 20_000  # bytes or characters: enough to tell what kind of file it is
# What other files begin with, and what they are.
STARTS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"GIF8": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"{\\rtf": "a text document",
    b"<": "a web page",
    b"{": "a file for programs (JSON)",
    b"[": "a file for programs (JSON)",
}
NO_LETTERS = "ƒªºµˆ"
NO_LIST = "This is not a list that can be read. Save it as .xlsx, or as CSV in UTF-8."
GUESSED = (
    "The file does not say how its letters are stored; it was read as {} writes them. If a name below looks wrong, "
    "save the list as .xlsx and upload that."
)


def decoded(data: bytes) -> tuple[str, str]:
    """The text, and what a person should know of how it was found (or nothing). Raises Unreadable."""
    beginning = data[:200].lstrip(b"\xef\xbb\xbf \r\n\t")
    if not beginning:
        raise Unreadable("The file is empty.")
    for start, what in STARTS.items():
        if beginning.startswith(start):
            raise Unreadable(
                f"This is {what}, whatever its name says. Save the list as .xlsx or CSV and upload that."
            )
    text, note = _decoded(data)
    if any(unicodedata.category(letter) == "Cc" and letter not in "\t\r\n\f\v" for letter in text[:LOOKED_AT]):
        raise Unreadable(NO_LIST)
    return text, note


def _decoded(data: bytes) -> tuple[str, str]:
    for encoding in ["utf-16"] if data.startswith(UTF_16_MARKS) else ["utf-8-sig"]:
        try:
            return data.decode(encoding), ""
        except UnicodeDecodeError:
            continue
    if data.startswith(UTF_16_MARKS):
        raise Unreadable(NO_LIST)
    mac = data.decode("mac_roman")
    try:
        windows = data.decode("cp1252")
    except UnicodeDecodeError:  # there are bytes that Windows never writes
        return mac, GUESSED.format("older programs on a Mac")
    if _likely(mac) > _likely(windows):
        return mac, GUESSED.format("older programs on a Mac")
    return windows, GUESSED.format("Excel on Windows")


def _likely(text: str) -> int:
    """How much a text looks like names: accented letters where letters are, and no signs among them."""
    score = 0
    for place, letter in enumerate(text):
        if letter.isascii():
            continue
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if letter == "’":
            score += 2 if before.isalpha() and after.isalpha() else 0
        elif letter.isalpha() and letter not in NO_LETTERS:
            # A capital after a small letter is no name's way to write.
            score += -2 if letter.isupper() and before.islower() else 1
        elif before.isalpha() or after.isalpha():
            score -= 2
    return score


def rows_of(text: str) -> list[list[str]]:
    """The cells of each line, whatever separates them. Raises Unreadable."""
    first, _, rest = text.partition("\n")
    hint = first.strip()
    if hint.lower().startswith("sep=") and len(hint) <= 5:
        separator, text = (hint[4:] or "\t"), rest
    else:
        separator = max(SEPARATORS, key=lambda one: _evenness(text[:LOOKED_AT], one))
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    except csv.Error as error:
        raise Unreadable("A cell of the file never ends. Look for a quotation mark that is not closed.") from error


def _evenness(text: str, separator: str) -> tuple[int, int]:
    """How many of the first lines have as many cells as the headings, and how many those are."""
    widths = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if any(row):
                widths.append(len(row))
            if len(widths) == 30:
                break
    except csv.Error:
        return 0, 0
    usual = max(set(widths), key=widths.count, default=0)
    return (widths.count(usual), usual) if usual > 1 else (0, usual)
