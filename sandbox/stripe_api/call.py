"""One call of the API, as an operation sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.collection import Row
from sandbox.state import State
from sandbox.stripe_api.fields import UNSET


@dataclass
class Call:
    """`params` are read and typed by the table of the route; ids of the path are arguments of the operation."""

    state: State
    params: dict[str, Any]
    path: str = ""
    request_id: str | None = None
    idempotency_key: str | None = None

    def apply(self, row: Row, *names: str) -> dict[str, Any]:
        """Set the named fields of the row from the parameters; returns the values they had, where they changed.

        An emptied parameter becomes null. Metadata is merged key by key: an empty value removes its key.
        """
        previous: dict[str, Any] = {}
        for name in names:
            if name not in self.params:
                continue
            old, value = row.get(name), self.params[name]
            if name == "metadata":
                value = merged_metadata(old or {}, value)
            elif value == UNSET:
                value = [] if isinstance(old, list) else None
            if value != old:
                previous[name] = old
                row[name] = value
        return previous


def merged_metadata(old: dict[str, str], sent: dict[str, str] | str) -> dict[str, str]:
    if isinstance(sent, str):
        return {}
    merged = {**old, **sent}
    return {key: text for key, text in merged.items() if text != ""}
