"""The last line of defence against personal data in logs, and production's way of writing them."""

import logging
import re
from typing import Any

from pythonjsonlogger.json import JsonFormatter as LibraryJsonFormatter

# Wide on purpose: it is better to hide a word too many than to show an address.
ADDRESS = re.compile(r"[^\s<>\"'(),:;=\[\]]+(?:@|%40)[^\s<>\"'(),;=\[\]&]+\.[^\s<>\"'(),:;=\[\]&.]+")


def hide_addresses(text: str) -> str:
    """The text with every email address in it hidden."""
    return ADDRESS.sub("[address]", text)


class Formatter(logging.Formatter):
    """Formats a record as usual, traceback included, and hides every email address in what comes out."""

    def format(self, record: logging.LogRecord) -> str:
        return hide_addresses(super().format(record))


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

    def process_log_record(self, log_record: dict[str, Any]) -> dict[str, Any]:
        record = super().process_log_record(log_record)
        return {name: hide_addresses(str(record[name])) for name in self.FIELDS if record.get(name) is not None}
