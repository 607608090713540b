"""The little markup of editable mail texts, and the variables in it.

A text is parsed first and variables are filled into the leaves afterwards, so the value of a variable can become
neither markup nor a header, whatever a person typed as a name.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from html import escape

VARIABLE = re.compile(r"\{([^{}\n]*)\}")
NAME = re.compile(r"[a-z][a-z0-9_]*")
INLINE = re.compile(r"\*\*(?P<bold>[^*\n]+)\*\*|\[(?P<words>[^\]\n]+)\]\((?P<url>[^)\s]+)\)")
SAFE_URL = re.compile(r"(https?://|mailto:)[^\s\"'<>]+", re.IGNORECASE)


class WordsRefused(ValueError):
    """A text cannot be used as it stands; the message says to its writer why."""


@dataclass(frozen=True)
class Block:
    """A paragraph (its lines) or a list (its items)."""

    is_list: bool
    lines: tuple[str, ...]


def variables_in(text: str) -> set[str]:
    """The names in {braces}, as they were written."""
    return set(VARIABLE.findall(text))


def check(parts: Iterable[str], *, known: Iterable[str], required: Iterable[str]) -> None:
    """Raise WordsRefused, naming the variable, when `parts` use one that there is not or leave out a required one."""
    used: set[str] = set()
    for part in parts:
        for found in INLINE.finditer(part):
            if found["url"] and not found["url"].startswith(("https://", "http://", "mailto:", "{")):
                raise WordsRefused(f"The link {found['url']} must begin with https://.")
        used |= variables_in(part)
        without = VARIABLE.sub("", part)
        if "{" in without or "}" in without:
            raise WordsRefused("There is a single { or }. Write a variable as {first_name}, with both.")
    known = sorted(known)
    for name in sorted(used):
        if name not in known:
            offer = ", ".join(f"{{{one}}}" for one in known) or "none"
            near = get_close_matches(name.strip().lower().replace(" ", "_"), known, n=1, cutoff=0.5)
            meant = f" Did you mean {{{near[0]}}}?" if near else ""
            raise WordsRefused(f"There is no variable {{{name}}} in this mail.{meant} You can use: {offer}.")
    for name in sorted(required):
        if name not in used:
            raise WordsRefused(f"The variable {{{name}}} is missing: this mail does not work without it.")


def one_line(value: str) -> str:
    """A value without line breaks and other control characters, fit for a header or the middle of a sentence."""
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values in the place of their variables, as plain text."""
    return VARIABLE.sub(lambda found: one_line(values[found.group(1)]), text)


def blocks(text: str) -> list[Block]:
    """The paragraphs and lists of a text."""
    found: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip()):
        run: list[str] = []
        in_list = False
        for line in paragraph.split("\n"):
            item = line.strip().startswith("- ")
            if item != in_list and run:
                found.append(Block(in_list, tuple(run)))
                run = []
            in_list = item
            if line.strip():
                run.append(line.strip()[2:].strip() if item else line.strip())
        if run:
            found.append(Block(in_list, tuple(run)))
    return found


def as_html(text: str, values: Mapping[str, str]) -> str:
    """The text as HTML: p, ul, li, strong, a and br only; everything else is escaped."""
    pieces = []
    for block in blocks(text):
        lines = [_inline_html(line, values) for line in block.lines]
        if block.is_list:
            pieces.append("<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>")
        else:
            pieces.append("<p>" + "<br>".join(lines) + "</p>")
    return "\n".join(pieces)


def as_inline_html(text: str, values: Mapping[str, str]) -> str:
    """A text of one line as HTML without a paragraph around it."""
    return _inline_html(one_line(text), values)


def as_text(text: str, values: Mapping[str, str]) -> str:
    """The text for people whose mail program shows no HTML: links as "words (address)"."""
    pieces = []
    for block in blocks(text):
        lines = [_inline_text(line, values) for line in block.lines]
        pieces.append("\n".join(f"- {line}" for line in lines) if block.is_list else "\n".join(lines))
    return "\n\n".join(pieces)


def _inline_html(line: str, values: Mapping[str, str]) -> str:
    out, at = [], 0
    for found in INLINE.finditer(line):
        out.append(escape(fill(line[at : found.start()], values)))
        at = found.end()
        if found["bold"]:
            out.append(f"<strong>{escape(fill(found['bold'], values))}</strong>")
            continue
        words, url = escape(fill(found["words"], values)), fill(found["url"], values)
        out.append(f'<a class="link" href="{escape(url)}">{words}</a>' if SAFE_URL.fullmatch(url) else words)
    out.append(escape(fill(line[at:], values)))
    return "".join(out)


def _inline_text(line: str, values: Mapping[str, str]) -> str:
    out, at = [], 0
    for found in INLINE.finditer(line):
        out.append(fill(line[at : found.start()], values))
        at = found.end()
        if found["bold"]:
            out.append(fill(found["bold"], values))
            continue
        words, url = fill(found["words"], values), fill(found["url"], values)
        out.append(f"{words} ({url})" if SAFE_URL.fullmatch(url) else words)
    out.append(fill(line[at:], values))
    return "".join(out)
