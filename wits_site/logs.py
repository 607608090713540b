"""The last line of defence against personal data in logs."""

import logging
import re

# Wide on purpose: it is better to hide a word too many than to show an address.
ADDRESS = re.compile(r"[^\s<>\"'(),:;=\[\]]+(?:@|%40)[^\s<>\"'(),;=\[\]&]+\.[^\s<>\"'(),:;=\[\]&.]+")


class Formatter(logging.Formatter):
    """Formats a record as usual, traceback included, and hides every email address in what comes out."""

    def format(self, record: logging.LogRecord) -> str:
        return ADDRESS.sub("[address]", super().format(record))
