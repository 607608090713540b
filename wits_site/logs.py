"""The last line of defence against personal data in logs, and production's way of writing them."""

import logging
import re
from traceback import format_tb
from typing import Any

from pythonjsonlogger.json import JsonFormatter as LibraryJsonFormatter

# Wide on purpose: it is better to hide a word too many than to show an address.
ADDRESS = re.compile(r"[^\s<>\"'(),:;=\[\]]+(?:@|%40)[^\s<>\"'(),;=\[\]&]+\.[^\s<>\"'(),:;=\[\]&.]+")


# What these say is of modules, settings and templates. All other errors may quote what somebody typed.
PLAIN = ("ImportError", "ModuleNotFoundError", "ImproperlyConfigured", "TemplateDoesNotExist", "TemplateSyntaxError")
LEFT_OUT = "(what it says is left out: it may quote somebody)"


def words_of(kind: str, says: str) -> str:
    """What an error of this kind says, where it cannot be about a person."""
    return says if kind in PLAIN else LEFT_OUT


def without_words(error: BaseException | None) -> str:
    """A traceback as Python writes it, with all that led to it, but for what errors say."""
    if error is None:
        return ""
    earlier, link = error.__cause__, "The above exception was the direct cause of the following exception:"
    if earlier is None and not error.__suppress_context__:
        earlier, link = error.__context__, "During handling of the above exception, another exception occurred:"
    before = [without_words(earlier), f"\n{link}\n"] if earlier is not None else []
    kind = type(error).__name__
    place = ["Traceback (most recent call last):", *format_tb(error.__traceback__)] if error.__traceback__ else []
    return "\n".join([*before, *(line.rstrip("\n") for line in place), f"{kind}: {words_of(kind, str(error))}"])


def hide_addresses(text: str) -> str:
    """The text with every email address in it hidden."""
    return ADDRESS.sub("[address]", text)


class Formatter(logging.Formatter):
    """Formats a record as usual, traceback included, without what errors say and without any email address."""

    def format(self, record: logging.LogRecord) -> str:
        return hide_addresses(super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        return without_words(ei[1])


class JsonFormatter(LibraryJsonFormatter):
    """One JSON object a line: `time` (UTC), `level`, `logger`, `message`, `request_id` (nginx writes the same into
    its own log), `error` (the traceback). Every email address is hidden, and nothing else that hangs on a record is
    written: Django hangs the whole request on some, with its query string.
    """

    FIELDS = ("time", "level", "logger", "message", "request_id", "error")

    def __init__(self) -> None:
        super().__init__(
            "%(levelname)s %(name)s %(message)s %(correlation_id)s",
            rename_fields={
                "levelname": "level",
                "name": "logger",
                "correlation_id": "request_id",
                "timestamp": "time",
                "exc_info": "error",
            },
            timestamp=True,
            json_ensure_ascii=False,
        )

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        return without_words(ei[1])

    def process_log_record(self, log_record: dict[str, Any]) -> dict[str, Any]:
        record = super().process_log_record(log_record)
        return {name: hide_addresses(str(record[name])) for name in self.FIELDS if record.get(name) is not None}
